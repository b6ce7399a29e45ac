import { useEffect } from 'react';
import { useSession } from '../session.tsx';
import { registerFieldDeliverers } from './field-deliverers.ts';
import { onOutboxSignedOut, setOutboxSender, startOutbox } from './outbox.ts';

/** Keeps the outbox running for as long as the app does, and tells it who is signed in. */
export function useOutboxSender(): void {
  const { session, reload } = useSession();
  useEffect(() => {
    registerFieldDeliverers();
    void startOutbox();
  }, []);
  useEffect(() => {
    setOutboxSender(session === undefined ? undefined : (session?.user.id ?? null));
  }, [session]);
  useEffect(() => onOutboxSignedOut(reload), [reload]);
}
