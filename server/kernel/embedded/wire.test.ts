import fc from 'fast-check';
import { expect, it } from 'vitest';
import { BackendSplitter, closeStatements, FrontendSplitter, simpleQuery, sync } from './wire.ts';

function message(type: string, body: string): Buffer {
  const head = Buffer.alloc(5);
  head.write(type, 0, 'latin1');
  head.writeUInt32BE(Buffer.byteLength(body) + 4, 1);
  return Buffer.concat([head, Buffer.from(body)]);
}

function chunksOf(bytes: Buffer, cuts: number[]): Buffer[] {
  const at = [...new Set(cuts.map((cut) => cut % (bytes.length + 1)))].sort((a, b) => a - b);
  const ends = [...at, bytes.length];
  return ends.map((end, index) => bytes.subarray(at[index - 1] ?? 0, end));
}

const cuts = fc.array(fc.nat(10_000), { maxLength: 12 });

it('finds the same groups however the bytes of a client are cut', () => {
  const written = Buffer.concat([
    message('P', 'one\0select $1\0\0\0'),
    message('D', 'Sone\0'),
    message('H', ''),
    message('B', '\0one\0'),
    message('E', '\0\0\0\0\0'),
    message('S', ''),
    message('Q', 'begin\0'),
  ]);
  const whole = new FrontendSplitter().push(written);
  expect(whole.map((group) => group.synced)).toEqual([false, true, true]);
  fc.assert(
    fc.property(cuts, (places) => {
      const splitter = new FrontendSplitter();
      const groups = chunksOf(written, places).flatMap((chunk) => splitter.push(chunk));
      expect(groups).toEqual(whole);
      expect([...splitter.preparedNames]).toEqual(['one']);
    }),
  );
});

it('takes notifications out of an answer however it is cut, and sees the last status', () => {
  const row = message('D', 'x'.repeat(50));
  const news = message('A', '0000news\0payload\0');
  const ready = message('Z', 'T');
  const answer = Buffer.concat([row, news, row, news, message('Z', 'I'), row, ready]);
  fc.assert(
    fc.property(cuts, (places) => {
      const splitter = new BackendSplitter();
      const parts = chunksOf(answer, places).map((chunk) => splitter.push(chunk));
      const reply = Buffer.concat(parts.map((part) => part.reply));
      expect(reply).toEqual(Buffer.concat([row, row, message('Z', 'I'), row, ready]));
      expect(parts.flatMap((part) => part.notifications)).toEqual([news, news]);
      expect(parts.findLast((part) => part.status !== null)?.status).toBe('T');
    }),
  );
});

it('lets neither COPY nor UNLISTEN through to the shared session', () => {
  const texts = (...messages: Buffer[]) =>
    new FrontendSplitter()
      .push(Buffer.concat(messages))
      .map((group) => Buffer.from(group.bytes).toString());
  expect(texts(message('Q', '\n COPY t from stdin\0')).join('')).toMatch(/not available/);
  expect(texts(message('P', 's1\0copy t to stdout\0\0\0'), message('S', ''))[0]).toMatch(
    /^P....s1\0do .*not available/s,
  );
  expect(texts(message('Q', 'unlisten "news"\0')).join('')).not.toMatch(/unlisten/);
  expect(texts(message('Q', 'select copy from t\0')).join('')).toMatch(/select copy/);
});

it('writes the messages of its own as the protocol has them', () => {
  expect(Buffer.from(sync().bytes)).toEqual(message('S', ''));
  expect(Buffer.from(simpleQuery('select 1').bytes)).toEqual(message('Q', 'select 1\0'));
  expect(Buffer.from(closeStatements(['a', 'b']).bytes)).toEqual(
    Buffer.concat([message('C', 'Sa\0'), message('C', 'Sb\0'), message('S', '')]),
  );
});
