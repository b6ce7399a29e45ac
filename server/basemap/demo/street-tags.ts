/** The tags of a stretch of street, of the bridge or underpass it is. */
import type { Tags } from '../osm-blocks.ts';
import type { Name } from './names.ts';
import { nameTags } from './osm-sink.ts';
import type { Point } from './plan.ts';
import type { StreetLine } from './street-lines.ts';
import { groundAt } from './terrain.ts';

export type Structure = 'ground' | 'bridge' | 'underpass';

export interface Run {
  line: StreetLine;
  structure: Structure;
  points: Point[];
}

const SPEED: Record<string, string> = {
  trunk: '80',
  primary: '60',
  secondary: '50',
  tertiary: '40',
  residential: '30',
  service: '20',
};

/** Rings cross the railway on bridges of their own. */
function bridgeName(line: StreetLine, points: Point[]): Name | null {
  const middle = points[Math.floor(points.length / 2)];
  if (!line.over || !line.name || !middle || groundAt(middle) !== 'rail')
    return line.bridge ?? null;
  return {
    zh: `${line.name.zh.replace(/路$/, '')}铁路立交桥`,
    en: `${line.name.en} Railway Flyover`,
  };
}

export function streetTags({ line, structure, points }: Run): Tags {
  const tags: Tags = {
    highway: line.class,
    ...nameTags(line.name),
    maxspeed: SPEED[line.class] ?? '30',
  };
  if (line.oneWay) Object.assign(tags, { junction: 'roundabout', oneway: 'yes' });
  if (structure === 'bridge')
    Object.assign(
      tags,
      { bridge: 'yes', layer: '1' },
      nameTags(bridgeName(line, points), 'bridge:'),
    );
  if (structure === 'underpass')
    Object.assign(tags, { tunnel: 'yes', layer: '-1' }, nameTags(line.underpass, 'tunnel:'));
  return tags;
}
