/** What this tablet keeps: what waits to be sent, and the maps taken along. */
import { useTranslation } from 'react-i18next';
import type { ReactNode } from 'react';
import type { Bounds } from '../../shared/basemap/schema.ts';
import type { FieldAction } from '../../shared/field/schema.ts';
import type { Polygon } from '../../shared/geo/position.ts';
import { draftFrom, keepDraft, visitKey } from '../dispatch/record-draft.ts';
import type { Visit } from '../dispatch/record-draft.ts';
import { useCity } from '../kernel/city.tsx';
import type { OutboxItem } from '../kernel/outbox/outbox.ts';
import { useSession } from '../kernel/session.tsx';
import { QueuePanel } from '../outbox/queue-panel.tsx';
import { PacksPanel } from '../packs/packs-panel.tsx';
import { useAreas } from '../patrols/store.ts';
import { BigButton } from '../ui/big-button.tsx';
import classes from './kept.module.css';
import { stopWriting, usePatrolScreen, write } from './store.ts';

function KeptPage({ title, children }: { title: string | null; children: ReactNode }) {
  const { t } = useTranslation('common');
  return (
    <div className={classes['kept']}>
      <header className={classes['keptHead']}>
        {title !== null && <h2>{title}</h2>}
        <BigButton tone="quiet" full={false} onClick={stopWriting}>
          {t('back')}
        </BigButton>
      </header>
      {children}
    </div>
  );
}

type Encounter = Extract<FieldAction, { kind: 'encounter.record' }>;

/** The form it was written on, as it was; saving it sends it again under the same id. */
function mend(item: OutboxItem): void {
  const { encounter } = item.payload as Encounter;
  const { dispatchId, recheckId } = encounter;
  const visit = { dispatchId, recheckId } as Visit;
  keepDraft(visitKey(visit), draftFrom(encounter));
  write({ kind: 'record', visit });
}

export function WhatWaits() {
  const { t } = useTranslation('patrol');
  const { session } = useSession();
  return (
    <KeptPage title={t('queue')}>
      <QueuePanel
        userId={session?.user.id ?? null}
        sayEmpty
        onMend={mend}
        canMend={({ kind }) => kind === 'encounter.record'}
      />
    </KeptPage>
  );
}

/** What can be taken along: the own area, what the map shows, and the other areas. */
export function Packs({ areaId }: { areaId: string | null }) {
  const { t } = useTranslation('patrol');
  const { city } = useCity();
  const areas = useAreas();
  const view = usePatrolScreen((screen) => screen.view);
  const drawn = areas
    .filter(({ removed }) => !removed)
    .toSorted((a, b) => Number(b.id === areaId) - Number(a.id === areaId))
    .map(({ id, name, boundary }) => ({ key: id, name, bounds: boundsOf(boundary) }));
  const seen = view === null ? [] : [{ key: 'view', name: t('inView'), bounds: view }];
  return (
    <KeptPage title={null}>
      {city && (
        <PacksPanel city={city} areas={[...drawn.slice(0, 1), ...seen, ...drawn.slice(1)]} />
      )}
    </KeptPage>
  );
}

function boundsOf({ coordinates }: Polygon): Bounds {
  const points = coordinates.flat();
  const lons = points.map(([lon]) => lon);
  const lats = points.map(([, lat]) => lat);
  return [Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)];
}
