/**
 * Composes the product: who, where, and one lazily loaded screen per route. A public page loads its own code and words;
 * a working screen brings the component library and the words of all domains.
 */
import { Suspense, lazy, useEffect } from 'react';
import type { ComponentType, ReactNode } from 'react';
import { Route, Switch } from 'wouter';
import { NotHere } from './accounts/not-here.tsx';
import { RoleGate } from './accounts/role-gate.tsx';
import { CityProvider } from './kernel/city.tsx';
import { startProbe } from './kernel/connection.ts';
import { addWords } from './kernel/i18n.ts';
import { useOutboxSender } from './kernel/outbox/use-outbox-sender.ts';
import { SessionProvider, useSession } from './kernel/session.tsx';
import { registerMediaDeliverer } from './media/deliver.ts';
import { LiveProvider } from './realtime/live-provider.tsx';
import { startReporting } from './sightings/deliver.ts';
import { ErrorBoundary } from './ui/error-boundary.tsx';
import { Notices } from './ui/notify.tsx';
import { StateBlock } from './ui/state-block.tsx';

function publicScreen<Props extends object>(load: () => Promise<ComponentType<Props>>) {
  return lazy(async () => {
    const [screen, { publicWords }] = await Promise.all([load(), import('./public-words.ts')]);
    addWords(publicWords);
    return { default: screen };
  });
}

function workingScreen<Props extends object>(load: () => Promise<ComponentType<Props>>) {
  return lazy(async () => {
    const [Screen, { Shell }, { namespaces }] = await Promise.all([
      load(),
      import('./ui/shell.tsx'),
      import('./words.ts'),
    ]);
    addWords(namespaces);
    const InShell = (props: Props) => (
      <Shell>
        <Screen {...props} />
      </Shell>
    );
    return { default: InShell };
  });
}

const LandingScreen = publicScreen(
  async () => (await import('./landing/landing-screen.tsx')).LandingScreen,
);
const ReportScreen = publicScreen(
  async () => (await import('./report/report-screen.tsx')).ReportScreen,
);
const JoinScreen = publicScreen(
  async () => (await import('./accounts/join-screen.tsx')).JoinScreen,
);
const TrackScreen = publicScreen(async () => (await import('./tips/track-screen.tsx')).TrackScreen);
const LoginScreen = workingScreen(
  async () => (await import('./accounts/login-screen.tsx')).LoginScreen,
);
const SetupScreen = workingScreen(
  async () => (await import('./accounts/setup-screen.tsx')).SetupScreen,
);
const BoardScreen = workingScreen(
  async () => (await import('./board/board-screen.tsx')).BoardScreen,
);
const PatrolScreen = workingScreen(
  async () => (await import('./patrol/patrol-screen.tsx')).PatrolScreen,
);
const AdminScreen = workingScreen(
  async () => (await import('./admin/admin-screen.tsx')).AdminScreen,
);

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
      <Route path="/admin/*?">
        <RoleGate roles={['administrator', 'auditor']}>
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
