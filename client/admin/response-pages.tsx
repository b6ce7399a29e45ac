/** The response of the city: which rules propose it, what each level changes, and what may be done by itself. */
import { IconListCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Route, Switch, useLocation } from 'wouter';
import { responseLevels } from '../../shared/response/levels.ts';
import type { ResponseSettings } from '../../shared/response/settings.ts';
import { api } from '../kernel/api.ts';
import { useFaultWords } from '../kernel/use-fault-words.ts';
import { useResponseSettings } from '../response/use-settings.ts';
import { LevelBadge } from '../ui/level-badge.tsx';
import { StateBlock } from '../ui/state-block.tsx';
import { AutomaticForm } from './automatic-form.tsx';
import { EffectsForm } from './effects-form.tsx';
import classes from './page.module.css';
import { Page, Row } from './page.tsx';
import { RulesForm } from './rules-form.tsx';

const home = '/admin/response';
const save = (settings: ResponseSettings) => api.response.saveSettings.mutate(settings);

export function ResponsePages() {
  const { t } = useTranslation(['adminNight', 'response']);
  const { sentence } = useFaultWords();
  const { answer: settings, fault, reload } = useResponseSettings();
  const [, go] = useLocation();
  if (settings === null)
    return fault === null ? (
      <StateBlock kind="loading" />
    ) : (
      <StateBlock kind="error" text={sentence(fault)} onRetry={reload} />
    );
  const saved = () => {
    reload();
    go(home);
  };
  const shared = { settings, save, onSaved: saved, home };
  return (
    <Switch>
      <Route path={`${home}/rules`}>
        <Page title={t('adminNight:response.rules')} back={home}>
          <RulesForm {...shared} />
        </Page>
      </Route>
      {responseLevels.map((level) => (
        <Route key={level} path={`${home}/${level}`}>
          <Page
            title={t('adminNight:response.effects', { level: t(`response:level.${level}`) })}
            back={home}
            action={<LevelBadge level={level} size="large" />}
          >
            <EffectsForm {...shared} level={level} />
          </Page>
        </Route>
      ))}
      <Route>
        <Overview settings={settings} onSaved={reload} />
      </Route>
    </Switch>
  );
}

function Overview({ settings, onSaved }: { settings: ResponseSettings; onSaved: () => void }) {
  const { t } = useTranslation(['adminNight', 'response', 'admin']);
  return (
    <Page title={t('admin:section.response')} lead={t('adminNight:response.lead')}>
      <ul className={classes['list']}>
        <Row
          href={`${home}/rules`}
          before={<IconListCheck size={24} aria-hidden />}
          name={t('adminNight:response.rules')}
          about={t('adminNight:response.rulesAbout', {
            preset: t(`adminNight:response.preset.${settings.preset}`),
            count: settings.rules.rules.length,
          })}
        />
        {responseLevels.map((level) => {
          const { recheckHours, keyPointFactor, teamIds } = settings.effects[level];
          return (
            <Row
              key={level}
              href={`${home}/${level}`}
              before={<LevelBadge level={level} />}
              name={t('adminNight:response.effects', { level: t(`response:level.${level}`) })}
              about={t('adminNight:response.effectsAbout', {
                hours: recheckHours,
                factor: keyPointFactor,
                teams: teamIds.length,
              })}
            />
          );
        })}
      </ul>
      <AutomaticForm key={settings.automatic} settings={settings} save={save} onSaved={onSaved} />
    </Page>
  );
}
