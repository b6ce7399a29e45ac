import { alarmRefSchema, endAlarmSchema } from '../../shared/crew/schema.ts';
import { allow, router } from '../kernel/trpc.ts';
import { acknowledgeAlarm, endAlarm } from './actions.ts';

export const crewRouter = router({
  acknowledge: allow('dispatcher', 'station_manager', 'administrator')
    .input(alarmRefSchema)
    .mutation(({ ctx, input }) => acknowledgeAlarm(ctx.db, ctx.session, input)),
  end: allow('dispatcher', 'station_manager', 'administrator')
    .input(endAlarmSchema)
    .mutation(({ ctx, input }) => endAlarm(ctx.db, ctx.session, input)),
});
