import { v7 as uuidv7 } from 'uuid';
import type { z } from 'zod';
import { AppError } from '../../shared/errors.ts';
import { saysTheSame } from '../../shared/response/rules.ts';
import { declareNightSchema } from '../../shared/response/schema.ts';
import type { ActivationView } from '../../shared/response/schema.ts';
import { feltTemperature } from '../../shared/weather/wind-chill.ts';
import type { Session } from '../kernel/context.ts';
import type { Database } from '../kernel/sql.ts';
import { changeCity } from '../realtime/change-city.ts';
import type { CityChange } from '../realtime/change-city.ts';
import { endActivationInForce, insertActivation, readActivationInForce } from './queries.ts';

const announce = (change: CityChange, activation: ActivationView): void =>
  change.emit({ kind: 'activation.changed', activation }, 'public');

/**
 * Declares a cold night. While one is in force it is a change of it: the old record ends and the new one
 * begins in the same transaction, so that there is never a moment without a level. The same words again
 * (a second click) change nothing.
 */
export function declareNight(
  db: Database,
  { cityId, userId }: Session,
  draft: z.input<typeof declareNightSchema>,
): Promise<ActivationView> {
  const night = declareNightSchema.parse(draft);
  return changeCity(db, cityId, async (change) => {
    const inForce = await readActivationInForce(change.tx, cityId);
    if (inForce && saysTheSame(inForce, night)) return inForce;
    const ended = await endActivationInForce(change.tx, cityId, userId, change.now);
    if (ended) announce(change, ended);
    const declared = await insertActivation(change.tx, cityId, {
      ...night,
      id: uuidv7(),
      feltCelsius: feltTemperature(night.temperatureCelsius, night.windKmh),
      by: userId,
      at: change.now,
    });
    announce(change, declared);
    return declared;
  });
}

/** @throws AppError no_night_declared */
export function endNight(db: Database, { cityId, userId }: Session): Promise<ActivationView> {
  return changeCity(db, cityId, async (change) => {
    const ended = await endActivationInForce(change.tx, cityId, userId, change.now);
    if (!ended) throw new AppError('no_night_declared');
    announce(change, ended);
    return ended;
  });
}
