/** Socket.IO: who may follow what, and the rooms the broadcaster sends to. Every message from a client is parsed. */
import type http from 'node:http';
import { Server } from 'socket.io';
import type { Socket } from 'socket.io';
import { isStaff } from '../../shared/accounts/schema.ts';
import { teamPositionSchema } from '../../shared/patrols/schema.ts';
import type { TeamPositionReport } from '../../shared/patrols/schema.ts';
import { followSchema } from '../../shared/realtime/events.ts';
import type {
  ClientToServer,
  Follow,
  FollowAnswer,
  ServerToClient,
  Snapshot,
} from '../../shared/realtime/events.ts';
import { sessionCookie } from '../kernel/context.ts';
import type { Services, Session } from '../kernel/context.ts';
import { readCookie } from '../kernel/cookies.ts';
import { isSameOrigin, readDeviceId } from '../kernel/requests.ts';
import type { SessionMemory } from '../kernel/requests.ts';
import { Broadcaster, eventsForView } from './broadcaster.ts';
import type { Outlet, View } from './broadcaster.ts';
import { readEventsAfter, readLastSeq, replayLimit } from './event-log.ts';
import { latestOnly } from './latest-only.ts';

/** Who is looking decides what is in a snapshot. */
export interface Viewer {
  cityId: string;
  staff: boolean;
  userId: string | null;
  deviceId: string | null;
}
/** A snapshot that holds at least the events up to `notBefore`. */
export type ReadSnapshot = (
  viewer: Viewer,
  cells: readonly string[] | null,
  notBefore: number,
) => Promise<Snapshot>;

const sessionCheckMs = 30_000;
/** Between two questions, or two positions, of one socket that doesn't wait in between. */
const followPauseMs = 100;
const positionPauseMs = 200;

interface Question {
  raw: Follow;
  answer: (answer: FollowAnswer) => void;
}

interface SocketData {
  token: string | null;
  session: Session | null;
  deviceId: string | null;
  view: { cityId: string; room: string } | null;
}
type Io = Server<ClientToServer, ServerToClient, Record<string, never>, SocketData>;
type Client = Socket<ClientToServer, ServerToClient, Record<string, never>, SocketData>;

export interface Realtime {
  broadcaster: Broadcaster;
  close(): Promise<void>;
}

export interface RealtimeOptions {
  services: Services;
  sessions: SessionMemory;
  readSnapshot: ReadSnapshot;
  /** Takes a patrol's own position report. */
  onPosition(session: Session, report: TeamPositionReport): Promise<void>;
}

export async function attachRealtime(
  server: http.Server,
  options: RealtimeOptions,
): Promise<Realtime> {
  const { services, sessions } = options;
  const io: Io = new Server(server, {
    serveClient: false,
    perMessageDeflate: false,
    maxHttpBufferSize: 32 * 1024,
    transports: ['websocket', 'polling'],
    allowRequest: (request, decide) => decide(null, isSameOrigin(request)),
  });
  const rooms = new Rooms(io);
  const broadcaster = new Broadcaster(services.db, rooms, services.log);

  io.use((socket, next) => {
    const token = readCookie(socket.request, sessionCookie);
    const session = token === null ? Promise.resolve(null) : sessions.get(token);
    session.then(
      (found) => {
        Object.assign(socket.data, {
          token,
          session: found,
          deviceId: readDeviceId(socket.request),
          view: null,
        });
        next();
      },
      (error: unknown) => {
        services.log('warn', 'a session could not be read', { error });
        // Its message goes to the caller.
        next(new Error('unexpected'));
      },
    );
  });
  io.on('connection', (socket) => attend(options, broadcaster, rooms, socket));
  await broadcaster.start();
  let underWay = false;
  const checking = setInterval(() => {
    if (underWay) return;
    underWay = true;
    void dropEndedSessions(io, sessions).finally(() => (underWay = false));
  }, sessionCheckMs);
  return {
    broadcaster,
    close: async () => {
      clearInterval(checking);
      await broadcaster.stop();
      await io.close();
    },
  };
}

/** Takes what one socket sends. */
function attend(
  options: RealtimeOptions,
  broadcaster: Broadcaster,
  rooms: Rooms,
  socket: Client,
): void {
  const { services } = options;
  const answerFollow = latestOnly<Question>(async ({ raw, answer }) => {
    if (!socket.connected) return;
    await follow(options, broadcaster, rooms, socket, raw)
      .then(answer)
      .catch((error: unknown) => {
        services.log('error', 'follow failed', { error });
        socket.disconnect(true);
      });
  }, followPauseMs);
  const keepPosition = latestOnly<TeamPositionReport>(async (report) => {
    const { session } = socket.data;
    if (session?.role !== 'patrol') return;
    await options
      .onPosition(session, report)
      .catch((error: unknown) => services.log('warn', 'position not kept', { error }));
  }, positionPauseMs);
  socket.on('follow', (raw, answer) => {
    if (typeof answer === 'function') answerFollow({ raw, answer });
  });
  socket.on('position', (raw) => {
    const report = teamPositionSchema.safeParse(raw);
    if (report.success) keepPosition(report.data);
  });
  socket.on('disconnecting', () => rooms.leave(socket));
}

