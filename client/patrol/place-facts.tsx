/** A place as a team needs it: how many people, why it matters, what they need, what was said of it. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClusterView } from '../../shared/clusters/schema.ts';
import type { SightingDetail } from '../../shared/sightings/schema.ts';
import { hasReports } from '../clusters/has-reports.ts';
import { survivorOf, useClusters, usePriority } from '../clusters/store.ts';
import { WhyList } from '../clusters/why-list.tsx';
import { api } from '../kernel/api.ts';
import { faultOf } from '../kernel/fault.ts';
import { useFaultWords } from '../kernel/use-fault-words.ts';
import { useSightingsOf } from '../sightings/store.ts';
import { Ago } from '../ui/ago.tsx';
import { BigButton } from '../ui/big-button.tsx';
import { notifyFault } from '../ui/notify.tsx';
import classes from './panel.module.css';
import { choose } from './store.ts';

export function PlaceFacts({ cluster }: { cluster: ClusterView }) {
  const { t } = useTranslation(['patrol', 'clusters', 'sightings']);
  const priority = usePriority(cluster);
  const kinds = Object.entries(cluster.reportsByKind).map(
    ([kind, count]) =>
      `${t(`sightings:kind.${kind as keyof ClusterView['reportsByKind']}`)} ${count}`,
  );
  if (!hasReports(cluster))
    return (
      <p className={classes['line']} role="status">
        {t('patrol:placeEnded.emptied')} {t('patrol:placeEnded.taskStays')}
      </p>
    );
  return (
    <>
      {priority?.emergency && (
        <BigButton tone="danger" href="tel:120">
          {t('sightings:emergency.call')}
        </BigButton>
      )}
      {priority && <WhyList priority={priority} />}
      {cluster.needs.length > 0 && (
        <p className={classes['line']}>
          {t('patrol:needs', {
            needs: cluster.needs.map((need) => t(`sightings:need.${need}`)).join(' · '),
          })}
        </p>
      )}
      <p className={classes['quiet']}>
        {t('clusters:reports', { count: cluster.reportCount })} · {kinds.join(' · ')}
        {' · '}
        {t('clusters:lastSeen')} <Ago at={cluster.lastSeenAt} />
      </p>
      <Reports key={cluster.id} clusterId={cluster.id} />
    </>
  );
}

const mostRead = 8;

/** The free text of the reports: read one place at a time, when someone asks for it. */
function Reports({ clusterId }: { clusterId: string }) {
  const { t } = useTranslation(['patrol', 'sightings']);
  const { sentence } = useFaultWords();
  const sightings = useSightingsOf(clusterId);
  const [read, setRead] = useState<SightingDetail[] | null>(null);
  const [busy, setBusy] = useState(false);
  if (sightings.length === 0) return null;
  const ask = async () => {
    setBusy(true);
    try {
      const newest = sightings.slice(0, mostRead);
      setRead(await Promise.all(newest.map(({ id }) => api.sightings.read.query({ id }))));
    } catch (error) {
      notifyFault(sentence(faultOf(error)));
    } finally {
      setBusy(false);
    }
  };
  if (read === null)
    return (
      <BigButton loading={busy} onClick={() => void ask()}>
        {t('patrol:readReports')}
      </BigButton>
    );
  return (
    <ul className={classes['reports']} aria-label={t('patrol:reportsRead')}>
      {read.map((sighting) => (
        <li key={sighting.id}>
          <span className={classes['quiet']}>
            {t(`sightings:kind.${sighting.reporterKind}`)} · <Ago at={sighting.seenAt} />
          </span>
          <span>
            {[sighting.addressText, sighting.note].filter((text) => text !== '').join(' · ') ||
              t('patrol:noNote')}
          </span>
        </li>
      ))}
    </ul>
  );
}

/** What became of a place that is no longer open. */
export function PlaceEnded({ cluster, task }: { cluster: ClusterView; task: boolean }) {
  const { t } = useTranslation('patrol');
  const byId = useClusters((store) => store.byId);
  const survivor = survivorOf(byId, cluster);
  return (
    <div className={classes['ended']} role="status">
      <p className={classes['line']}>
        {t(`placeEnded.${cluster.endReason ?? 'emptied'}`)}
        {task && ` ${t('placeEnded.taskStays')}`}
      </p>
      {survivor && (
        <BigButton onClick={() => choose({ kind: 'cluster', id: survivor.id }, true)}>
          {t('placeEnded.goTo')}
        </BigButton>
      )}
    </div>
  );
}
