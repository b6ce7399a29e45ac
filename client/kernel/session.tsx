/** Who the screen is signed in as. The session itself lives in an HttpOnly cookie; this only mirrors it. */
import { createContext, use, useCallback, useEffect, useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import type { Role, SessionView } from '../../shared/accounts/schema.ts';
import { api } from './api.ts';
import { faultOf } from './fault.ts';
import type { Fault } from './fault.ts';

export interface SessionState {
  /** undefined until the server has answered once */
  session: SessionView | null | undefined;
  role: Role | null;
  fault: Fault | null;
  /** after a sign-in the server's answer goes in here */
  signedIn: (session: SessionView) => void;
  signOut: () => Promise<void>;
  reload: () => void;
}

export const SessionContext = createContext<SessionState>({
  session: undefined,
  role: null,
  fault: null,
  signedIn: () => undefined,
  signOut: async () => undefined,
  reload: () => undefined,
});

export const useSession = (): SessionState => use(SessionContext);

/** Where each role works. */
export const homeOf: Record<Role, string> = {
  reporter: '/report',
  patrol: '/patrol',
  dispatcher: '/board',
  station_manager: '/board',
  administrator: '/admin',
  auditor: '/board',
};

export function SessionProvider(props: { children: ReactNode }) {
  const [session, setSession] = useState<SessionView | null | undefined>();
  const [fault, setFault] = useState<Fault | null>(null);

  const reload = useCallback(() => {
    setFault(null);
    api.accounts.me.query().then(setSession, (error: unknown) => {
      const found = faultOf(error);
      if (found.code === 'not_signed_in') setSession(null);
      else setFault(found);
    });
  }, []);
  useEffect(reload, [reload]);

  const signOut = useCallback(async () => {
    await api.accounts.logout.mutate();
    setSession(null);
  }, []);

  const value = useMemo<SessionState>(
    () => ({
      session,
      role: session?.user.role ?? null,
      fault,
      signedIn: setSession,
      signOut,
      reload,
    }),
    [session, fault, signOut, reload],
  );
  return <SessionContext value={value}>{props.children}</SessionContext>;
}
