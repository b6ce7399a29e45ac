import type { Role } from '../../shared/accounts/schema.ts';
import type { Roads } from '../../shared/roads/schema.ts';
import type { ReporterKind } from '../../shared/sightings/schema.ts';
import type { Config } from './config.ts';
import type { Log } from './log.ts';
import type { Database } from './sql.ts';

/** Somebody signed in; read from the cookie on every request. */
export interface Session {
  cityId: string;
  userId: string;
  role: Role;
  reporterKind: ReporterKind | null;
  teamId: string | null;
  stationId: string | null;
  displayName: string;
  /** of an account made by a printed code: which one */
  enrolmentId?: string;
}

/** What the process holds once and every call may use. */
export interface Services {
  db: Database;
  config: Config;
  log: Log;
  /** Travel times and ways of every city. */
  roads: Roads;
  /** Forgets a session that was just ended or changed, so that the next request reads it anew. */
  forgetSession(token: string | null): void;
}

export interface Context extends Services {
  session: Session | null;
  sessionToken: string | null;
  /** Anonymous id of this browser, from its own cookie. */
  deviceId: string | null;
  /** The caller's network address, for limits. */
  address: string;
  secure: boolean;
  setCookie(name: string, value: string, maxAgeSeconds: number): void;
  clearCookie(name: string): void;
}

export const sessionCookie = 'nuanxun_session';
export const deviceCookie = 'nuanxun_device';
