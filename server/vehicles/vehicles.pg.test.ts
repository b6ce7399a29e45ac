import { v7 as uuidv7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import type { vehicleDraftSchema } from '../../shared/vehicles/schema.ts';
import { removeTeam } from '../patrols/actions.ts';
import { testDatabase } from '../testing/database.ts';
import { refusal } from '../testing/refusal.ts';
import { seedCity } from '../testing/seed.ts';
import { removeVehicle, saveVehicle, setVehicleState } from './actions.ts';
import { readVehicleViews } from './queries.ts';

const test = testDatabase();
const draft = (
  change: Partial<z.infer<typeof vehicleDraftSchema>> = {},
): z.infer<typeof vehicleDraftSchema> => ({
  id: uuidv7(),
  name: '一号车',
  plate: '京A·10001',
  mode: 'van',
  seats: 4,
  wheelchairs: 1,
  teamId: null,
  ...change,
});

describe('vehicles', () => {
  it('are saved, given to a team, and removed, each with an event and an audit entry', async () => {
    const { cityId, people, north } = await seedCity(test.sql);
    const { administrator } = people;
    const van = draft({ teamId: north.id });
    const saved = await saveVehicle(test.db, administrator, van);
    expect(saved).toEqual({ ...van, state: 'ready', removed: false });
    expect(await readVehicleViews(test.sql, cityId)).toEqual([saved]);
    const removed = await removeVehicle(test.db, administrator, van);
    expect(removed).toMatchObject({ removed: true, teamId: null });
    expect(await readVehicleViews(test.sql, cityId)).toEqual([]);
    const rows = await test.sql<{ action: string }[]>`
      select action from audit_entries where city_id = ${cityId} order by at, id`;
    expect(rows.map(({ action }) => action)).toEqual(['vehicle.saved', 'vehicle.removed']);
    const kinds = await test.sql<{ kind: string; audience: string }[]>`
      select kind, audience from events where city_id = ${cityId}`;
    expect(kinds).toEqual([
      { kind: 'vehicle.changed', audience: 'staff' },
      { kind: 'vehicle.changed', audience: 'staff' },
    ]);
    expect((await refusal(removeVehicle(test.db, administrator, { id: uuidv7() }))).code).toBe(
      'not_found',
    );
  });

  it('are one to a team, of a team that is there, with no more wheelchairs than seats', async () => {
    const { cityId, people, north, south } = await seedCity(test.sql);
    const { administrator } = people;
    const van = draft({ teamId: north.id });
    await saveVehicle(test.db, administrator, van);
    await saveVehicle(test.db, administrator, { ...van, name: '旧车' });
    const second = draft({ name: '二号车', teamId: north.id });
    expect(await refusal(saveVehicle(test.db, administrator, second))).toMatchObject({
      code: 'vehicle_taken',
      details: { field: 'teamId', params: { name: '旧车' } },
    });
    const nobody = await refusal(
      saveVehicle(test.db, administrator, { ...second, teamId: uuidv7() }),
    );
    expect([nobody.code, nobody.details.field]).toEqual(['not_found', 'teamId']);
    const wide = await refusal(
      saveVehicle(test.db, administrator, { ...second, teamId: null, wheelchairs: 5 }),
    );
    expect([wide.code, wide.details.field]).toEqual(['invalid_input', 'wheelchairs']);
    await saveVehicle(test.db, administrator, { ...second, teamId: south.id });
    await removeTeam(test.db, administrator, { id: south.id });
    const views = await readVehicleViews(test.sql, cityId);
    expect(views.map(({ name, teamId }) => [name, teamId])).toEqual([
      ['二号车', null],
      ['旧车', north.id],
    ]);
  });

  it('are reported broken by their own crew or the desk', async () => {
    const { people, north, southPatrol } = await seedCity(test.sql);
    const van = draft({ teamId: north.id });
    await saveVehicle(test.db, people.administrator, van);
    const broken = { id: van.id, state: 'broken' as const };
    expect((await refusal(setVehicleState(test.db, southPatrol, broken))).code).toBe('not_allowed');
    expect((await setVehicleState(test.db, people.patrol, broken)).state).toBe('broken');
    expect((await setVehicleState(test.db, people.patrol, broken)).state).toBe('broken');
    const ready = { id: van.id, state: 'ready' as const };
    expect((await setVehicleState(test.db, people.dispatcher, ready)).state).toBe('ready');
    const nowhere = { ...ready, id: uuidv7() };
    expect((await refusal(setVehicleState(test.db, people.dispatcher, nowhere))).code).toBe(
      'not_found',
    );
  });
});
