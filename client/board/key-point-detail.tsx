/** One key point: how it stands, and what the ledger holds of it, with what was photographed there. */
import { ActionIcon } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LedgerEntry } from '../../shared/key-points/schema.ts';
import { useJudgedKeyPoints } from '../key-points/judged.ts';
import { KeyPointFacts } from '../key-points/key-point-facts.tsx';
import { useKeyPointStore } from '../key-points/store.ts';
import { api } from '../kernel/api.ts';
import { faultOf } from '../kernel/fault.ts';
import type { Fault } from '../kernel/fault.ts';
import { useFaultWords } from '../kernel/use-fault-words.ts';
import { useFormat } from '../kernel/use-format.ts';
import { MediaGallery } from '../media/media-gallery.tsx';
import { usePatrols } from '../patrols/store.ts';
import { StateBlock } from '../ui/state-block.tsx';
import { useNight } from '../weather/store.ts';
import classes from './coverage.module.css';
import { chooseKeyPoint } from './store.ts';

export function KeyPointDetail({ keyPointId }: { keyPointId: string }) {
  const { t } = useTranslation(['watch', 'common', 'keyPoints']);
  const keyPoint = useKeyPointStore((store) => store.byId.get(keyPointId) ?? null);
  const cold = useNight() !== null;
  const [judged] = useJudgedKeyPoints(keyPoint === null ? [] : [keyPoint], cold);
  const team = usePatrols(
    (store) => store.teams.get(keyPoint?.lastVisitTeamId ?? '')?.name ?? null,
  );
  return (
    <section className={classes['detail']}>
      <header className={classes['top']}>
        <h2>{keyPoint?.name ?? t('keyPoints:gone')}</h2>
        <ActionIcon
          variant="subtle"
          color="var(--nx-text)"
          size={48}
          aria-label={t('common:close')}
          onClick={() => chooseKeyPoint(null)}
        >
          <IconX size={22} aria-hidden />
        </ActionIcon>
      </header>
      {judged && <KeyPointFacts judged={judged} coldNight={cold} teamName={team} />}
      {judged && <Entries keyPointId={keyPointId} version={judged.keyPoint} />}
    </section>
  );
}

function Entries({ keyPointId, version }: { keyPointId: string; version: unknown }) {
  const { t } = useTranslation('watch');
  const { sentence } = useFaultWords();
  const [entries, setEntries] = useState<LedgerEntry[] | null>(null);
  const [fault, setFault] = useState<Fault | null>(null);
  const [round, setRound] = useState(0);
  useEffect(() => {
    let gone = false;
    setFault(null);
    api.keyPoints.ledger.query({ keyPointId, before: null }).then(
      (found) => !gone && setEntries(found),
      (error: unknown) => !gone && setFault(faultOf(error)),
    );
    return () => {
      gone = true;
    };
  }, [keyPointId, version, round]);
  return (
    <div className={classes['ledger']}>
      <h3>{t('coverage.entries')}</h3>
      {fault !== null && (
        <StateBlock
          kind="error"
          compact
          text={sentence(fault)}
          onRetry={() => setRound((count) => count + 1)}
        />
      )}
      {fault === null && entries === null && <StateBlock kind="loading" compact />}
      {entries?.length === 0 && <p className={classes['quiet']}>{t('coverage.never')}</p>}
      {entries?.map((entry) => (
        <Entry key={entry.id} entry={entry} />
      ))}
    </div>
  );
}

function Entry({ entry }: { entry: LedgerEntry }) {
  const { t } = useTranslation('watch');
  const format = useFormat();
  const team = usePatrols((store) => store.teams.get(entry.teamId ?? '')?.name ?? null);
  const { visitedFrom, visitedTo, how, note } = entry;
  const stayed = Date.parse(visitedTo) - Date.parse(visitedFrom);
  return (
    <div className={classes['entry']}>
      <p>
        <strong>{format.time(visitedFrom)}</strong>
        {team !== null && ` · ${team}`}
        {` · ${t(how === 'dwell' ? 'coverage.byDwell' : 'coverage.byRecord')}`}
        {how === 'dwell' && ` ${format.duration(stayed)}`}
      </p>
      {note !== '' && <p>{note}</p>}
      {how === 'recorded' && <MediaGallery subjectKind="visit" subjectIds={[entry.id]} />}
      <p className={classes['quiet']}>
        № {entry.seq} · {entry.hash.slice(0, 12)}
      </p>
    </div>
  );
}
