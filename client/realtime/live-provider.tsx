/** Room for the connection of a signed-in screen, whose code comes when somebody is signed in: a public page needs none. */
import { Suspense, useState } from 'react';
import type { ComponentType, ReactNode } from 'react';
import { useSession } from '../kernel/session.tsx';
import { LiveContext } from './live.tsx';
import type { LiveRoomState } from './live.tsx';

export interface LiveRoomProps {
  onChange: (state: LiveRoomState) => void;
}

const nothing: LiveRoomState = { live: null, seen: false };

export function LiveProvider(props: {
  /** lazily loaded */
  room: ComponentType<LiveRoomProps>;
  children: ReactNode;
}) {
  const { session } = useSession();
  const [state, setState] = useState(nothing);
  return (
    <LiveContext value={state}>
      {props.children}
      {session && (
        <Suspense fallback={null}>
          <props.room onChange={setState} />
        </Suspense>
      )}
    </LiveContext>
  );
}
