/** Who did what to an account, and who read what is sensitive. Entries are only ever added. */
import { v7 as uuidv7 } from 'uuid';
import { auditPageSize } from '../../shared/accounts/schema.ts';
import type { AuditEntry } from '../../shared/accounts/schema.ts';
import type { Db } from '../kernel/sql.ts';

export interface AuditFact {
  cityId: string;
  userId: string | null;
  /** what happened, such as `login.failed` or `sighting.read` */
  action: string;
  /** what it was done to: an id or a name */
  subject?: string;
  details?: Record<string, string | number | boolean | null>;
}

export async function recordAudit(db: Db, fact: AuditFact): Promise<void> {
  await db`
    insert into audit_entries (city_id, id, user_id, action, subject, details)
    values (${fact.cityId}, ${uuidv7()}::uuid, ${fact.userId}::uuid, ${fact.action}, ${fact.subject ?? ''},
            ${db.json(fact.details ?? {})})`;
}

/** Newest first, 200 at a time. */
export async function readAuditEntries(
  db: Db,
  cityId: string,
  before: string | null,
): Promise<AuditEntry[]> {
  const rows = await db<
    {
      id: string;
      at: string;
      user_id: string | null;
      user_name: string | null;
      action: string;
      subject: string;
      details: AuditEntry['details'];
    }[]
  >`
    select a.id, a.at, a.user_id, u.display_name as user_name, a.action, a.subject, a.details
    from audit_entries a left join users u on u.city_id = a.city_id and u.id = a.user_id
    where a.city_id = ${cityId} and (${before}::timestamptz is null or a.at < ${before}::timestamptz)
    order by a.at desc, a.id desc limit ${auditPageSize}`;
  return rows.map(({ user_id, user_name, ...entry }) => ({
    ...entry,
    userId: user_id,
    userName: user_name,
  }));
}
