/** Cold cells under everything else: violet to white with the debt, and a tap says why. */
import { cellToBoundary } from 'h3-js';
import { useMemo } from 'react';
import type { ZoneView } from '../../shared/zones/schema.ts';
import { explainCell, localHour, zoneWeightAt } from '../../shared/zones/rules.ts';
import type { CellReason } from '../../shared/zones/rules.ts';
import type { CellStep, ColdCellView } from '../../shared/zones/schema.ts';
import { useCity } from '../kernel/city.tsx';
import { useNow } from '../kernel/clock.ts';
import type { OwnLayer } from '../map/use-geojson-layer.ts';
import { useGeoJsonLayer } from '../map/use-geojson-layer.ts';
import { useFeatures } from '../map/use-features.ts';
import type { Tokens } from '../ui/tokens.ts';
import { useCells, useZones } from './store.ts';

export interface DebtCell {
  cell: string;
  facts: ColdCellView;
  step: CellStep;
  score: number;
  reasons: CellReason[];
}

const kept = new WeakMap<ColdCellView, DebtCell>();

/** Every cell that owes something, the most owed first. Judged anew when facts, zones, weather or the clock change. */
export function useDebtCells(feltCelsius: number | null): DebtCell[] {
  const cells = useCells();
  const zones = useZones();
  const { city } = useCity();
  const now = useNow();
  const timeZone = city?.timeZone ?? 'Asia/Shanghai';
  return useMemo(
    () => judge([...cells.values()], zones, { feltCelsius, now, timeZone }),
    [cells, zones, feltCelsius, now, timeZone],
  );
}

function judge(
  cells: readonly ColdCellView[],
  zones: readonly ZoneView[],
  at: { feltCelsius: number | null; now: number; timeZone: string },
): DebtCell[] {
  const now = new Date(at.now).toISOString();
  const hour = localHour(now, at.timeZone);
  const judged: DebtCell[] = [];
  for (const facts of cells) {
    const zoneWeight = zoneWeightAt(facts.cell, zones, hour);
    const { score, step, reasons } = explainCell(facts, {
      feltCelsius: at.feltCelsius,
      now,
      zoneWeight,
    });
    if (step === 0) continue;
    const before = kept.get(facts);
    // The picture depends on the step alone: the same object keeps its feature on the map.
    const debt =
      before?.step === step
        ? Object.assign(before, { score, reasons })
        : { cell: facts.cell, facts, step, score, reasons };
    kept.set(facts, debt);
    judged.push(debt);
  }
  return judged.sort((a, b) => b.score - a.score);
}

const toFeature = (debt: DebtCell) => {
  const ring = cellToBoundary(debt.cell, true);
  return {
    type: 'Feature' as const,
    id: debt.cell,
    geometry: { type: 'Polygon' as const, coordinates: [ring] },
    properties: { id: debt.cell, step: debt.step },
  };
};

function layersOf(tokens: Tokens): OwnLayer[] {
  const [one, two, three, four] = tokens.cold;
  const color = ['match', ['get', 'step'], 4, four, 3, three, 2, two, one];
  return [
    {
      id: 'fill',
      type: 'fill',
      paint: {
        'fill-color': color as never,
        'fill-opacity': ['match', ['get', 'step'], 4, 0.34, 3, 0.32, 2, 0.28, 0.22],
      },
    },
    {
      id: 'edge',
      type: 'line',
      paint: {
        'line-color': color as never,
        'line-width': ['match', ['get', 'step'], 4, 2, 1],
        'line-opacity': 0.7,
      },
    },
  ];
}

export function CellLayer(props: {
  cells: readonly DebtCell[];
  tokens: Tokens;
  onSelect?: (cell: string) => void;
}) {
  const { cells, tokens, onSelect } = props;
  const data = useFeatures(cells, toFeature);
  const layers = useMemo(() => layersOf(tokens), [tokens]);
  useGeoJsonLayer({
    id: 'cells',
    slot: 'cells',
    data,
    layers,
    clickLayers: ['fill'],
    ...(onSelect ? { onClick: (feature) => onSelect(String(feature.properties['id'])) } : {}),
  });
  return null;
}
