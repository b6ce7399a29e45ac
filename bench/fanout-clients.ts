/** A child process full of sockets: raw WebSockets that speak just enough of the protocol to follow a city. */
import WebSocket from 'ws';

export interface ConnectOrder {
  kind: 'connect';
  url: string;
  count: number;
  /** the `follow` message of each socket, dealt out in turn; empty = the bare peer, which is told its view by the address */
  follows: string[];
  views: number;
}
export type Order =
  | ConnectOrder
  | { kind: 'expect'; round: number; ending: string }
  | { kind: 'close' };
export type Report =
  | { kind: 'connected' }
  | { kind: 'waiting'; round: number }
  | { kind: 'received'; round: number; at: number };

const clock = (): number => performance.timeOrigin + performance.now();
const tell = (report: Report): void => void process.send!(report);

let sockets: WebSocket[] = [];
let waiting: { round: number; ending: string; left: number } | null = null;

function receive(data: WebSocket.RawData): void {
  if (!waiting) return;
  const text = data as Buffer;
  const tail = text.subarray(-waiting.ending.length).toString('latin1');
  if (tail !== waiting.ending) return;
  waiting.left -= 1;
  if (waiting.left === 0) {
    tell({ kind: 'received', round: waiting.round, at: clock() });
    waiting = null;
  }
}

function connectOne(order: ConnectOrder, index: number): Promise<WebSocket> {
  return new Promise((resolve, reject) => {
    const bare = order.follows.length === 0;
    const socket = new WebSocket(
      bare
        ? `${order.url}/?view=${index % order.views}`
        : `${order.url}/socket.io/?EIO=4&transport=websocket`,
      {
        perMessageDeflate: false,
        // the bench's server takes any session for a duty officer's
        headers: { cookie: 'nuanxun_session=bench' },
      },
    );
    socket.on('error', reject);
    const begin = (): void => {
      socket.off('message', greet);
      socket.on('message', receive);
      resolve(socket);
    };
    function greet(data: WebSocket.RawData): void {
      const text = (data as Buffer).toString();
      if (text.startsWith('0{')) socket.send('40');
      else if (text.startsWith('40'))
        socket.send(`420["follow",${order.follows[index % order.follows.length]}]`);
      else if (text.startsWith('430')) begin();
    }
    if (bare) socket.once('open', begin);
    else socket.on('message', greet);
    // the heartbeat of the protocol
    socket.on('message', (data) => {
      if ((data as Buffer).length === 1 && (data as Buffer)[0] === 0x32) socket.send('3');
    });
  });
}

async function connectAll(order: ConnectOrder): Promise<void> {
  for (let from = 0; from < order.count; from += 50) {
    const some = Array.from({ length: Math.min(50, order.count - from) }, (_, i) =>
      connectOne(order, from + i),
    );
    sockets.push(...(await Promise.all(some)));
  }
  tell({ kind: 'connected' });
}

process.on('message', (order: Order) => {
  if (order.kind === 'connect') void connectAll(order);
  else if (order.kind === 'expect') {
    waiting = { round: order.round, ending: order.ending, left: sockets.length };
    tell({ kind: 'waiting', round: order.round });
  } else {
    for (const socket of sockets) socket.terminate();
    sockets = [];
  }
});
process.on('disconnect', () => process.exit(0));
