import {
  importKeyPointsSchema,
  keyPointDraftSchema,
  listCandidatesSchema,
  readLedgerSchema,
} from '../../shared/key-points/schema.ts';
import { removeSchema } from '../../shared/patrols/schema.ts';
import { allow, router } from '../kernel/trpc.ts';
import {
  importKeyPoints,
  listCandidates,
  readLedger,
  removeKeyPoint,
  saveKeyPoint,
} from './actions.ts';
import { verifyLedger } from './ledger.ts';

export const keyPointsRouter = router({
  save: allow('administrator', 'dispatcher')
    .input(keyPointDraftSchema)
    .mutation(({ ctx, input }) => saveKeyPoint(ctx.db, ctx.session, input)),
  remove: allow('administrator', 'dispatcher')
    .input(removeSchema)
    .mutation(({ ctx, input }) => removeKeyPoint(ctx.db, ctx.session, input)),
  import: allow('administrator', 'dispatcher')
    .input(importKeyPointsSchema)
    .mutation(({ ctx, input }) => importKeyPoints(ctx.db, ctx.session, input)),
  candidates: allow('administrator', 'dispatcher')
    .input(listCandidatesSchema)
    .query(({ ctx, input }) => listCandidates(ctx.db, ctx.config.dataDir, ctx.session, input)),
  ledger: allow('dispatcher', 'station_manager', 'administrator', 'auditor')
    .input(readLedgerSchema)
    .query(({ ctx, input }) => readLedger(ctx.db, ctx.session, input)),
  verify: allow('dispatcher', 'station_manager', 'administrator', 'auditor').query(({ ctx }) =>
    verifyLedger(ctx.db.sql, ctx.session.cityId),
  ),
});
