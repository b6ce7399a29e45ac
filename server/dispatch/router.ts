import { clusterRefSchema } from '../../shared/clusters/schema.ts';
import {
  declineSchema,
  dispatchRefSchema,
  encounterDraftSchema,
  sendTeamSchema,
} from '../../shared/dispatch/schema.ts';
import { allow, router } from '../kernel/trpc.ts';
import {
  acceptDispatch,
  arriveAtScene,
  cancelDispatch,
  closeDispatch,
  declineDispatch,
  listCandidates,
  sendTeam,
  setOff,
} from './actions.ts';
import { readEncounters, recordEncounter } from './encounters.ts';

const desk = () => allow('dispatcher', 'station_manager', 'administrator');
const deskOrTeam = () => allow('patrol', 'dispatcher', 'station_manager', 'administrator');

export const dispatchRouter = router({
  candidates: desk()
    .input(clusterRefSchema)
    .query(({ ctx, input }) => listCandidates(ctx.db, ctx.session, input)),
  send: desk()
    .input(sendTeamSchema)
    .mutation(({ ctx, input }) => sendTeam(ctx.db, ctx.session, input)),
  accept: deskOrTeam()
    .input(dispatchRefSchema)
    .mutation(({ ctx, input }) => acceptDispatch(ctx.db, ctx.session, input)),
  decline: deskOrTeam()
    .input(declineSchema)
    .mutation(({ ctx, input }) => declineDispatch(ctx.db, ctx.session, input)),
  setOff: deskOrTeam()
    .input(dispatchRefSchema)
    .mutation(({ ctx, input }) => setOff(ctx.db, ctx.session, input)),
  arrive: deskOrTeam()
    .input(dispatchRefSchema)
    .mutation(({ ctx, input }) => arriveAtScene(ctx.db, ctx.session, input)),
  close: deskOrTeam()
    .input(dispatchRefSchema)
    .mutation(({ ctx, input }) => closeDispatch(ctx.db, ctx.session, input)),
  cancel: desk()
    .input(dispatchRefSchema)
    .mutation(({ ctx, input }) => cancelDispatch(ctx.db, ctx.session, input)),
  recordEncounter: deskOrTeam()
    .input(encounterDraftSchema)
    .mutation(({ ctx, input }) => recordEncounter(ctx.db, ctx.session, input)),
  readEncounters: allow('patrol', 'dispatcher', 'station_manager', 'administrator', 'auditor')
    .input(clusterRefSchema)
    .query(({ ctx, input }) => readEncounters(ctx.db, ctx.session, input)),
});
