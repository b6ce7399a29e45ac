/** `/admin/*`: accounts, teams, areas, stations and settings of a city; an auditor reads accounts and the log. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Redirect, Route, Switch } from 'wouter';
import { useCity } from '../kernel/city.tsx';
import { useSession } from '../kernel/session.tsx';
import { useFaultWords } from '../kernel/use-fault-words.ts';
import { ConnectionBanner } from '../ui/connection-banner.tsx';
import { DemoBanner } from '../ui/demo-banner.tsx';
import { StateBlock } from '../ui/state-block.tsx';
import classes from './admin-screen.module.css';
import { AdminHead, AdminNav } from './admin-nav.tsx';
import { AreaPages } from './area-pages.tsx';
import { AuditPage } from './audit-page.tsx';
import { KeyPointPages } from './key-point-pages.tsx';
import { SettingsPage } from './settings-page.tsx';
import { EnrolmentPages } from './enrolment-pages.tsx';
import { StationPages } from './station-pages.tsx';
import { TeamPages } from './team-pages.tsx';
import { TrackerPages } from './tracker-pages.tsx';
import { UserPages } from './user-pages.tsx';

export function AdminScreen() {
  const { t } = useTranslation('common');
  const { city, fault, reload } = useCity();
  const { role } = useSession();
  const { sentence } = useFaultWords();
  const [open, setOpen] = useState(false);
  const mayChange = role === 'administrator';
  if (city === null)
    return fault === null ? (
      <StateBlock kind="loading" />
    ) : (
      <StateBlock kind="error" text={sentence(fault)} onRetry={reload} />
    );
  return (
    <div
      className={classes['screen']}
      onKeyDown={(event) => event.key === 'Escape' && setOpen(false)}
      role="presentation"
    >
      <a className="nx-skip" href="#main">
        {t('skip')}
      </a>
      <AdminHead open={open} onOpen={setOpen} />
      {city.demo && <DemoBanner />}
      <ConnectionBanner />
      <div className={classes['rooms']}>
        <AdminNav mayChange={mayChange} open={open} onTaken={() => setOpen(false)} />
        <main id="main" className={classes['main']}>
          <Pages mayChange={mayChange} />
        </main>
      </div>
    </div>
  );
}

function Pages({ mayChange }: { mayChange: boolean }) {
  return (
    <Switch>
      <Route path="/admin/users/*?">
        <UserPages mayChange={mayChange} />
      </Route>
      <Route path="/admin/audit">
        <AuditPage />
      </Route>
      {mayChange && <Route path="/admin/enrolment/*?" component={EnrolmentPages} />}
      {mayChange && <Route path="/admin/teams/*?" component={TeamPages} />}
      {mayChange && <Route path="/admin/areas/*?" component={AreaPages} />}
      {mayChange && <Route path="/admin/key-points/*?" component={KeyPointPages} />}
      {mayChange && <Route path="/admin/trackers/*?" component={TrackerPages} />}
      {mayChange && <Route path="/admin/stations/*?" component={StationPages} />}
      {mayChange && <Route path="/admin/settings" component={SettingsPage} />}
      <Route>
        <Redirect to="/admin/users" replace />
      </Route>
    </Switch>
  );
}
