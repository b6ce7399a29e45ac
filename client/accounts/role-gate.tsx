/** Lets a screen open only to the roles it is made for. The server guards the data; this guards the person's time. */
import { lazy } from 'react';
import type { ReactNode } from 'react';
import { Redirect, useLocation } from 'wouter';
import type { Role } from '../../shared/accounts/schema.ts';
import { loadWords } from '../kernel/i18n.ts';
import { useSession } from '../kernel/session.tsx';
import { useFaultWords } from '../kernel/use-fault-words.ts';
import { StateBlock } from '../ui/state-block.tsx';

/** Comes with its words, which nobody needs who is where they belong. */
const NotYours = lazy(async () => {
  const [{ NotYours: screen }] = await Promise.all([
    import('./not-yours.tsx'),
    loadWords({
      'zh-CN': () => import('./page-words.ts?zh'),
      en: () => import('./page-words.ts?en'),
    }),
  ]);
  return { default: screen };
});

export function RoleGate(props: { roles: readonly Role[]; children: ReactNode }) {
  const { session, role, fault, reload } = useSession();
  const { sentence } = useFaultWords();
  const [path] = useLocation();
  if (session === undefined)
    return fault === null ? (
      <StateBlock kind="loading" />
    ) : (
      <StateBlock kind="offline" text={sentence(fault)} onRetry={reload} />
    );
  if (role === null) return <Redirect to={`/login?to=${encodeURIComponent(path)}`} replace />;
  if (!props.roles.includes(role)) return <NotYours role={role} />;
  return props.children;
}
