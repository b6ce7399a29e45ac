/** Composes the product: providers, the frame, and one lazily loaded screen per route. */
import { MantineProvider, localStorageColorSchemeManager } from '@mantine/core';
import { ModalsProvider } from '@mantine/modals';
import { Notifications } from '@mantine/notifications';
import { Suspense, lazy, useEffect } from 'react';
import type { ReactNode } from 'react';
import { Route, Switch } from 'wouter';
import { NotHere } from './accounts/not-here.tsx';
import { RoleGate } from './accounts/role-gate.tsx';
import { CityProvider } from './kernel/city.tsx';
import { startProbe } from './kernel/connection.ts';
import { SessionProvider, useSession } from './kernel/session.tsx';
import { LiveRoom } from './live-room.tsx';
import { ErrorBoundary } from './ui/error-boundary.tsx';
import { StateBlock } from './ui/state-block.tsx';
import { cssVariables, theme } from './ui/theme.ts';

const LandingScreen = lazy(async () => ({
  default: (await import('./landing/landing-screen.tsx')).LandingScreen,
}));
const ReportScreen = lazy(async () => ({
  default: (await import('./report/report-screen.tsx')).ReportScreen,
}));
const TrackScreen = lazy(async () => ({
  default: (await import('./tips/track-screen.tsx')).TrackScreen,
}));
const LoginScreen = lazy(async () => ({
  default: (await import('./accounts/login-screen.tsx')).LoginScreen,
}));
const SetupScreen = lazy(async () => ({
  default: (await import('./accounts/setup-screen.tsx')).SetupScreen,
}));
const BoardScreen = lazy(async () => ({
  default: (await import('./board/board-screen.tsx')).BoardScreen,
}));
const PatrolScreen = lazy(async () => ({
  default: (await import('./patrol/patrol-screen.tsx')).PatrolScreen,
}));
const AdminScreen = lazy(async () => ({
  default: (await import('./admin/admin-screen.tsx')).AdminScreen,
}));

const colorScheme = localStorageColorSchemeManager({ key: 'nuanxun.theme' });

function Screens() {
  return (
    <Switch>
      <Route path="/">
        <LandingScreen />
      </Route>
      <Route path="/report">
        <ReportScreen />
      </Route>
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

function Rooms(props: { children: ReactNode }) {
  const { session } = useSession();
  useEffect(startProbe, []);
  return (
    <CityProvider signedInTo={session?.cityId ?? null}>
      <LiveRoom>{props.children}</LiveRoom>
    </CityProvider>
  );
}

export function App() {
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      colorSchemeManager={colorScheme}
      defaultColorScheme="dark"
    >
      <ModalsProvider>
        <Notifications position="top-center" limit={3} />
        <SessionProvider>
          <Rooms>
            <ErrorBoundary>
              <Suspense fallback={<StateBlock kind="loading" />}>
                <Screens />
              </Suspense>
            </ErrorBoundary>
          </Rooms>
        </SessionProvider>
      </ModalsProvider>
    </MantineProvider>
  );
}
