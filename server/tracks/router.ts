import { coverageOfSchema, readTrackSchema } from '../../shared/tracks/schema.ts';
import { allow, router } from '../kernel/trpc.ts';
import { readCoverage, readCoveredStreets, readTrack } from './coverage.ts';

const staff = ['patrol', 'dispatcher', 'station_manager', 'administrator', 'auditor'] as const;

export const tracksRouter = router({
  coverage: allow(...staff)
    .input(coverageOfSchema)
    .query(({ ctx, input }) => readCoverage(ctx.db, ctx.session, input)),
  coveredStreets: allow(...staff)
    .input(coverageOfSchema)
    .query(({ ctx, input }) => readCoveredStreets(ctx.db, ctx.session, input)),
  track: allow(...staff)
    .input(readTrackSchema)
    .query(({ ctx, input }) => readTrack(ctx.db, ctx.session, input)),
});
