import {
  deviceRefSchema,
  enrolmentDraftSchema,
  enrolmentRefSchema,
  enrolmentTokenSchema,
  enrolSchema,
  revokeEnrolmentSchema,
} from '../../shared/accounts/enrolment.ts';
import {
  changeOwnPasswordSchema,
  enterDemoSchema,
  loginSchema,
  readAuditSchema,
  setPasswordSchema,
  setupAdministratorSchema,
  userChangeSchema,
  userDraftSchema,
} from '../../shared/accounts/schema.ts';
import { allow, allowSignedIn, router } from '../kernel/trpc.ts';
import { changeOwnPassword, changeUser, createUser, login, setPassword } from './actions.ts';
import { readAuditEntries } from './audit.ts';
import { enterDemo } from './demo-users.ts';
import {
  createEnrolment,
  enrol,
  readEnrolment,
  revokeDevice,
  revokeEnrolment,
} from './enrolment.ts';
import { listEnrolledDevices, listEnrolments } from './enrolment-queries.ts';
import { listUsers } from './queries.ts';
import { logout, readSessionView } from './sessions.ts';
import { setupAdministrator } from './setup.ts';

export const accountsRouter = router({
  login: allow('public')
    .input(loginSchema)
    .mutation(({ ctx, input }) => login(ctx, input)),
  logout: allowSignedIn().mutation(({ ctx }) => logout(ctx)),
  me: allow('public').query(({ ctx }) => readSessionView(ctx)),
  setupAdministrator: allow('public')
    .input(setupAdministratorSchema)
    .mutation(({ ctx, input }) => setupAdministrator(ctx, input)),
  enterDemo: allow('public')
    .input(enterDemoSchema)
    .mutation(({ ctx, input }) => enterDemo(ctx, input)),
  listUsers: allow('administrator', 'auditor').query(({ ctx }) =>
    listUsers(ctx.db.sql, ctx.session.cityId),
  ),
  createUser: allow('administrator')
    .input(userDraftSchema)
    .mutation(({ ctx, input }) => createUser(ctx, input)),
  changeUser: allow('administrator')
    .input(userChangeSchema)
    .mutation(({ ctx, input }) => changeUser(ctx, input)),
  setPassword: allow('administrator')
    .input(setPasswordSchema)
    .mutation(({ ctx, input }) => setPassword(ctx, input)),
  changeOwnPassword: allowSignedIn()
    .input(changeOwnPasswordSchema)
    .mutation(({ ctx, input }) => changeOwnPassword(ctx, input)),
  readAudit: allow('administrator', 'auditor')
    .input(readAuditSchema)
    .query(({ ctx, input }) =>
      readAuditEntries(ctx.db.sql, ctx.session.cityId, input.before ?? null),
    ),
  createEnrolment: allow('administrator')
    .input(enrolmentDraftSchema)
    .mutation(({ ctx, input }) => createEnrolment(ctx, input)),
  listEnrolments: allow('administrator').query(({ ctx }) =>
    listEnrolments(ctx.db.sql, ctx.session.cityId),
  ),
  revokeEnrolment: allow('administrator')
    .input(revokeEnrolmentSchema)
    .mutation(({ ctx, input }) => revokeEnrolment(ctx, input)),
  listEnrolledDevices: allow('administrator')
    .input(enrolmentRefSchema)
    .query(({ ctx, input }) =>
      listEnrolledDevices(ctx.db.sql, ctx.session.cityId, input.enrolmentId),
    ),
  revokeDevice: allow('administrator')
    .input(deviceRefSchema)
    .mutation(({ ctx, input }) => revokeDevice(ctx, input)),
  readEnrolment: allow('public')
    .input(enrolmentTokenSchema)
    .query(({ ctx, input }) => readEnrolment(ctx, input)),
  enrol: allow('public')
    .input(enrolSchema)
    .mutation(({ ctx, input }) => enrol(ctx, input)),
});
