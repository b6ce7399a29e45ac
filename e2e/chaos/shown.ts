/** Holds what a tablet shows, and what it knows, against a fresh answer of the server for the same person. */
import { setTimeout as wait } from 'node:timers/promises';
import type { Snapshot } from '../../shared/realtime/events.ts';
import type { Tablet } from './tablet.ts';

type Lists = Omit<Snapshot, 'seq' | 'at' | 'positions' | 'activation'>;
interface KeptCity {
  cells: string[] | null;
  snapshot: Lists;
}

const compared: readonly (keyof Lists)[] = [
  'clusters',
  'dispatches',
  'rechecks',
  'keyPoints',
  'shifts',
  'alarms',
  'conflicts',
  'reports',
  'stations',
  'teams',
];
const overStates = ['closed', 'declined', 'cancelled'];

const isOver = (view: Record<string, unknown>): boolean =>
  overStates.includes(String(view['state'])) || view['removed'] === true;

/** A page goes on holding what has ended since it was opened; a fresh answer doesn't tell of it. */
function linesOf(key: keyof Lists, lists: Lists): Map<string, string> {
  const views = lists[key] as unknown as Record<string, unknown>[];
  const current =
    key === 'dispatches' || key === 'keyPoints' ? views.filter((v) => !isOver(v)) : views;
  return new Map(
    current.map((view) => [String(view['id']), JSON.stringify(view, Object.keys(view).toSorted())]),
  );
}

function compareLists(kept: Lists, fresh: Lists): string[] {
  return compared.flatMap((key) => {
    const [mine, theirs] = [linesOf(key, kept), linesOf(key, fresh)];
    const ids = [...new Set([...mine.keys(), ...theirs.keys()])];
    return ids
      .filter((id) => mine.get(id) !== theirs.get(id))
      .map(
        (id) => `${key}: ${mine.get(id) ?? 'nothing'} instead of ${theirs.get(id) ?? 'nothing'}`,
      );
  });
}

/** The page writes it down a few seconds after each change. */
async function readKeptCity(tablet: Tablet): Promise<KeptCity | null> {
  const page = await tablet.page();
  return page.evaluate(
    (key) =>
      new Promise<KeptCity | null>((resolve, reject) => {
        const opening = indexedDB.open('nuanxun-city');
        opening.onerror = () => reject(new Error('the kept city does not open'));
        opening.onsuccess = () => {
          const asked = opening.result.transaction('kept').objectStore('kept').get(key);
          asked.onsuccess = () => {
            opening.result.close();
            resolve((asked.result as KeptCity | undefined) ?? null);
          };
        };
      }),
    `city ${tablet.holder.userId}`,
  );
}

async function readFresh(tablet: Tablet, cells: string[] | null): Promise<Lists> {
  const input = encodeURIComponent(JSON.stringify({ cells }));
  const answer = await tablet.context.request.get(
    `${tablet.url}/api/snapshots.read?input=${input}`,
  );
  if (!answer.ok()) throw new Error(`no snapshot: ${await answer.text()}`);
  return ((await answer.json()) as { result: { data: Lists } }).result.data;
}

const progressWords = {
  received: '已收到',
  on_the_way: '有队伍正在赶去',
  reached: '已找到，谢谢您',
  not_found: '去过了，没找到人',
  closed: '已结束',
} as const;
const orderOf = (report: Lists['reports'][number]): string =>
  `${report.receivedAt} ${report.seenAt} ${report.id}`;
const stateWords: Record<string, string> = {
  offered: '待接单',
  accepted: '已接单',
  en_route: '前往中',
  on_scene: '在现场',
};

/** What stands on the screen, in the words that the server's state asks for. */
async function compareScreen(tablet: Tablet, fresh: Lists): Promise<string[]> {
  const page = await tablet.page();
  const { teamId, crew } = tablet.holder;
  const wrong: string[] = [];
  const expect = (what: string, shown: unknown, wanted: unknown) => {
    if (JSON.stringify(shown) !== JSON.stringify(wanted))
      wrong.push(`screen, ${what}: ${JSON.stringify(shown)} instead of ${JSON.stringify(wanted)}`);
  };
  if (crew === 'reporter') {
    const cards = page.getByRole('heading', { name: '我报过的' }).locator('..').locator('li');
    const shown = await cards.allInnerTexts();
    const wanted = fresh.reports
      .toSorted((a, b) => (orderOf(a) < orderOf(b) ? 1 : -1))
      .slice(0, 6)
      .map(({ state, progress }) => (state === 'withdrawn' ? '已撤回' : progressWords[progress]));
    expect('number of own reports', shown.length, wanted.length);
    for (const [index, words] of wanted.entries())
      if (!(shown[index] ?? '').includes(words)) expect(`own report ${index}`, shown[index], words);
    return wrong;
  }
  const back = page.getByRole('button', { name: /^返回(列表)?$/ });
  while (await back.first().isVisible()) await back.first().click();
  const shift = fresh.shifts.find((each) => each.teamId === teamId && each.endedAt === null);
  expect(
    'on shift',
    await page.getByRole('button', { name: /^当班/ }).isVisible(),
    shift !== undefined,
  );
  const steps = page
    .getByRole('heading', { name: '我的派单' })
    .locator('..')
    .locator('[aria-current="step"]');
  const own = fresh.dispatches.filter(
    (each) => each.teamId === teamId && stateWords[each.state] !== undefined,
  );
  expect(
    'own tasks',
    (await steps.allInnerTexts()).toSorted(),
    own.map(({ state }) => stateWords[state] ?? '').toSorted(),
  );
  const sos = fresh.alarms.some((alarm) => alarm.teamId === teamId && alarm.kind === 'sos');
  expect('call for help', await page.getByRole('region', { name: '本队求救' }).isVisible(), sos);
  return wrong;
}

/** Resolves with what still differs when there was time enough for the last news to come in. */
export async function differencesOf(tablet: Tablet, withinMs: number): Promise<string[]> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const kept = await readKeptCity(tablet);
    const fresh = await readFresh(tablet, kept?.cells ?? null);
    const wrong = [
      ...(kept === null ? ['nothing is kept'] : compareLists(kept.snapshot, fresh)),
      ...(await compareScreen(tablet, fresh)),
    ];
    if (wrong.length === 0 || Date.now() > deadline) return wrong;
    await wait(1_000);
  }
}
