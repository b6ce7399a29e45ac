/**
 * Composes the product: who, where, and one lazily loaded screen per route. Pages of the street load their own code and
 * words, in the language on screen; a screen at a desk brings the component library and the words of all domains.
 */
import { Suspense, lazy, useEffect } from 'react';
import type { ComponentType, ReactNode } from 'react';
import { Route, Switch } from 'wouter';
import { NotHere } from './accounts/not-here.tsx';
import { RoleGate } from './accounts/role-gate.tsx';
import { CityProvider } from './kernel/city.tsx';
import { startProbe } from './kernel/connection.ts';
import { loadWords } from './kernel/i18n.ts';
import type { WordSet } from './kernel/i18n.ts';
import { useOutboxSender } from './kernel/outbox/use-outbox-sender.ts';
import { SessionProvider, useSession } from './kernel/session.tsx';
import { registerMediaDeliverer } from './media/deliver.ts';
import { LiveProvider } from './realtime/live-provider.tsx';
import { startReporting } from './sightings/deliver.ts';
import { ErrorBoundary } from './ui/error-boundary.tsx';
import { Notices } from './ui/notify.tsx';
import { StateBlock } from './ui/state-block.tsx';

const publicWords: WordSet = {
  'zh-CN': () => import('./public-words.ts?zh'),
  en: () => import('./public-words.ts?en'),
};
const reportWords: WordSet = {
  'zh-CN': () => import('./report/page-words.ts?zh'),
  en: () => import('./report/page-words.ts?en'),
};
const patrolWords: WordSet = {
  'zh-CN': () => import('./patrol/page-words.ts?zh'),
  en: () => import('./patrol/page-words.ts?en'),
};
const allWords: WordSet = {
  'zh-CN': () => import('./words.ts?zh'),
  en: () => import('./words.ts?en'),
};

/** Loaded when it is shown, or begun before that. */
function screenOf<Props extends object>(load: () => Promise<ComponentType<Props>>) {
  let begun: Promise<{ default: ComponentType<Props> }> | undefined;
  const begin = () => (begun ??= load().then((screen) => ({ default: screen })));
  return Object.assign(lazy(begin), { begin });
}

/** A screen that stands on its own: it loads its code and its words. */
function lightScreen<Props extends object>(
  words: WordSet,
  load: () => Promise<ComponentType<Props>>,
) {
  return screenOf(async () => {
    const [screen] = await Promise.all([load(), loadWords(words)]);
    return screen;
  });
}

/** A screen at a desk: the component library comes with it, and the words of all domains. */
function deskScreen<Props extends object>(load: () => Promise<ComponentType<Props>>) {
  return screenOf(async () => {
    const [Screen, { Shell }] = await Promise.all([
      load(),
      import('./ui/shell.tsx'),
      loadWords(allWords),
    ]);
    const InShell = (props: Props) => (
      <Shell>
        <Screen {...props} />
      </Shell>
    );
    return InShell;
  });
}

const LandingScreen = lightScreen(
  publicWords,
  async () => (await import('./landing/landing-screen.tsx')).LandingScreen,
);
const ReportScreen = lightScreen(
  reportWords,
  async () => (await import('./report/report-screen.tsx')).ReportScreen,
);
const JoinScreen = lightScreen(
  publicWords,
  async () => (await import('./accounts/join-screen.tsx')).JoinScreen,
);
const TrackScreen = lightScreen(
  publicWords,
  async () => (await import('./tips/track-screen.tsx')).TrackScreen,
);
const PatrolScreen = lightScreen(
  patrolWords,
  async () => (await import('./patrol/patrol-screen.tsx')).PatrolScreen,
);
const LoginScreen = deskScreen(
  async () => (await import('./accounts/login-screen.tsx')).LoginScreen,
);
const SetupScreen = deskScreen(
  async () => (await import('./accounts/setup-screen.tsx')).SetupScreen,
);
const BoardScreen = deskScreen(async () => (await import('./board/board-screen.tsx')).BoardScreen);
const StationScreen = deskScreen(
  async () => (await import('./station/station-screen.tsx')).StationScreen,
);
const AdminScreen = deskScreen(async () => (await import('./admin/admin-screen.tsx')).AdminScreen);

const screens: Record<string, { begin: () => Promise<unknown> }> = {
  '': LandingScreen,
  report: ReportScreen,
  join: JoinScreen,
  t: TrackScreen,
  patrol: PatrolScreen,
  login: LoginScreen,
  board: BoardScreen,
  admin: AdminScreen,
  station: StationScreen,
};

/** Puts the code of an address on its way while the first words still are; what fails is told where it is shown. */
export function beginScreen(path: string): void {
  screens[path.split('/')[1] ?? '']?.begin().catch(() => undefined);
}

function Screens() {
  return (
    <Switch>
      <Route path="/">
        <LandingScreen />
      </Route>
      <Route path="/report">
        <ReportScreen />
      </Route>
      <Route path="/join/:token">{({ token }) => <JoinScreen token={token} />}</Route>
      <Route path="/t/:code">{({ code }) => <TrackScreen code={code} />}</Route>
      <Route path="/login">
        <LoginScreen />
      </Route>
      <Route path="/setup/:token">{({ token }) => <SetupScreen token={token} />}</Route>
      <Route path="/board">
        <RoleGate roles={['dispatcher', 'station_manager', 'administrator', 'auditor']}>
          <BoardScreen />
        </RoleGate>
      </Route>
      <Route path="/patrol">
        <RoleGate roles={['patrol']}>
          <PatrolScreen />
        </RoleGate>
      </Route>
      <Route path="/station">
        <RoleGate roles={['station_manager', 'dispatcher', 'administrator']}>
          <StationScreen />
        </RoleGate>
      </Route>
      <Route path="/admin/*?">
        <RoleGate roles={['administrator', 'auditor', 'dispatcher', 'station_manager']}>
          <AdminScreen />
        </RoleGate>
      </Route>
      <Route>
        <NotHere />
      </Route>
    </Switch>
  );
}

const LiveRoom = lazy(async () => ({ default: (await import('./live-room.tsx')).LiveRoom }));

function Rooms(props: { children: ReactNode }) {
  const { session } = useSession();
  useEffect(startProbe, []);
  useOutboxSender();
  useEffect(() => {
    startReporting();
    registerMediaDeliverer();
  }, []);
  return (
    <CityProvider signedInTo={session?.cityId ?? null}>
      <LiveProvider room={LiveRoom}>{props.children}</LiveProvider>
    </CityProvider>
  );
}

export function App() {
  return (
    <SessionProvider>
      <Rooms>
        <ErrorBoundary>
          <Suspense fallback={<StateBlock kind="loading" />}>
            <Screens />
          </Suspense>
        </ErrorBoundary>
      </Rooms>
      <Notices />
    </SessionProvider>
  );
}
