/** What a level changes while it is in force, beside what holds now. */
import { useTranslation } from 'react-i18next';
import type { LevelEffects } from '../../shared/response/settings.ts';
import { useLanguage } from '../kernel/i18n.ts';
import classes from './response.module.css';

/** What shelters and teams are called, which this domain doesn't know. */
export interface Names {
  shelter: (id: string) => string;
  team: (id: string) => string;
}

const keys = ['keyPoints', 'rechecks', 'weight', 'shelters', 'teams', 'callUp', 'public'] as const;
type Key = (typeof keys)[number];

function useChangeWords(names: Names): (effects: LevelEffects, key: Key) => string {
  const { t } = useTranslation('responseDesk');
  const language = useLanguage();
  const list = (found: string[]) => found.filter((name) => name !== '').join(' · ');
  return (effects, key) => {
    switch (key) {
      case 'keyPoints':
        return effects.keyPointFactor === 1
          ? t('changes.keyPointsSame')
          : t('changes.keyPointsText', { factor: effects.keyPointFactor });
      case 'rechecks':
        return t('changes.rechecksText', { hours: effects.recheckHours });
      case 'weight':
        return effects.weightFactor === 1
          ? t('changes.weightSame')
          : t('changes.weightText', { factor: effects.weightFactor });
      case 'shelters':
        return list(effects.shelterIds.map(names.shelter));
      case 'teams':
        return list(effects.teamIds.map(names.team));
      case 'callUp':
        return effects.callUp.trim();
      case 'public':
        return (language === 'en' ? effects.publicEn : effects.publicZh).trim();
    }
  };
}

export function Changes(props: {
  effects: LevelEffects;
  /** what is in force; null: nothing */
  before: LevelEffects | null;
  drill: boolean;
  names: Names;
}) {
  const { t } = useTranslation('responseDesk');
  const { effects, before, drill } = props;
  const words = useChangeWords(props.names);
  return (
    <dl className={classes['changes']}>
      {keys.map((key) => {
        const next = words(effects, key);
        const now = before === null ? next : words(before, key);
        return (
          <div key={key}>
            <dt>{t(`changes.${key}`)}</dt>
            <dd>
              {key === 'public' && drill
                ? t('changes.publicDrill')
                : next === ''
                  ? t('changes.none')
                  : next}
              {now !== next && !(key === 'public' && drill) && (
                <small>{t('changes.before', { text: now === '' ? t('changes.none') : now })}</small>
              )}
            </dd>
          </div>
        );
      })}
    </dl>
  );
}
