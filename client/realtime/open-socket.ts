import { io } from 'socket.io-client';
import type { Socket } from 'socket.io-client';
import type { ClientToServer, ServerToClient } from '../../shared/realtime/events.ts';
import type { CitySocket } from './live-city.ts';

/** Opens the one typed socket to our own server. */
export function openSocket(): CitySocket & { redial: () => void } {
  const socket: Socket<ServerToClient, ClientToServer> = io({
    transports: ['websocket', 'polling'],
    tryAllTransports: true,
    reconnectionDelay: 500,
    reconnectionDelayMax: 5_000,
    timeout: 8_000,
  });
  return {
    onOpen: (handler) => socket.on('connect', handler),
    onClose: (handler) => {
      socket.on('disconnect', handler);
      socket.on('connect_error', handler);
    },
    onEvents: (handler) => socket.on('events', handler),
    onPositions: (handler) => socket.on('positions', handler),
    follow: (follow, answer) => socket.emit('follow', follow, answer),
    sendPosition: (report) => socket.volatile.emit('position', report),
    close: () => socket.close(),
    /**
     * A link that looks open but is dead is closed from below, as a cut cable would: the library then dials again by
     * itself. (`disconnect` followed by `connect` while it is already dialling leaves it waiting for good.)
     */
    redial: () => {
      if (socket.connected) socket.io.engine.close();
    },
  };
}
