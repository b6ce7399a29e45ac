/**
 * Who the screen is signed in as. The session itself lives in an HttpOnly cookie; this only mirrors it, and keeps the
 * mirror for when there is no network.
 */
import { createContext, use, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import type { Role, SessionView } from '../../shared/accounts/schema.ts';
import { api } from './api.ts';
import { useWhenBack } from './connection.ts';
import { faultOf } from './fault.ts';
import type { Fault } from './fault.ts';
import { forget, keepFor, readKept, writeKept } from './kept.ts';
import { readStored, writeStored } from './stored.ts';

export interface SessionState {
  /** undefined until the server has answered once, or the device remembers */
  session: SessionView | null | undefined;
  role: Role | null;
  /** the server said so, not only the device's memory */
  told: boolean;
  fault: Fault | null;
  /** after a sign-in the server's answer goes in here */
  signedIn: (session: SessionView) => void;
  signOut: () => Promise<void>;
  reload: () => void;
}

export const SessionContext = createContext<SessionState>({
  session: undefined,
  role: null,
  told: false,
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
  station_manager: '/station',
  administrator: '/admin',
  auditor: '/board',
};

/** Signed out with no network: the server is still to be told. */
const leavingKey = 'nuanxun.leaving';

/** The server's word; what was kept answers only when the server can't. Null = nobody is signed in. */
async function askServer(): Promise<SessionView | null> {
  if (readStored(leavingKey) !== true) return api.accounts.me.query();
  await api.accounts.logout.mutate();
  writeStored(leavingKey, false);
  return null;
}

const readOffline = async (): Promise<SessionView | null> =>
  readStored(leavingKey) === true ? null : readKept<SessionView>('session');

export function SessionProvider(props: { children: ReactNode }) {
  const [session, setSession] = useState<SessionView | null | undefined>();
  const [fault, setFault] = useState<Fault | null>(null);
  const [told, setTold] = useState(false);
  const asked = useRef(0);

  /** What the server says holds, whatever was kept. */
  const settle = useCallback((found: SessionView | null) => {
    setFault(null);
    setTold(true);
    setSession((before) => {
      if (found === null) void forget(before?.user.id ?? null);
      else void keepFor(found.user.id).then(() => writeKept('session', found));
      return found;
    });
  }, []);

  const reload = useCallback(() => {
    setFault(null);
    const question = ++asked.current;
    const answer = askServer().then(
      (found) => {
        if (question === asked.current) settle(found);
        return true;
      },
      (error: unknown) => {
        if (question !== asked.current) return true;
        const found = faultOf(error);
        if (found.code === 'not_signed_in') settle(null);
        else setFault(found);
        return found.code === 'not_signed_in';
      },
    );
    // The screen opens with what is known, before (or without) an answer.
    void readOffline().then(async (kept) => {
      if (kept !== null) setSession((before) => (before === undefined ? kept : before));
      else if (!(await answer) && readStored(leavingKey) === true) setSession(null);
    });
  }, [settle]);
  useEffect(reload, [reload]);
  useWhenBack(fault !== null, reload);

  const signedIn = useCallback(
    (found: SessionView) => {
      asked.current += 1;
      writeStored(leavingKey, false);
      settle(found);
    },
    [settle],
  );
  const signOut = useCallback(async () => {
    asked.current += 1;
    writeStored(leavingKey, true);
    settle(null);
    await askServer().catch(() => undefined);
  }, [settle]);

  const value = useMemo<SessionState>(
    () => ({ session, role: session?.user.role ?? null, told, fault, signedIn, signOut, reload }),
    [session, told, fault, signedIn, signOut, reload],
  );
  return <SessionContext value={value}>{props.children}</SessionContext>;
}
