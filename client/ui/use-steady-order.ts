import { useRef } from 'react';

/** After a touch the order holds still this long: nothing moves under a finger. */
const holdMs = 6_000;

/** The same things in the order they were shown in, while a finger is at them; new ones come last. */
export function useSteadyOrder<Thing>(
  things: readonly Thing[],
  idOf: (thing: Thing) => string,
): { ordered: readonly Thing[]; touch: () => void } {
  const touchedAt = useRef(0);
  const shown = useRef<readonly string[]>([]);
  let ordered = things;
  if (Date.now() - touchedAt.current < holdMs) {
    const rank = new Map(shown.current.map((id, index) => [id, index]));
    const at = (thing: Thing) => rank.get(idOf(thing)) ?? rank.size;
    ordered = things.toSorted((a, b) => at(a) - at(b));
  }
  shown.current = ordered.map(idOf);
  return {
    ordered,
    touch: () => {
      touchedAt.current = Date.now();
    },
  };
}
