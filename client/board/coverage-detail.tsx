/** What was seen of an area, of the city, or by one team tonight: points, streets, hours; and the proof of it. */
import { Switch } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LedgerProof } from '../../shared/key-points/schema.ts';
import type { ShiftTotals } from '../../shared/shifts/schema.ts';
import type { CoverageSummary } from '../../shared/tracks/schema.ts';
import { api } from '../kernel/api.ts';
import { faultOf } from '../kernel/fault.ts';
import type { Fault } from '../kernel/fault.ts';
import { useFaultWords } from '../kernel/use-fault-words.ts';
import { useFormat } from '../kernel/use-format.ts';
import { CloseButton } from '../ui/close-button.tsx';
import { BigButton } from '../ui/big-button.tsx';
import { StateBlock } from '../ui/state-block.tsx';
import classes from './coverage.module.css';
import { chooseCoverage, useBoard } from './store.ts';
import type { CoverageChoice } from './store.ts';

const againMs = 30_000;

interface Answer {
  summary: CoverageSummary;
  totals: ShiftTotals | null;
}

/** Asked anew every half minute: it grows while one looks at it. */
/** Up to now, or to the end of the night when that is past. */
const endOf = (to: string | null): string => {
  const now = new Date().toISOString();
  return to !== null && to < now ? to : now;
};

function useCoverage({ areaId, teamId, from, to }: CoverageChoice) {
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [fault, setFault] = useState<Fault | null>(null);
  const [round, setRound] = useState(0);
  useEffect(() => {
    let gone = false;
    const ask = async () => {
      const period = { from, to: endOf(to) };
      const whole = areaId === null && teamId === null;
      const [summary, totals] = await Promise.all([
        api.tracks.coverage.query({ ...period, areaId, teamId }),
        whole ? api.shifts.totals.query(period) : null,
      ]);
      if (!gone) setAnswer({ summary, totals });
      if (!gone) setFault(null);
    };
    const again = () => void ask().catch((error: unknown) => !gone && setFault(faultOf(error)));
    again();
    const timer = setInterval(again, againMs);
    return () => {
      gone = true;
      clearInterval(timer);
    };
  }, [areaId, teamId, from, to, round]);
  return { answer, fault, reload: () => setRound((count) => count + 1) };
}

export function CoverageDetail({ choice }: { choice: CoverageChoice }) {
  const { t } = useTranslation('watch');
  const format = useFormat();
  const { sentence } = useFaultWords();
  const { answer, fault, reload } = useCoverage(choice);
  const showStreets = useBoard((board) => board.showStreets);
  return (
    <section className={classes['detail']}>
      <header className={classes['top']}>
        <div>
          <h2>{t('coverage.title', { name: choice.name })}</h2>
          <p className={classes['quiet']}>
            {choice.to !== null && Date.parse(choice.to) < format.now
              ? t('coverage.between', {
                  from: format.time(choice.from),
                  to: format.time(choice.to),
                })
              : t('coverage.since', { from: format.time(choice.from) })}
          </p>
        </div>
        <CloseButton onClose={() => chooseCoverage(null)} />
      </header>
      {answer === null && fault === null && <StateBlock kind="loading" />}
      {answer === null && fault !== null && (
        <StateBlock kind="error" text={sentence(fault)} onRetry={reload} />
      )}
      {answer !== null && <Figures {...answer} />}
      {answer?.summary.streets && (
        <Switch
          size="md"
          checked={showStreets}
          label={t('coverage.showStreets')}
          onChange={(event) => useBoard.setState({ showStreets: event.currentTarget.checked })}
        />
      )}
      <LedgerCheck />
    </section>
  );
}

const km = (meters: number): string => (meters / 1000).toFixed(meters < 10_000 ? 1 : 0);
const minuteMs = 60_000;

function Figures({ summary, totals }: Answer) {
  const { t } = useTranslation('watch');
  const format = useFormat();
  const { keyPoints, streets, hours } = summary;
  return (
    <div className={classes['figures']}>
      <Figure name={t('coverage.points')} part={keyPoints.visited} whole={keyPoints.due}>
        {t('coverage.pointsText', {
          due: keyPoints.due,
          visited: keyPoints.visited,
          dwell: keyPoints.visitedByDwell,
          recorded: keyPoints.visitedByRecord,
          overdue: keyPoints.overdue,
        })}
      </Figure>
      {streets === null ? (
        <p className={classes['quiet']}>{t('coverage.noStreets')}</p>
      ) : (
        <Figure
          name={t('coverage.streets')}
          part={streets.coveredMeters}
          whole={streets.totalMeters}
        >
          {t('coverage.streetsText', {
            covered: km(streets.coveredMeters),
            total: km(streets.totalMeters),
          })}
        </Figure>
      )}
      <Figure name={t('coverage.hours')} part={hours.coveredMinutes} whole={hours.totalMinutes}>
        {t('coverage.hoursText', {
          covered: format.duration(hours.coveredMinutes * minuteMs),
          total: format.duration(hours.totalMinutes * minuteMs),
        })}
      </Figure>
      <p className={classes['quiet']}>
        {[
          t('coverage.track', { km: km(summary.trackMeters) }),
          ...(totals === null
            ? []
            : [
                t('coverage.totals', {
                  persons: totals.personTimes,
                  vehicles: totals.vehicleTrips,
                  joint: totals.jointShifts,
                }),
              ]),
        ].join(' · ')}
      </p>
    </div>
  );
}

/** A share as a number, a bar and a sentence. */
function Figure(props: { name: string; part: number; whole: number; children: string }) {
  const share = props.whole === 0 ? null : Math.min(1, props.part / props.whole);
  return (
    <div className={classes['figure']}>
      <p className={classes['share']}>
        <span>{props.name}</span>
        <strong>{share === null ? '–' : `${Math.floor(share * 100)} %`}</strong>
      </p>
      <span className={classes['track']} aria-hidden>
        <span style={{ inlineSize: `${(share ?? 0) * 100}%` }} />
      </span>
      <p className={classes['quiet']}>{props.children}</p>
    </div>
  );
}

/** Anyone at the desk can have the chain of the ledger checked, on the spot. */
function LedgerCheck() {
  const { t } = useTranslation('watch');
  const { sentence } = useFaultWords();
  const [proof, setProof] = useState<LedgerProof | null>(null);
  const [fault, setFault] = useState<Fault | null>(null);
  const [busy, setBusy] = useState(false);
  const verify = async () => {
    setBusy(true);
    setFault(null);
    try {
      setProof(await api.keyPoints.verify.query());
    } catch (error) {
      setFault(faultOf(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className={classes['ledger']} aria-live="polite">
      <BigButton loading={busy} onClick={() => void verify()}>
        {t('coverage.verify')}
      </BigButton>
      {fault !== null && <p className={classes['late']}>{sentence(fault)}</p>}
      {proof !== null && (
        <p className={proof.broken === null ? classes['quiet'] : classes['late']}>
          {proof.broken === null
            ? t('coverage.verified', { count: proof.entries })
            : t('coverage.broken', { seq: proof.broken.seq })}
          {proof.lastHash !== null && proof.broken === null && (
            <> · {t('coverage.lastHash', { hash: proof.lastHash.slice(0, 12) })}</>
          )}
        </p>
      )}
    </div>
  );
}
