/** A weather source as it is typed: numbers may be half written, a kept key is never seen. Pure. */
import { sourceDraftSchema } from '../../shared/weather/schema.ts';
import type { SourceDraft, SourceView } from '../../shared/weather/schema.ts';

export const typedKinds = sourceDraftSchema.shape.kind.options;

interface PlaceDraft {
  name: string;
  lon: number | string;
  lat: number | string;
}

export interface SourceFields extends Record<string, unknown> {
  kind: SourceDraft['kind'];
  name: string;
  address: string;
  /** empty: the one that is kept stays */
  key: string;
  dropKey: boolean;
  enabled: boolean;
  grid: boolean;
  places: PlaceDraft[];
}

export const startOfSource = (source: SourceView | null): SourceFields => ({
  kind: source === null || source.kind === 'hand' ? 'open_meteo' : source.kind,
  name: source?.name ?? '',
  address: source?.address ?? '',
  key: '',
  dropKey: false,
  enabled: source?.enabled ?? true,
  grid: source?.grid ?? false,
  places: source?.places ?? [],
});

export const sourceInput = (id: string, fields: SourceFields) => {
  const { key, dropKey, places, ...rest } = fields;
  return {
    ...rest,
    id,
    key: dropKey ? '' : key.trim() === '' ? null : key.trim(),
    places: places.map(({ name, lon, lat }) => ({
      name,
      lon: lon === '' ? null : Number(lon),
      lat: lat === '' ? null : Number(lat),
    })),
  };
};
