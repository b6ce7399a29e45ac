/**
 * `/admin/*`: accounts, teams, areas, stations and settings of a city; an auditor reads accounts and the log, and
 * whoever works at a desk keeps the supplies and types weather in.
 */
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
import { addressOf, AdminHead, AdminNav, sectionsFor } from './admin-nav.tsx';
import { AreaPages } from './area-pages.tsx';
import { AuditPage } from './audit-page.tsx';
import { DepotPages } from './depot-pages.tsx';
import { HandHoursPage } from './hand-hours-page.tsx';
import { KeyPointPages } from './key-point-pages.tsx';
import { ResponsePages } from './response-pages.tsx';
import { SettingsPage } from './settings-page.tsx';
import { EnrolmentPages } from './enrolment-pages.tsx';
import { StationPages } from './station-pages.tsx';
import { SupplyPages } from './supply-pages.tsx';
import { TeamPages } from './team-pages.tsx';
import { TrackerPages } from './tracker-pages.tsx';
import { UserPages } from './user-pages.tsx';
import { VehiclePages } from './vehicle-pages.tsx';
import { WeatherPages } from './weather-pages.tsx';

export function AdminScreen() {
  const { t } = useTranslation('common');
  const { city, fault, reload } = useCity();
  const { sentence } = useFaultWords();
  const [open, setOpen] = useState(false);
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
        <AdminNav open={open} onTaken={() => setOpen(false)} />
        <main id="main" className={classes['main']}>
          <Pages />
        </main>
      </div>
    </div>
  );
}

function Pages() {
  const { role } = useSession();
  const mayChange = role === 'administrator';
  const mayRead = mayChange || role === 'auditor';
  const [first] = sectionsFor(role);
  return (
    <Switch>
      {mayRead && (
        <Route path="/admin/users/*?">
          <UserPages mayChange={mayChange} />
        </Route>
      )}
      {mayRead && <Route path="/admin/audit" component={AuditPage} />}
      {role !== 'auditor' && <Route path="/admin/supplies/*?" component={SupplyPages} />}
      {mayChange && <Route path="/admin/enrolment/*?" component={EnrolmentPages} />}
      {mayChange && <Route path="/admin/teams/*?" component={TeamPages} />}
      {mayChange && <Route path="/admin/areas/*?" component={AreaPages} />}
      {mayChange && <Route path="/admin/key-points/*?" component={KeyPointPages} />}
      {mayChange && <Route path="/admin/trackers/*?" component={TrackerPages} />}
      {mayChange && <Route path="/admin/vehicles/*?" component={VehiclePages} />}
      {mayChange && <Route path="/admin/stations/*?" component={StationPages} />}
      {mayChange && <Route path="/admin/depots/*?" component={DepotPages} />}
      {role !== 'auditor' && <Route path="/admin/hours" component={HandHoursPage} />}
      {mayChange && <Route path="/admin/weather/*?" component={WeatherPages} />}
      {mayChange && <Route path="/admin/response/*?" component={ResponsePages} />}
      {mayChange && <Route path="/admin/settings" component={SettingsPage} />}
      <Route>
        <Redirect to={addressOf(first!)} replace />
      </Route>
    </Switch>
  );
}
