import { storeKey } from '../supplies/store-key.ts';
import type { CityEventBody } from './events.ts';

/** The thing an event is about: a later event with the same key replaces an earlier one. */
export function subjectKey(event: CityEventBody): string {
  switch (event.kind) {
    case 'sighting.changed':
      return `s${event.sighting.id}`;
    case 'cluster.changed':
      return `c${event.cluster.id}`;
    case 'dispatch.changed':
      return `d${event.dispatch.id}`;
    case 'recheck.changed':
      return `r${event.recheck.id}`;
    case 'team.changed':
      return `t${event.team.id}`;
    case 'area.changed':
      return `a${event.area.id}`;
    case 'station.changed':
      return `h${event.station.id}`;
    case 'zone.changed':
      return `z${event.zone.id}`;
    case 'closure.changed':
      return `u${event.closure.id}`;
    case 'cell.changed':
      return `x${event.cell.cell}`;
    case 'activation.changed':
      return 'night';
    case 'proposal.changed':
      return 'proposal';
    case 'weather.changed':
      return 'weather';
    case 'field.changed':
      return 'field';
    case 'report.progressed':
      return `p${event.report.id}`;
    case 'keyPoint.changed':
      return `k${event.keyPoint.id}`;
    case 'shift.changed':
      return `f${event.shift.id}`;
    case 'alarm.changed':
      return `l${event.alarm.id}`;
    case 'conflict.changed':
      return `o${event.conflict.id}`;
    case 'media.changed':
      return `m${event.media.id}`;
    case 'vehicle.changed':
      return `v${event.vehicle.id}`;
    case 'hold.changed':
      return `b${event.hold.id}`;
    case 'depot.changed':
      return `e${event.depot.id}`;
    case 'stock.changed':
      return `q${storeKey(event.stock.store)}`;
    case 'plan.changed':
      return 'plan';
  }
}

/** Keeps the last event of each subject, in the order of those last events. */
export function mergeBySubject<E extends CityEventBody>(events: readonly E[]): E[] {
  const last = new Map<string, E>();
  for (const event of events) {
    const key = subjectKey(event);
    last.delete(key);
    last.set(key, event);
  }
  return [...last.values()];
}
