/** The areas on this device, and the one that is being fetched. The fetching goes on when the panel is closed. */
import { useCallback, useEffect, useState } from 'react';
import { create } from 'zustand';
import type { Bounds } from '../../shared/basemap/schema.ts';
import type { CityView } from '../../shared/cities/schema.ts';
import { newId } from '../kernel/id.ts';
import { archiveAt, shelf } from '../map/tiles/archives.ts';
import { planPack } from '../map/tiles/plan-pack.ts';
import type { PackPlan } from '../map/tiles/plan-pack.ts';
import type { Pack } from '../map/tiles/shelf.ts';
import { takePack } from '../map/tiles/take-pack.ts';

export interface Area {
  /** unlike any other area's; the same area taken again renews its pack */
  key: string;
  name: string;
  bounds: Bounds;
}

export type Measure =
  | { state: 'measuring' }
  | { state: 'known'; plan: PackPlan; freeBytes: number | null }
  | { state: 'tooLarge' | 'unreachable' };

interface Fetching {
  packId: string;
  bytes: number;
  total: number;
  stop: () => void;
}
/** One at a time, for the whole page. */
const useFetching = create<{ now: Fetching | null; brokenId: string | null; epoch: number }>(
  () => ({
    now: null,
    brokenId: null,
    epoch: 0,
  }),
);

/** What people record at night must still find room beside the map. */
const leftForRecords = 50e6;

/** for maps alone; null = the browser does not say */
const freeBytes = async (): Promise<number | null> => {
  const none: StorageEstimate = {};
  const { quota, usage } = (await navigator.storage?.estimate?.().catch(() => none)) ?? none;
  return quota === undefined || usage === undefined
    ? null
    : Math.max(0, quota - usage - leftForRecords);
};

/** Asks the archive's directories; nothing else is fetched. */
export function useMeasure(city: CityView, bounds: Bounds | null): Measure | null {
  const [measure, setMeasure] = useState<Measure | null>(null);
  const url = city.basemap.kind === 'pmtiles' ? city.basemap.url : null;
  const key = bounds?.join() ?? null;
  useEffect(() => {
    if (url === null || key === null) return;
    let over = false;
    setMeasure({ state: 'measuring' });
    const box = key.split(',').map(Number) as unknown as Bounds;
    planPack(archiveAt(url), box).then(
      async (plan) => {
        const free = await freeBytes();
        if (!over) setMeasure({ state: 'known', plan, freeBytes: free });
      },
      (error: unknown) => {
        if (!over) setMeasure({ state: error instanceof RangeError ? 'tooLarge' : 'unreachable' });
      },
    );
    return () => {
      over = true;
    };
  }, [url, key]);
  return measure;
}

/** True when all of it came. */
async function fetchPack(city: CityView, area: Area, plan: PackPlan, old?: Pack): Promise<boolean> {
  if (city.basemap.kind !== 'pmtiles' || useFetching.getState().now) return false;
  const archive = archiveAt(city.basemap.url);
  const pack: Pack = {
    id: old?.id ?? newId(),
    cityId: city.id,
    name: area.name,
    archive: archive.url,
    generation: plan.generation,
    bounds: area.bounds,
    tiles: plan.tiles,
    bytes: plan.bytes,
    takenAt: new Date().toISOString(),
    complete: false,
  };
  const controller = new AbortController();
  const progress = (bytes: number) =>
    useFetching.setState({
      now: { packId: pack.id, bytes, total: plan.bytes, stop: () => controller.abort() },
    });
  progress(0);
  // Else a browser short of room may throw it all away.
  void navigator.storage?.persist?.().catch(() => false);
  const came = await takePack({
    shelf,
    archive,
    pack,
    plan,
    signal: controller.signal,
    onProgress: progress,
  }).then(
    () => true,
    () => false,
  );
  // Who stops a new one wants none of it; a renewal that is stopped keeps what was there.
  if (!came && controller.signal.aborted && !old) await shelf.releasePack(pack.id);
  useFetching.setState(({ epoch }) => ({
    now: null,
    brokenId: came || controller.signal.aborted ? null : pack.id,
    epoch: epoch + 1,
  }));
  return came;
}

export function usePacks(city: CityView) {
  const { now, brokenId, epoch } = useFetching();
  const [packs, setPacks] = useState<readonly Pack[] | null>(null);
  const reload = useCallback(() => {
    shelf.packs(city.id).then(setPacks, () => setPacks([]));
  }, [city.id]);
  useEffect(reload, [reload, epoch, now?.packId]);
  return {
    packs,
    fetching: now,
    brokenId,
    take: (area: Area, plan: PackPlan) =>
      fetchPack(
        city,
        area,
        plan,
        packs?.find((pack) => pack.name === area.name),
      ),
    renew: async (pack: Pack) => {
      if (city.basemap.kind !== 'pmtiles') return false;
      const plan = await planPack(archiveAt(city.basemap.url), pack.bounds).catch(() => null);
      if (plan === null) return false;
      return fetchPack(city, { key: pack.id, name: pack.name, bounds: pack.bounds }, plan, pack);
    },
    remove: async (pack: Pack) => {
      await shelf.releasePack(pack.id);
      reload();
    },
  };
}
