/** A city that was made of records has nobody to send: two teams and a station, so that its screens can be used. */
import { v7 as uuidv7 } from 'uuid';
import type { Position } from '../../shared/geo/position.ts';
import { Intake } from './sender.ts';

const teams = [
  { name: '巡查一队 Team 1', callSign: 'T1' },
  { name: '巡查二队 Team 2', callSign: 'T2' },
];

/** Through the public procedures, as the demo city's administrator and its patrol. */
export async function addFirstCrew(
  baseUrl: string,
  cityId: string,
  center: Position,
): Promise<void> {
  const intake = new Intake(baseUrl, 1);
  try {
    await addCrew(intake, cityId, center);
  } finally {
    intake.close();
  }
}

async function addCrew(intake: Intake, cityId: string, center: Position): Promise<void> {
  await intake.enterAs(cityId, 'administrator');
  for (const team of teams) {
    const id = uuidv7();
    await intake.post('patrols.saveTeam', { id, ...team, vehicle: '', areaId: null });
    await intake.post('patrols.setDuty', { teamId: id, onDuty: true });
  }
  await intake.post('stations.save', {
    id: uuidv7(),
    kind: 'station',
    name: '救助站 Shelter',
    address: '',
    phone: '',
    position: center,
    places: [{ kind: 'general', total: 20 }],
    open: true,
    fromHour: 0,
    toHour: 0,
    contact: '',
    setUpMinutes: null,
  });
  // whoever enters as a patrol belongs to the first team
  await intake.enterAs(cityId, 'patrol');
  await intake.post('patrols.reportPosition', {
    position: center,
    accuracyMeters: 20,
    headingDegrees: null,
    at: new Date().toISOString(),
  });
}
