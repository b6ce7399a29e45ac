/** The single reports of the chosen place, and what a duty officer may do with each. */
import { Button, Menu } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { distance } from '@turf/turf';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClusterView } from '../../shared/clusters/schema.ts';
import type { SightingView } from '../../shared/sightings/schema.ts';
import { useClusters } from '../clusters/store.ts';
import { useHeadcountWords } from '../clusters/use-headcount-words.ts';
import { api } from '../kernel/api.ts';
import { faultOf } from '../kernel/fault.ts';
import { useFaultWords } from '../kernel/use-fault-words.ts';
import { useFormat } from '../kernel/use-format.ts';
import { useSession } from '../kernel/session.tsx';
import { Ago } from '../ui/ago.tsx';
import { askToConfirm } from '../ui/confirm.tsx';
import { notifyDone, notifyFault } from '../ui/notify.tsx';
import classes from './report-rows.module.css';
import { ReportDetail } from './report-detail.tsx';

const pullWithinMeters = 500;
const mostChoices = 6;

/** Says what became of an action; what was chosen stays on the screen when it failed. */
function useAct(): (work: () => Promise<unknown>) => Promise<void> {
  const { t } = useTranslation('board');
  const { sentence } = useFaultWords();
  return async (work) => {
    try {
      await work();
      notifyDone(t('sightings.done'));
    } catch (error) {
      notifyFault(sentence(faultOf(error)));
    }
  };
}

export function ReportRows(props: { cluster: ClusterView; sightings: readonly SightingView[] }) {
  const { role } = useSession();
  const mayAct = role !== null && role !== 'auditor';
  return (
    <ul className={classes['rows']}>
      {props.sightings.map((sighting) => (
        <ReportRow key={sighting.id} sighting={sighting} mayAct={mayAct} {...props} />
      ))}
    </ul>
  );
}

function ReportRow(props: {
  cluster: ClusterView;
  sighting: SightingView;
  sightings: readonly SightingView[];
  mayAct: boolean;
}) {
  const { t } = useTranslation(['board', 'sightings', 'common']);
  const format = useFormat();
  const [open, setOpen] = useState(false);
  const { sighting, mayAct } = props;
  return (
    <li className={classes['row']}>
      <div className={classes['head']}>
        <span className={classes['text']}>
          <strong>{t(`sightings:kind.${sighting.reporterKind}`)}</strong>
          <span className={classes['quiet']}>
            {t('common:people', { count: sighting.headcount })} ·{' '}
            <Ago at={sighting.seenAt} tappable /> ·{' '}
            {t('board:sightings.accuracy', { distance: format.distance(sighting.accuracyMeters) })}
          </span>
          {sighting.flags.length > 0 && (
            <span>{sighting.flags.map((flag) => t(`sightings:flag.${flag}`)).join(' · ')}</span>
          )}
          {sighting.placement !== null && (
            <span className={classes['hand']}>{t('board:sightings.byHand')}</span>
          )}
        </span>
        {mayAct && <RowMenu {...props} />}
      </div>
      <Button
        variant="subtle"
        color="var(--nx-focus)"
        h={48}
        px={8}
        justify="flex-start"
        aria-expanded={open}
        onClick={() => setOpen((was) => !was)}
      >
        {open ? t('board:sightings.hide') : t('board:sightings.detail')}
      </Button>
      {open && <ReportDetail sightingId={sighting.id} />}
    </li>
  );
}

function RowMenu({
  cluster,
  sighting,
  sightings,
}: {
  cluster: ClusterView;
  sighting: SightingView;
  sightings: readonly SightingView[];
}) {
  const { t } = useTranslation(['board', 'sightings', 'common']);
  const act = useAct();
  const others = sightings.filter(({ id }) => id !== sighting.id);
  const close = async (closing: 'mistaken' | 'other') => {
    const sure = await askToConfirm({
      title: t('board:sightings.closeTitle'),
      text: t('board:sightings.closeText'),
      confirm: t('board:sightings.close'),
    });
    if (sure) await act(() => api.sightings.close.mutate({ id: sighting.id, closing }));
  };
  return (
    <Menu position="bottom-end" width={280} withinPortal>
      <Menu.Target>
        <Button
          variant="subtle"
          color="var(--nx-text)"
          w={48}
          h={48}
          p={0}
          aria-label={t('common:more')}
        >
          <IconDots size={22} aria-hidden />
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {sighting.placement !== null && (
          <Menu.Item
            onClick={() =>
              void act(() => api.clusters.undoPlacement.mutate({ sightingId: sighting.id }))
            }
          >
            {t('board:sightings.undo')}
          </Menu.Item>
        )}
        {others.length > 0 && (
          <Menu.Item
            onClick={() =>
              void act(() => api.clusters.splitOff.mutate({ sightingId: sighting.id }))
            }
          >
            {t('board:sightings.splitOff')}
          </Menu.Item>
        )}
        <Menu.Label>{t('board:sightings.pullIn')}</Menu.Label>
        <PullChoices
          cluster={cluster}
          onPick={(clusterId) =>
            void act(() => api.clusters.pullIn.mutate({ sightingId: sighting.id, clusterId }))
          }
        />
        {others.length > 0 && <Menu.Label>{t('board:sightings.duplicateOf')}</Menu.Label>}
        {others.slice(0, mostChoices).map((other) => (
          <Menu.Item
            key={other.id}
            onClick={() =>
              void act(() =>
                api.sightings.markDuplicate.mutate({ id: sighting.id, duplicateOf: other.id }),
              )
            }
          >
            {t(`sightings:kind.${other.reporterKind}`)} · <Ago at={other.seenAt} />
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item onClick={() => void close('mistaken')}>
          {t('board:sightings.mistaken')}
        </Menu.Item>
        <Menu.Item onClick={() => void close('other')}>{t('board:sightings.close')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function PullChoices({
  cluster,
  onPick,
}: {
  cluster: ClusterView;
  onPick: (clusterId: string) => void;
}) {
  const { t } = useTranslation('board');
  const format = useFormat();
  const headcount = useHeadcountWords();
  const byId = useClusters((store) => store.byId);
  const near = useMemo(
    () =>
      [...byId.values()]
        .filter((other) => other.open && other.id !== cluster.id)
        .map((other) => ({
          other,
          meters: distance([cluster.lon, cluster.lat], [other.lon, other.lat], { units: 'meters' }),
        }))
        .filter(({ meters }) => meters <= pullWithinMeters)
        .sort((a, b) => a.meters - b.meters)
        .slice(0, mostChoices),
    [byId, cluster],
  );
  if (near.length === 0) return <Menu.Item disabled>{t('sightings.pullInNone')}</Menu.Item>;
  return near.map(({ other, meters }) => (
    <Menu.Item key={other.id} onClick={() => onPick(other.id)}>
      {headcount(other)} · {format.distance(meters)}
    </Menu.Item>
  ));
}
