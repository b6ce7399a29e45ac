import { useState } from 'react';
import type { SessionView } from '../../shared/accounts/schema.ts';
import { faultOf } from '../kernel/fault.ts';
import type { Fault } from '../kernel/fault.ts';
import { useSession } from '../kernel/session.tsx';

/** Runs a call that signs in; afterwards the screen goes on (`then`), or says why not. */
export function useSignIn(then: (session: SessionView) => void) {
  const { signedIn } = useSession();
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<Fault | null>(null);
  const signIn = async (call: () => Promise<SessionView>) => {
    setBusy(true);
    setFault(null);
    try {
      const session = await call();
      signedIn(session);
      then(session);
    } catch (error) {
      setFault(faultOf(error));
      setBusy(false);
    }
  };
  return { busy, fault, signIn };
}
