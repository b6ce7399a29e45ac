/** What the movement book says of the hours to come; see docs/supplies.md. */
import type { LoadingList, SupplyForecast } from '../../shared/supplies/schema.ts';
import type { Session } from '../kernel/context.ts';
import type { Database } from '../kernel/sql.ts';

export async function readForecast(_db: Database, _session: Session): Promise<SupplyForecast[]> {
  return [];
}

export async function readLoadingLists(_db: Database, _session: Session): Promise<LoadingList[]> {
  return [];
}
