import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { CellReason } from '../../shared/zones/debt.ts';
import { useFormat } from '../kernel/use-format.ts';

/** Fractions of people: a tenth is enough. */
const amount = (people: number): string => (Math.round(people * 10) / 10).toString();

/** 2 → 02, as clocks say it. */
export const clockHour = (hour: number): string => String(hour).padStart(2, '0');

/** Says one reason of a cold cell's step. */
export function useCellWords(): (reason: CellReason) => string {
  const { t } = useTranslation('zones');
  const format = useFormat();
  return useCallback(
    (reason) => {
      switch (reason.code) {
        case 'live_people':
          return t('why.people', { count: reason.params.people });
        case 'likely_moved':
          return t('why.likely', { people: amount(reason.params.people) });
        case 'seen_recently': {
          const { people, nights, hours } = reason.params;
          const seen = t('why.seen', { count: people, nights });
          return hours === null
            ? seen
            : t('why.seenUsually', {
                seen,
                from: clockHour(hours.fromHour),
                to: clockHour(hours.toHour),
              });
        }
        case 'expected':
          return t('why.expected', { people: amount(reason.params.people) });
        case 'key_hours':
          return t('why.keyHours', {
            from: clockHour(reason.params.fromHour),
            to: clockHour(reason.params.toHour),
          });
        case 'found_nobody':
          return t('why.foundNobody', {
            looked: reason.params.looked,
            nobody: reason.params.nobody,
          });
        case 'felt':
          return t('why.felt', { felt: format.temperature(reason.params.feltCelsius) });
        case 'felt_unknown':
          return t('why.feltUnknown');
        case 'wet':
          return t('why.wet');
        case 'never_visited':
          return t('why.never');
        case 'hours_since_visit':
          return t('why.unvisited', { duration: format.duration(reason.params.hours * 3_600_000) });
        case 'seen_since_visit':
          return t('why.seenSince');
        case 'zone':
          return t('why.zone', { weight: reason.params.weight });
      }
    },
    [t, format],
  );
}

/** Of each factor the word that says most. */
const leading: readonly (readonly CellReason['code'][])[] = [
  ['live_people', 'seen_recently', 'likely_moved', 'expected'],
  ['felt', 'felt_unknown'],
  ['never_visited', 'hours_since_visit'],
];

/** All three factors in one line: "4 people seen here in the last 14 nights, usually 23:00–02:00 · −19 °C felt · no visit for 5 h". */
export function useColdLine(): (reasons: readonly CellReason[]) => string {
  const cellWords = useCellWords();
  return useCallback(
    (reasons) =>
      leading
        .flatMap((codes) => {
          const said = codes.flatMap(
            (code) => reasons.find((reason) => reason.code === code) ?? [],
          );
          return said.slice(0, 1).map(cellWords);
        })
        .join(' · '),
    [cellWords],
  );
}
