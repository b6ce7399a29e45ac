import { removeSchema } from '../../shared/patrols/schema.ts';
import {
  checkInSchema,
  checkOutSchema,
  decideShelterSchema,
  holdDraftSchema,
  holdRefSchema,
  moveHoldSchema,
  setFreeBedsSchema,
  stationDraftSchema,
  staysOfSchema,
} from '../../shared/stations/schema.ts';
import { allow, router } from '../kernel/trpc.ts';
import { removeStation, saveStation, setFreeBeds } from './actions.ts';
import { holdBeds, moveHold, releaseHold } from './holds.ts';
import { readSaturation } from './saturation.ts';
import { decideShelter } from './shelters.ts';
import { checkIn, checkOut, readStays } from './stays.ts';

const desk = allow('station_manager', 'dispatcher', 'administrator');
const house = allow('station_manager', 'administrator');

export const stationsRouter = router({
  save: allow('administrator')
    .input(stationDraftSchema)
    .mutation(({ ctx, input }) => saveStation(ctx.db, ctx.session, input)),
  remove: allow('administrator')
    .input(removeSchema)
    .mutation(({ ctx, input }) => removeStation(ctx.db, ctx.session, input)),
  setFreeBeds: desk
    .input(setFreeBedsSchema)
    .mutation(({ ctx, input }) => setFreeBeds(ctx.db, ctx.session, input)),
  hold: desk
    .input(holdDraftSchema)
    .mutation(({ ctx, input }) => holdBeds(ctx.db, ctx.session, input)),
  moveHold: desk
    .input(moveHoldSchema)
    .mutation(({ ctx, input }) => moveHold(ctx.db, ctx.session, input)),
  releaseHold: desk
    .input(holdRefSchema)
    .mutation(({ ctx, input }) => releaseHold(ctx.db, ctx.session, input)),
  checkIn: house
    .input(checkInSchema)
    .mutation(({ ctx, input }) => checkIn(ctx.db, ctx.session, input)),
  checkOut: house
    .input(checkOutSchema)
    .mutation(({ ctx, input }) => checkOut(ctx.db, ctx.session, input)),
  stays: desk.input(staysOfSchema).query(({ ctx, input }) => readStays(ctx.db, ctx.session, input)),
  saturation: desk.query(({ ctx }) => readSaturation(ctx.db, ctx.session)),
  decideShelter: desk
    .input(decideShelterSchema)
    .mutation(({ ctx, input }) => decideShelter(ctx.db, ctx.session, input)),
});
