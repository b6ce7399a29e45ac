/** What each level changes in a demo city, and the night that is in force when it begins. */
import { usualEffects } from '../../shared/response/effects.ts';
import { responseSettingsSchema } from '../../shared/response/settings.ts';
import type { LevelEffects } from '../../shared/response/settings.ts';
import { declareNight, saveSettings } from '../response/actions.ts';
import type { Hand } from './seeding.ts';

export async function seedResponseSettings({ db, session, words, idOf }: Hand): Promise<void> {
  const prepared = words.stations.flatMap(({ prepared: isPrepared }, index) =>
    isPrepared ? [idOf(`station ${index}`)] : [],
  );
  const teams = words.teams.map((_team, index) => idOf(`team ${index}`));
  const effects: Record<keyof typeof usualEffects, LevelEffects> = {
    blue: usualEffects.blue,
    yellow: { ...usualEffects.yellow, callUp: words.callUp.yellow },
    // The nearer of the shelters first, all of them when it is worst; the volunteers come before the reserve.
    orange: {
      ...usualEffects.orange,
      callUp: words.callUp.orange,
      shelterIds: prepared.slice(-1),
      teamIds: teams.slice(6),
    },
    red: {
      ...usualEffects.red,
      callUp: words.callUp.red,
      shelterIds: prepared,
      teamIds: teams.slice(5),
    },
  };
  await saveSettings(db, session, responseSettingsSchema.parse({ effects }));
}

/** Snow and wind since the afternoon: as the duty officer saw it then. What the night will be is for the rules to say. */
export async function seedNight({ db, session, words }: Hand): Promise<void> {
  await declareNight(db, session, {
    level: 'yellow',
    temperatureCelsius: -1,
    windKmh: 38,
    note: words.nightNote,
  });
}
