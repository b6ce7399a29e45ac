/** Everything a patrol does goes the same way: kept on this tablet first, then sent as soon as there is a network. */
import { useCallback } from 'react';
import type { FieldAction } from '../../shared/field/schema.ts';
import { serverNow } from '../kernel/clock.ts';
import { faultOf } from '../kernel/fault.ts';
import { newId } from '../kernel/id.ts';
import { enqueueAction, itemById, mendItem } from '../kernel/outbox/outbox.ts';
import { useSession } from '../kernel/session.tsx';
import { useFaultWords } from '../kernel/use-fault-words.ts';
import { notifyFault } from '../ui/notify.tsx';

type Without<Action> = Action extends unknown ? Omit<Action, 'id' | 'at'> : never;
export type FieldStep = Without<FieldAction>;
export interface ActOptions {
  /** made earlier, so that a second attempt is the same action */
  id?: string;
  /** ISO-8601; now when it isn't said */
  at?: string;
  /** a few words for the list of what waits */
  title?: string;
}
export type Act = (step: FieldStep, options?: ActOptions) => Promise<void>;

/** @returns a function that resolves once the step is kept, and rejects with `OutboxFull` when it can't be */
export function useActOrThrow(): Act {
  const { session } = useSession();
  const cityId = session?.cityId ?? null;
  const userId = session?.user.id ?? null;
  return useCallback(
    async (step, { id = newId(), at, title } = {}) => {
      if (cityId === null) return;
      const action = { ...step, id, at: at ?? new Date(serverNow()).toISOString() };
      // One that is there already (refused, or kept by an attempt that failed later) is mended: the same id and place.
      if (itemById(id) !== undefined && (await mendItem(id, action))) return;
      await enqueueAction(action, { cityId, userId }, title === undefined ? {} : { title });
    },
    [cityId, userId],
  );
}

/** The same for buttons: says itself when there is no room, and tells whether it was kept. */
export function useAct(): (step: FieldStep, options?: ActOptions) => Promise<boolean> {
  const act = useActOrThrow();
  const { sentence } = useFaultWords();
  return useCallback(
    async (step, options) => {
      try {
        await act(step, options);
        return true;
      } catch (error) {
        notifyFault(sentence(faultOf(error)));
        return false;
      }
    },
    [act, sentence],
  );
}
