import {
  declareNightSchema,
  dismissProposalSchema,
  endNightSchema,
  readHistorySchema,
} from '../../shared/response/schema.ts';
import { responseSettingsSchema } from '../../shared/response/settings.ts';
import { allow, router } from '../kernel/trpc.ts';
import {
  declareNight,
  dismissProposal,
  endNight,
  readHistory,
  readSettings,
  saveSettings,
} from './actions.ts';

const desk = () => allow('dispatcher', 'station_manager', 'administrator');
const readers = () => allow('dispatcher', 'station_manager', 'administrator', 'auditor');

export const responseRouter = router({
  declare: desk()
    .input(declareNightSchema)
    .mutation(({ ctx, input }) => declareNight(ctx.db, ctx.session, input)),
  end: desk()
    .input(endNightSchema)
    .mutation(({ ctx, input }) => endNight(ctx.db, ctx.session, input)),
  dismiss: desk()
    .input(dismissProposalSchema)
    .mutation(({ ctx, input }) => dismissProposal(ctx.db, ctx.session, input)),
  history: readers()
    .input(readHistorySchema)
    .query(({ ctx, input }) => readHistory(ctx.db, ctx.session, input)),
  readSettings: readers().query(({ ctx }) => readSettings(ctx.db, ctx.session)),
  saveSettings: allow('administrator')
    .input(responseSettingsSchema)
    .mutation(({ ctx, input }) => saveSettings(ctx.db, ctx.session, input)),
});
