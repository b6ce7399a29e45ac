/** What the duty officer decides tonight's level by: the proposal, the form, and the weather; each with the same chart. */
import { Button } from '@mantine/core';
import { useMemo } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { ResponseRules } from '../../shared/response/settings.ts';
import { useCity } from '../kernel/city.tsx';
import { usePatrols } from '../patrols/store.ts';
import type { Names } from '../response/changes.tsx';
import { DeclareDialog } from '../response/declare-dialog.tsx';
import { ResponseHistory } from '../response/history.tsx';
import { OverBar } from '../response/over-bar.tsx';
import { ProposalBar, ProposalCard } from '../response/proposal-card.tsx';
import { useProposal, useWornNight } from '../response/store.ts';
import { useResponseSettings } from '../response/use-settings.ts';
import { useStationsStore } from '../stations/store.ts';
import type { Threshold } from '../weather/chart-shape.ts';
import { LongDialog } from '../ui/long-dialog.tsx';
import { useFollowWeather } from '../weather/follow-weather.ts';
import { useWeatherNews } from '../weather/store.ts';
import { CityChart, WeatherPanel } from '../weather/weather-panel.tsx';
import { closeNightDesk, openNightDesk, useNightDesk } from './night-desk-store.ts';
import type { NightDeskPage } from './night-desk-store.ts';

/** The lines of the rules that a temperature can cross, once each. */
function useRuleLines(rules: ResponseRules | null): Threshold[] {
  const { t } = useTranslation(['weatherDesk', 'response']);
  return useMemo(() => {
    const lines = new Map<string, Threshold>();
    for (const { level, condition } of rules?.rules ?? []) {
      if (condition.kind !== 'felt_below' && condition.kind !== 'air_below') continue;
      const { celsius } = condition;
      const of = t(
        condition.kind === 'felt_below' ? 'weatherDesk:felt' : 'weatherDesk:temperature',
      );
      const words = `${t(`response:level.${level}`)} · ${of} ${celsius < 0 ? '−' : ''}${Math.abs(celsius)} °C`;
      lines.set(`${level} ${celsius}`, { celsius, level, words });
    }
    return [...lines.values()];
  }, [rules, t]);
}

function useNames(): Names {
  const stations = useStationsStore((store) => store.byId);
  const teams = usePatrols((store) => store.teams);
  return useMemo(
    () => ({
      shelter: (id) => stations.get(id)?.name ?? '',
      team: (id) => teams.get(id)?.name ?? '',
    }),
    [stations, teams],
  );
}

const usualNight = { fromHour: 18, toHour: 8 };

export function NightDesk({ mayAct }: { mayAct: boolean }) {
  const { city } = useCity();
  useFollowWeather(city?.id ?? null, null);
  const proposal = useProposal();
  const page = useNightDesk((desk) => desk.page);
  return (
    <>
      {proposal?.kind !== 'end' && (
        <OverBar mayAct={mayAct} onOpen={() => openNightDesk('declare')} />
      )}
      {proposal !== null && (
        <ProposalBar proposal={proposal} mayAct={mayAct} onOpen={() => openNightDesk('proposal')} />
      )}
      {page !== null && <Pages page={page} mayAct={mayAct} />}
    </>
  );
}

function Pages({ page, mayAct }: { page: NightDeskPage; mayAct: boolean }) {
  const { t } = useTranslation(['responseDesk', 'weatherDesk']);
  const { city } = useCity();
  const night = useWornNight();
  const proposal = useProposal();
  const news = useWeatherNews();
  const settings = useResponseSettings();
  const names = useNames();
  const thresholds = useRuleLines(settings.answer?.rules ?? null);
  const local = useMemo(
    () => ({
      timeZone: city?.timeZone ?? 'Asia/Shanghai',
      ...(settings.answer?.rules.night ?? usualNight),
    }),
    [city, settings.answer],
  );
  const covers = proposal === null ? null : { fromAt: proposal.fromAt, untilAt: proposal.untilAt };
  const chart = <CityChart local={local} thresholds={thresholds} covers={covers} />;
  const shared = { night, names, chart };
  return (
    <>
      <DeclareDialog
        {...shared}
        opened={page === 'declare' || page === 'adjust'}
        proposal={page === 'adjust' ? proposal : null}
        weather={news?.stale === false ? news.now : null}
        onClose={closeNightDesk}
      />
      <Dialog
        title={t('responseDesk:proposal.label')}
        // Decided by somebody else, or the weather has changed: the page goes with it.
        opened={page === 'proposal' && proposal !== null}
      >
        {proposal !== null && (
          <ProposalCard
            {...shared}
            proposal={proposal}
            mayAct={mayAct}
            onAdjust={() => openNightDesk('adjust')}
            onDone={closeNightDesk}
          />
        )}
      </Dialog>
      <Dialog title={t('weatherDesk:open')} opened={page === 'weather'}>
        <WeatherPanel local={local} thresholds={thresholds} covers={covers}>
          {mayAct && (
            <Button component={Link} href="/admin/hours" variant="default" h={48}>
              {t('weatherDesk:typeHours')}
            </Button>
          )}
        </WeatherPanel>
        <h3>{t('responseDesk:history')}</h3>
        <ResponseHistory changed={`${night?.id ?? ''} ${proposal?.id ?? ''}`} />
      </Dialog>
    </>
  );
}

const Dialog = (props: { title: string; opened: boolean; children: ReactNode }) => (
  <LongDialog title={props.title} opened={props.opened} onClose={closeNightDesk}>
    {props.children}
  </LongDialog>
);
