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
});
