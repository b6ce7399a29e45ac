/** What a plan says in codes, in sentences of the reader's language. */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { JobId, Reason, Remedy, Shortfall } from '../../shared/planning/schema.ts';
import type { SupplyItem } from '../../shared/supplies/schema.ts';
import { useFormat } from '../kernel/use-format.ts';

/** What the ids in a plan are called; whoever shows it knows. */
export interface PlanNames {
  team: (teamId: string) => string;
  station: (stationId: string) => string;
  vehicle: (vehicleId: string) => string;
  /** as it stands in the middle of a sentence */
  job: (jobId: JobId) => string;
}

export interface PlanReasonWords {
  reason: (reason: Reason) => string;
  remedy: (remedy: Remedy) => string;
  shortfall: (shortfall: Shortfall) => string;
}

const minuteMs = 60_000;

export function usePlanReasonWords(names: PlanNames): PlanReasonWords {
  const { t, i18n } = useTranslation(['planning', 'sightings']);
  const format = useFormat();
  return useMemo(() => {
    const minutes = (count: number) => format.duration(count * minuteMs);
    const chinese = i18n.language.startsWith('zh');
    const list = (words: string[]) => words.join(chinese ? '、' : ', ');
    const items = (all: SupplyItem[]) => list(all.map((item) => t(`sightings:need.${item}`)));

    const reason = (reason: Reason): string => {
      switch (reason.code) {
        case 'soonest':
        case 'on_its_way':
        case 'frees_others':
        case 'waiting':
        case 'further':
        case 'shift_ends':
        case 'position_old':
        case 'costs_others':
          return t(`planning:reason.${reason.code}`, { duration: minutes(reason.minutes) });
        case 'only_one_able':
        case 'chosen_by_hand':
        case 'keeps_its_job':
        case 'no_wheelchair_seat':
        case 'off_duty':
        case 'vehicle_broken':
        case 'no_position':
        case 'no_way':
        case 'dismissed':
        case 'declined':
          return t(`planning:reason.${reason.code}`);
        case 'has_skill':
        case 'no_skill':
          return t(`planning:reason.${reason.code}`, {
            skill: t(`planning:skill.${reason.skill}`),
          });
        case 'has_items':
        case 'no_items':
          return t(`planning:reason.${reason.code}`, { items: items(reason.items) });
        case 'has_seat':
          return t('planning:reason.has_seat', { count: reason.seats });
        case 'no_seat':
          return t('planning:reason.no_seat', { count: reason.seats, needed: reason.needed });
        case 'priority':
          return t('planning:reason.priority', { score: Math.round(reason.score) });
        case 'flags':
          return list(reason.flags.map((flag) => t(`sightings:flag.${flag}`)));
        case 'felt':
          return t('planning:reason.felt', { felt: format.temperature(reason.celsius) });
        case 'deadline':
        case 'recheck_due':
          return t(`planning:reason.${reason.code}`, { time: format.time(reason.at) });
        case 'on_break':
          return t('planning:reason.on_break', { time: format.time(reason.until) });
        case 'bed_free':
          return t('planning:reason.bed_free', {
            station: names.station(reason.stationId),
            kind: t(`planning:beds.${reason.kind}`),
            count: reason.free,
          });
        case 'no_bed':
          return t('planning:reason.no_bed', {
            kind: t(`planning:beds.${reason.kind}`),
            count: reason.places,
          });
        case 'late_for':
        case 'busy_with':
          return t(`planning:reason.${reason.code}`, {
            job: names.job(reason.jobId),
            duration: minutes(reason.minutes),
          });
      }
    };

    const remedy = (remedy: Remedy): string => {
      switch (remedy.code) {
        case 'open_shelter':
          return t('planning:remedy.open_shelter', {
            station: names.station(remedy.stationId),
            count: remedy.places,
            duration: minutes(remedy.minutes),
          });
        case 'call_team':
          return t('planning:remedy.call_team', { team: names.team(remedy.teamId) });
        case 'transfer':
          return t('planning:remedy.transfer', {
            from: names.team(remedy.fromTeamId),
            to: names.team(remedy.toTeamId),
            item: t(`sightings:need.${remedy.item}`),
            quantity: remedy.quantity,
          });
        case 'load':
          return t('planning:remedy.load', {
            team: names.team(remedy.teamId),
            item: t(`sightings:need.${remedy.item}`),
            quantity: remedy.quantity,
          });
        case 'repair_vehicle':
          return t('planning:remedy.repair_vehicle', { vehicle: names.vehicle(remedy.vehicleId) });
      }
    };

    const shortfall = (shortfall: Shortfall): string => {
      const what = t(`planning:shortfall.${shortfall.what}`, {
        count: shortfall.missing,
        kind: t(`planning:beds.${shortfall.bedKind ?? 'general'}`),
        skill: t(`planning:skill.${shortfall.skill ?? 'medical'}`),
        item: shortfall.item === null ? '' : t(`sightings:need.${shortfall.item}`),
      });
      if (shortfall.withinMinutes === null) return what;
      if (shortfall.withinMinutes < 1) return t('planning:shortfall.atOnce', { what });
      return t('planning:shortfall.within', { what, duration: minutes(shortfall.withinMinutes) });
    };
    return { reason, remedy, shortfall };
  }, [t, i18n.language, format, names]);
}
