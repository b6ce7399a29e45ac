// PostgreSQL's wire protocol, as far as the bridge has to look into it:
// where messages end, and the few that concern the shared session.

const COPY_REFUSED =
  "do $$ begin raise exception 'COPY is not available on the embedded database' " +
  "using errcode = 'feature_not_supported'; end $$";

/** Notifications reach every connection and each drops what it doesn't want: one must not end them for all. */
const KEEP_LISTENING = 'do $$ begin end $$';

/** Bytes up to and including a message that makes the server answer. */
export interface FrontendGroup {
  bytes: Uint8Array;
  /** False after Flush: the server is still inside an extended query. */
  synced: boolean;
}

export const CANCEL_REQUEST = 80877102;
export const SSL_REQUEST = 80877103;

/** Cuts what a client writes into groups that can be executed one by one. */
export class FrontendSplitter {
  readonly preparedNames = new Set<string>();
  #rest: Buffer = Buffer.alloc(0);
  #group: Buffer[] = [];

  push(chunk: Uint8Array): FrontendGroup[] {
    const groups: FrontendGroup[] = [];
    let bytes = this.#rest.length === 0 ? asBuffer(chunk) : Buffer.concat([this.#rest, chunk]);
    while (bytes.length >= 5) {
      const end = bytes.readUInt32BE(1) + 1;
      if (bytes.length < end) break;
      const type = String.fromCharCode(bytes[0] ?? 0);
      this.#group.push(this.#admit(type, bytes.subarray(0, end)));
      if (type === 'S' || type === 'Q' || type === 'H') {
        groups.push({ bytes: Buffer.concat(this.#group), synced: type !== 'H' });
        this.#group = [];
      }
      bytes = bytes.subarray(end);
    }
    this.#rest = Buffer.from(bytes);
    return groups;
  }

  /** Replaces what the shared session can't bear; keeps names for the clean-up. */
  #admit(type: string, message: Buffer): Buffer {
    if (type === 'Q') {
      const instead = replacement(message.toString('utf8', 5, message.length - 1));
      return instead === null ? message : frontendMessage('Q', instead + '\0');
    }
    if (type !== 'P') return message;
    const nameEnd = message.indexOf(0, 5);
    const textEnd = message.indexOf(0, nameEnd + 1);
    const name = message.toString('utf8', 5, nameEnd);
    if (name !== '') this.preparedNames.add(name);
    const instead = replacement(message.toString('utf8', nameEnd + 1, textEnd));
    return instead === null ? message : frontendMessage('P', `${name}\0${instead}\0\0\0`);
  }
}

/** COPY would kill the engine. */
function replacement(text: string): string | null {
  const command = /^\s*(copy|unlisten)\s/i.exec(text)?.[1]?.toLowerCase();
  if (command === undefined) return null;
  return command === 'copy' ? COPY_REFUSED : KEEP_LISTENING;
}

export type TransactionStatus = 'I' | 'T' | 'E';

export interface BackendPart {
  /** Complete messages for the connection that asked. */
  reply: Buffer;
  /** NotificationResponse messages: they concern every listener. */
  notifications: Buffer[];
  /** The last ReadyForQuery seen, if any. */
  status: TransactionStatus | null;
}

/** Cuts what the engine answers into whole messages and takes the notifications out. */
export class BackendSplitter {
  #rest: Buffer = Buffer.alloc(0);

  push(chunk: Uint8Array): BackendPart {
    const bytes = this.#rest.length === 0 ? asBuffer(chunk) : Buffer.concat([this.#rest, chunk]);
    const replies: Buffer[] = [];
    const notifications: Buffer[] = [];
    let status: TransactionStatus | null = null;
    let replyFrom = 0;
    let at = 0;
    while (bytes.length - at >= 5) {
      const end = at + bytes.readUInt32BE(at + 1) + 1;
      if (bytes.length < end) break;
      const type = bytes[at];
      if (type === 0x5a) status = String.fromCharCode(bytes[at + 5] ?? 0x49) as TransactionStatus;
      if (type === 0x41) {
        replies.push(bytes.subarray(replyFrom, at));
        notifications.push(Buffer.from(bytes.subarray(at, end)));
        replyFrom = end;
      }
      at = end;
    }
    replies.push(bytes.subarray(replyFrom, at));
    this.#rest = Buffer.from(bytes.subarray(at));
    const reply = replies.length === 1 ? (replies[0] ?? Buffer.alloc(0)) : Buffer.concat(replies);
    return { reply, notifications, status };
  }
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function frontendMessage(type: string, body: string): Buffer {
  const payload = Buffer.from(body, 'utf8');
  const message = Buffer.alloc(payload.length + 5);
  message.write(type, 0, 'latin1');
  message.writeUInt32BE(payload.length + 4, 1);
  payload.copy(message, 5);
  return message;
}

export function simpleQuery(text: string): FrontendGroup {
  return { bytes: frontendMessage('Q', text + '\0'), synced: true };
}

/** Ends an unfinished extended query. */
export function sync(): FrontendGroup {
  return { bytes: frontendMessage('S', ''), synced: true };
}

export function closeStatements(names: Iterable<string>): FrontendGroup {
  const closes = [...names].map((name) => frontendMessage('C', `S${name}\0`));
  return { bytes: Buffer.concat([...closes, sync().bytes]), synced: true };
}

/** What a server says to a client that has just connected; the engine itself is not asked. */
export function greeting(processId: number, serverVersion: string): Buffer {
  const parameters = {
    server_version: serverVersion,
    server_encoding: 'UTF8',
    client_encoding: 'UTF8',
    DateStyle: 'ISO, MDY',
    TimeZone: 'UTC',
    integer_datetimes: 'on',
    standard_conforming_strings: 'on',
  };
  const key = String.fromCharCode(0, 0, (processId >> 8) & 0x7f, processId & 0x7f) + '\0\0\0\0';
  return Buffer.concat([
    frontendMessage('R', '\0\0\0\0'),
    ...Object.entries(parameters).map(([name, value]) =>
      frontendMessage('S', `${name}\0${value}\0`),
    ),
    frontendMessage('K', key),
    frontendMessage('Z', 'I'),
  ]);
}
