/** One key point: how it stands, and what the ledger holds of it, with what was photographed there. */
import { useTranslation } from 'react-i18next';
import type { LedgerEntry } from '../../shared/key-points/schema.ts';
import { coldNightOf } from '../../shared/response/rules.ts';
import { useJudgedKeyPoints } from '../key-points/judged.ts';
import { KeyPointFacts } from '../key-points/key-point-facts.tsx';
import { useKeyPointStore } from '../key-points/store.ts';
import { api } from '../kernel/api.ts';
import { useAsked } from '../kernel/use-asked.ts';
import { useFormat } from '../kernel/use-format.ts';
import { MediaGallery } from '../media/media-gallery.tsx';
import { usePatrols } from '../patrols/store.ts';
import { AskedState } from '../ui/asked-state.tsx';
import { CloseButton } from '../ui/close-button.tsx';
import { useNight } from '../response/store.ts';
import classes from './coverage.module.css';
import { chooseKeyPoint } from './store.ts';

export function KeyPointDetail({ keyPointId }: { keyPointId: string }) {
  const { t } = useTranslation(['watch', 'common', 'keyPoints']);
  const keyPoint = useKeyPointStore((store) => store.byId.get(keyPointId) ?? null);
  const cold = coldNightOf(useNight());
  const [judged] = useJudgedKeyPoints(keyPoint === null ? [] : [keyPoint], cold);
  const team = usePatrols(
    (store) => store.teams.get(keyPoint?.lastVisitTeamId ?? '')?.name ?? null,
  );
  return (
    <section className={classes['detail']}>
      <header className={classes['top']}>
        <h2>{keyPoint?.name ?? t('keyPoints:gone')}</h2>
        <CloseButton onClose={() => chooseKeyPoint(null)} />
      </header>
      {judged && <KeyPointFacts judged={judged} coldNight={cold} teamName={team} />}
      {judged && <Entries keyPointId={keyPointId} version={judged.keyPoint} />}
    </section>
  );
}

function Entries({ keyPointId, version }: { keyPointId: string; version: unknown }) {
  const { t } = useTranslation('watch');
  const { answer, fault, reload } = useAsked(
    () => api.keyPoints.ledger.query({ keyPointId, before: null }),
    version,
  );
  return (
    <div className={classes['ledger']}>
      <h3>{t('coverage.entries')}</h3>
      {(answer === null || fault !== null) && <AskedState fault={fault} onRetry={reload} />}
      {answer?.length === 0 && <p className={classes['quiet']}>{t('coverage.never')}</p>}
      {answer?.map((entry) => (
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
