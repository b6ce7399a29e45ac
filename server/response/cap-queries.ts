/** Alerts as they were published: written once, never changed. */
import type { Position } from '../../shared/geo/position.ts';
import type { Db } from '../kernel/sql.ts';

export interface CapMessage {
  identifier: string;
  alertId: string;
  activationId: string;
  place: number;
  kind: 'Alert' | 'Update' | 'Cancel';
  sender: string;
  sentAt: string;
  sent: string;
  expiresAt: string;
  title: string;
  xml: string;
}

export async function insertMessage(db: Db, cityId: string, message: CapMessage): Promise<void> {
  await db`
    insert into cap_messages (city_id, identifier, alert_id, activation_id, place, kind, sender, sent_at, sent,
      expires_at, title, xml)
    values (${cityId}, ${message.identifier}, ${message.alertId}::uuid, ${message.activationId}::uuid,
      ${message.place}::int, ${message.kind}, ${message.sender}, ${message.sentAt}::timestamptz, ${message.sent},
      ${message.expiresAt}::timestamptz, ${message.title}, ${message.xml})`;
}

export type MessageRef = Pick<CapMessage, 'identifier' | 'alertId' | 'sender' | 'sent' | 'kind'>;

/** All messages of the alert that this activation is told in, the first one first; none where it isn't told yet. */
export async function readAlert(
  db: Db,
  cityId: string,
  activationId: string,
): Promise<MessageRef[]> {
  return await db<MessageRef[]>`
    select identifier, alert_id as "alertId", sender, sent, kind from cap_messages
    where city_id = ${cityId} and alert_id = (
      select alert_id from cap_messages where city_id = ${cityId} and activation_id = ${activationId}::uuid
      order by place desc limit 1)
    order by place`;
}

/** Cities with a night in force that isn't told, or whose alert expires within so many minutes. */
export async function findExpiring(
  db: Db,
  cityId: string | null,
  minutes: number,
): Promise<{ cityId: string }[]> {
  return await db<{ cityId: string }[]>`
    select a.city_id as "cityId" from activations a
    where a.ended_at is null and (${cityId}::text is null or a.city_id = ${cityId})
      and coalesce((
        select m.expires_at from cap_messages m where m.city_id = a.city_id and m.activation_id = a.id
        order by m.place desc limit 1), '-infinity') <= now() + make_interval(mins => ${minutes})`;
}

const mostRings = 50;

/** The city's outlines without their holes, the largest first, to about a hundred metres. */
export async function readRings(db: Db, cityId: string): Promise<Position[][]> {
  const rows = await db<{ ring: { coordinates: [number, number][] } }[]>`
    select st_asgeojson(st_exteriorring(part.geom), 5)::jsonb as ring
    from cities c cross join lateral st_dump(st_simplifypreservetopology(c.boundary::geometry, 0.001)) as part
    where c.id = ${cityId} order by st_area(part.geom) desc limit ${mostRings}`;
  return rows
    .map(({ ring }) => ring.coordinates.map(([lon, lat]) => ({ lon, lat })))
    .filter((ring) => ring.length > 3);
}

export type ListedMessage = Pick<CapMessage, 'identifier' | 'sentAt' | 'title' | 'kind'>;

/** The newest first. */
export async function listMessages(
  db: Db,
  cityId: string,
  limit: number,
): Promise<ListedMessage[]> {
  return await db<ListedMessage[]>`
    select identifier, sent_at as "sentAt", title, kind from cap_messages
    where city_id = ${cityId} order by sent_at desc, alert_id desc, place desc limit ${limit}`;
}

export async function findMessage(
  db: Db,
  cityId: string,
  identifier: string,
): Promise<string | null> {
  const [row] = await db<{ xml: string }[]>`
    select xml from cap_messages where city_id = ${cityId} and identifier = ${identifier}`;
  return row?.xml ?? null;
}
