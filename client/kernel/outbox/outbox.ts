/**
 * Everything somebody does in the field goes through here: it is kept on this device first and sent as soon as the
 * server can be reached, in order per subject, again and again until the server has answered. What the server
 * refuses stays with its reason until the person has mended or dropped it.
 */
import { create } from 'zustand';
import type { FieldAction } from '../../../shared/field/schema.ts';
import { maxBatchPoints } from '../../../shared/tracks/limits.ts';
import type { TrackPoint } from '../../../shared/tracks/schema.ts';
import { serverNow } from '../clock.ts';
import { useConnection } from '../connection.ts';
import { adoptEarlier } from './adopt-earlier.ts';
import { OutboxEngine } from './engine.ts';
import type { EngineState } from './engine.ts';
import { openIdbStorage } from './idb-storage.ts';
import type { Deliver, NewItem, OutboxItem, OutboxKind } from './item.ts';
import { beTheOne } from './one-tab.ts';
import { OutboxFull } from './outbox-full.ts';
import { freeBytes, keepForGood, readSpace, reservedBytes } from './space.ts';
import type { Space } from './space.ts';
import { subjectOf } from './subjects.ts';

export type { Deliver, KeptAnswer, NewItem, OutboxItem, OutboxKind } from './item.ts';

export interface OutboxStore extends EngineState {
  /** null = the browser does not say */
  storage: Space | null;
}

export const useOutbox = create<OutboxStore>(() => ({
  items: [],
  answers: [],
  progress: new Map(),
  ready: false,
  kept: true,
  storage: null,
}));

type News = { kind: 'changed' } | { kind: 'sender'; userId: string | null };
const channel =
  typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('nuanxun.outbox');
const signedOutHandlers = new Set<() => void>();

const engine = new OutboxEngine({
  openStorage: () => openIdbStorage(),
  now: Date.now,
  serverNow,
  random: Math.random,
  publish: (state) => useOutbox.setState(state),
  tellOthers: () => channel?.postMessage({ kind: 'changed' } satisfies News),
  onSignedOut: () => {
    for (const handler of signedOutHandlers) handler();
  },
});

const spaceEveryMs = 60_000;
async function look(): Promise<void> {
  useOutbox.setState({ storage: await readSpace() });
}

const readAgainMs = 5_000;
/** A disk that can't be read this moment must not keep anybody from calling for help. */
const read = (): Promise<void> =>
  engine.refresh().catch(() => void setTimeout(() => void read(), readAgainMs));

let starting: Promise<void> | null = null;
/** Opens the outbox and begins to send; repeated calls do nothing. */
export function startOutbox(): Promise<void> {
  starting ??= begin();
  return starting;
}

async function begin(): Promise<void> {
  channel?.addEventListener('message', ({ data }: MessageEvent<News>) => {
    if (data.kind === 'changed') void read();
    else engine.sender.setSender(data.userId);
  });
  useConnection.subscribe((now, before) => {
    if (now.state === 'live' && before.state !== 'live') engine.sender.retryNow();
  });
  await read();
  await adoptEarlier((items) => engine.enqueueAll(items)).catch(() => undefined); // tried again at the next start
  beTheOne((is) => engine.sender.setMaySend(is));
  void look();
  setInterval(() => void look(), spaceEveryMs);
}

/**
 * Whose session this page has; undefined = not known yet. Without one only public tips are sent. To be told at every
 * sign-in, also of the same person: what waited for it goes on.
 */
export function setOutboxSender(userId: string | null | undefined): void {
  engine.sender.setSender(userId);
  if (userId !== undefined) channel?.postMessage({ kind: 'sender', userId } satisfies News);
}

/** The server answered that nobody is signed in: what waits is held, and the session should be asked for anew. */
export function onOutboxSignedOut(handler: () => void): () => void {
  signedOutHandlers.add(handler);
  return () => signedOutHandlers.delete(handler);
}

/**
 * Resolves once the item is on disk, for good; sending starts at once. The same id again changes nothing.
 * @throws OutboxFull when this device could not keep it: the caller still has it, and `faultOf` has the sentence
 */
export async function enqueue(item: NewItem): Promise<OutboxItem> {
  const { storage } = useOutbox.getState();
  if (item.blob && storage && freeBytes(storage) - item.blob.size < reservedBytes)
    throw new OutboxFull('full');
  await startOutbox();
  void keepForGood();
  try {
    return await engine.enqueue(item);
  } finally {
    if (item.blob) void look();
  }
}

export interface ActionOptions {
  urgent?: boolean;
  /** a few words for the list of what waits */
  title?: string;
}

/** Puts a field action in the outbox under its own id and subject; calls for help are urgent by themselves. */
export async function enqueueAction(
  action: FieldAction,
  who: { cityId: string; userId: string | null },
  options: ActionOptions = {},
): Promise<OutboxItem> {
  await startOutbox();
  if (action.kind === 'track.points') {
    const joined = await joinTrack(action.points, who);
    if (joined) return joined;
  }
  return enqueue({
    id: action.id,
    subject: subjectOf(action),
    kind: action.kind,
    at: action.at,
    payload: action,
    cityId: who.cityId,
    userId: who.userId,
    urgent: options.urgent ?? action.kind === 'sos.raise',
    ...(options.title === undefined ? {} : { title: options.title }),
  });
}

/** Points join the last batch that waits and was never tried, as long as it has room. */
async function joinTrack(
  points: readonly TrackPoint[],
  who: { cityId: string; userId: string | null },
): Promise<OutboxItem | null> {
  const isOwn = (item: OutboxItem) =>
    item.kind === 'track.points' && item.userId === who.userId && item.cityId === who.cityId;
  const last = useOutbox.getState().items.findLast(isOwn);
  if (!last || last.attempts > 0 || last.state !== 'waiting') return null;
  const joined = await engine.join(last.id, (payload) => {
    const batch = payload as Extract<FieldAction, { kind: 'track.points' }>;
    const all = [...batch.points, ...points];
    return all.length <= maxBatchPoints ? { ...batch, points: all } : null;
  });
  return joined ? (itemById(last.id) ?? last) : null;
}

/**
 * Hears every answer. It may be heard twice, if the page died in between, and should be registered where the
 * deliverer of its kind is, so that none is missed.
 */
export const onAnswer = (handler: (item: OutboxItem, answer: unknown) => void): (() => void) =>
  engine.sender.onAnswer(handler);

/** Items of a kind are sent once its deliverer is there. */
export const registerDeliverer = (kind: OutboxKind, deliver: Deliver): void =>
  engine.sender.registerDeliverer(kind, deliver);

/** A person asked, or something hints that the server is back. */
export const retryNow = (): void => engine.sender.retryNow();

/** Sends a refused item again as it is. */
export const sendAgain = (id: string): Promise<boolean> => engine.sendAgain(id);

/** Takes it out for good; ask the person first. */
export const dropItem = (id: string): Promise<void> => engine.drop(id);

/**
 * Replaces the payload of a refused (or never tried) item and sends it under the same id. False when it was sent
 * meanwhile, and so must not change any more.
 */
export const mendItem = (id: string, payload: unknown): Promise<boolean> =>
  engine.mend(id, payload);

/** An answer that was kept to be seen (a conflict) has been. */
export const dismissAnswer = (id: string): Promise<void> => engine.dismiss(id);

/** In order; what is there this moment. */
export const itemsOf = (subject: string): OutboxItem[] =>
  useOutbox.getState().items.filter((item) => item.subject === subject);

export const itemById = (id: string): OutboxItem | undefined =>
  useOutbox.getState().items.find((item) => item.id === id);
