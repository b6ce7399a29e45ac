/** Why a cell is marked: who may be there, how cold it is, how long nobody looked; each with its number and in words. */
import { useTranslation } from 'react-i18next';
import { debtOf, explainDebt } from '../../shared/zones/debt.ts';
import type { CellDebt, CellReason } from '../../shared/zones/debt.ts';
import { useFormat } from '../kernel/use-format.ts';
import classes from './cold-card.module.css';
import type { ColdPicture } from './picture.ts';
import { StepMark } from './step-mark.tsx';
import { useCellWords, useColdLine } from './use-cell-words.ts';

type Factor = 'people' | 'cold' | 'neglect' | 'weight';
const factorOf: Record<CellReason['code'], Factor> = {
  live_people: 'people',
  likely_moved: 'people',
  seen_recently: 'people',
  expected: 'people',
  key_hours: 'people',
  found_nobody: 'people',
  felt: 'cold',
  felt_unknown: 'cold',
  wet: 'cold',
  never_visited: 'neglect',
  hours_since_visit: 'neglect',
  seen_since_visit: 'neglect',
  zone: 'weight',
};

/** What the number of the factor says already. */
const saidByValue: ReadonlySet<CellReason['code']> = new Set([
  'felt',
  'felt_unknown',
  'never_visited',
  'hours_since_visit',
]);

/** Two digits say all there is to know. */
const short = (value: number): string =>
  value >= 10 ? String(Math.round(value)) : String(Number(value.toPrecision(2)));

export function ColdCard({ picture, index }: { picture: ColdPicture; index: number }) {
  const { t } = useTranslation('zones');
  const format = useFormat();
  const coldLine = useColdLine();
  const { field, circumstances, hoursAhead } = picture;
  const debt = debtOf(field, index, circumstances);
  const reasons = explainDebt(field, index, circumstances);
  const visitedMs = field.lastVisitAtMs[index]!;
  const since = Math.max(0, circumstances.atMs - visitedMs);
  return (
    <div className={classes['card']}>
      {hoursAhead > 0 && (
        <p className={classes['forecast']} role="note">
          {t('card.forecast', { time: format.time(new Date(circumstances.atMs).toISOString()) })}
        </p>
      )}
      <p className={classes['debt']}>
        <StepMark step={debt.step} />
        <strong>
          {debt.step === 0 ? t('card.calm') : `${t('legend')} · ${t(`step.${debt.step}`)}`}
        </strong>
      </p>
      <p>{coldLine(reasons)}</p>
      <FactorPart
        factor="people"
        value={t('card.peopleValue', { people: short(debt.people) })}
        reasons={reasons}
      />
      <FactorPart
        factor="cold"
        value={
          debt.feltCelsius === null ? t('card.coldUnknown') : format.temperature(debt.feltCelsius)
        }
        reasons={reasons}
      />
      <FactorPart
        factor="neglect"
        value={visitedMs === 0 ? t('card.neglectNever') : format.duration(since)}
        reasons={reasons}
      />
      {debt.zoneWeight !== 1 && (
        <FactorPart factor="weight" value={`×${debt.zoneWeight}`} reasons={reasons} />
      )}
      <Sum debt={debt} />
    </div>
  );
}

function FactorPart(props: { factor: Factor; value: string; reasons: readonly CellReason[] }) {
  const { t } = useTranslation('zones');
  const cellWords = useCellWords();
  const own = props.reasons.filter(
    ({ code }) => factorOf[code] === props.factor && !saidByValue.has(code),
  );
  return (
    <section className={classes['factor']}>
      <h3>{t(`card.${props.factor}`)}</h3>
      <p className={classes['value']}>{props.value}</p>
      {own.length > 0 && (
        <ul>
          {own.map((reason) => (
            <li key={reason.code}>{cellWords(reason)}</li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Sum({ debt }: { debt: CellDebt }) {
  const { t } = useTranslation('zones');
  const { score, people, danger, neglect, zoneWeight } = debt;
  const factors = { people: short(people), danger: short(danger), neglect: short(neglect) };
  return (
    <p className={classes['sum']}>
      <strong>{t('card.sum', { score: short(score) })}</strong>
      {' = '}
      {zoneWeight === 1
        ? t('card.sumText', factors)
        : t('card.sumWeight', { ...factors, weight: zoneWeight })}
    </p>
  );
}