/** Somebody signed out, disabled or given another role elsewhere must not go on listening. */
async function dropEndedSessions(io: Io, sessions: SessionMemory): Promise<void> {
  for (const socket of io.sockets.sockets.values()) {
    const { token, session } = socket.data;
    if (!token || !session) continue;
    const current = await sessions.get(token).catch(() => session);
    if (current?.userId !== session.userId || current.role !== session.role)
      socket.disconnect(true);
    // The team may be another one by now.
    else socket.data.session = current;
  }
}

/** Join first, read after: whatever is committed in between arrives twice and is dropped by its number, never missed. */
async function follow(
  { services, readSnapshot }: RealtimeOptions,
  broadcaster: Broadcaster,
  rooms: Rooms,
  socket: Client,
  raw: Follow,
): Promise<FollowAnswer> {
  const parsed = followSchema.safeParse(raw);
  if (!parsed.success) return { kind: 'refused', code: 'invalid_input' };
  const { cityId, since, cells } = parsed.data;
  const { session, deviceId } = socket.data;
  if (session && session.cityId !== cityId) return { kind: 'refused', code: 'not_allowed' };
  if (!(await broadcaster.ensureCity(cityId))) return { kind: 'refused', code: 'not_found' };
  // Whoever left meanwhile would never leave the room again.
  if (!socket.connected) return { kind: 'refused', code: 'not_allowed' };
  const staff = session !== null && isStaff(session.role);
  const view = rooms.join(socket, cityId, staff, cells);
  const sentBefore = broadcaster.cursorOf(cityId);
  if (since !== null) {
    const lastSeq = await readLastSeq(services.db.sql, cityId);
    const missed = await readEventsAfter(services.db.sql, cityId, since, replayLimit + 1);
    if (missed.length <= replayLimit && continues(since, missed[0]?.event.seq, lastSeq)) {
      const personal = missed.filter(
        ({ audience }) =>
          audience === `user:${session?.userId}` || audience === `device:${deviceId}`,
      );
      const events = [...eventsForView(missed, view), ...personal.map(({ event }) => event)].sort(
        (a, b) => a.seq - b.seq,
      );
      return { kind: 'events', events, seq: missed.at(-1)?.event.seq ?? since };
    }
  }
  const viewer = { cityId, staff, userId: session?.userId ?? null, deviceId };
  return { kind: 'snapshot', snapshot: await readSnapshot(viewer, cells, sentBefore) };
}

/**
 * Whether the log still holds what comes after `since`. It doesn't when those events were dropped for their age, nor
 * when the number was never given here: the database was restored, or the screen knew another one.
 */
const continues = (since: number, first: number | undefined, lastSeq: number | null): boolean =>
  first === undefined ? since === lastSeq : first === since + 1;

/** Which views exist and how many sockets share each; a room per view, so a change is written once for all who see the same. */
class Rooms implements Outlet {
  private readonly views = new Map<string, Map<string, View & { members: number }>>();
  private readonly io: Io;
  constructor(io: Io) {
    this.io = io;
  }

  join(socket: Client, cityId: string, staff: boolean, cells: readonly string[] | null): View {
    this.leave(socket);
    const room = `${cityId}|${staff ? 'staff' : 'public'}|${cells === null ? '*' : [...cells].sort().join(',')}`;
    let ofCity = this.views.get(cityId);
    if (!ofCity) this.views.set(cityId, (ofCity = new Map()));
    const view = ofCity.get(room) ?? {
      room,
      staff,
      cells: cells === null ? null : new Set(cells),
      members: 0,
    };
    view.members += 1;
    ofCity.set(room, view);
    socket.data.view = { cityId, room };
    void socket.join([
      room,
      ...personalRooms(socket, cityId),
      ...(staff ? [positionsRoom(cityId)] : []),
    ]);
    return view;
  }

  leave(socket: Client): void {
    const { view } = socket.data;
    if (!view) return;
    socket.data.view = null;
    const ofCity = this.views.get(view.cityId);
    const known = ofCity?.get(view.room);
    if (known && --known.members === 0) ofCity!.delete(view.room);
    void socket.leave(view.room);
  }

  viewsOf(cityId: string): Iterable<View> {
    return this.views.get(cityId)?.values() ?? [];
  }
  hasPersonal(cityId: string, audience: string): boolean {
    return this.io.sockets.adapter.rooms.has(`${cityId}|${audience}`);
  }
  sendBatch(room: string, batch: Parameters<ServerToClient['events']>[0]): void {
    this.io.to(room).emit('events', batch);
  }
  sendPersonal(
    cityId: string,
    audience: string,
    batch: Parameters<ServerToClient['events']>[0],
  ): void {
    this.io.to(`${cityId}|${audience}`).emit('events', batch);
  }
  sendPositions(cityId: string, positions: Parameters<ServerToClient['positions']>[0]): void {
    this.io.to(positionsRoom(cityId)).volatile.emit('positions', positions);
  }
}

const positionsRoom = (cityId: string): string => `${cityId}|positions`;
const personalRooms = (socket: Client, cityId: string): string[] => [
  ...(socket.data.session ? [`${cityId}|user:${socket.data.session.userId}`] : []),
  ...(socket.data.deviceId ? [`${cityId}|device:${socket.data.deviceId}`] : []),
];
