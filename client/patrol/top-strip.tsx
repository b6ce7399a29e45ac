/** The thin strip: which team, the night, the shift, the call for help, and a small menu for the rest. */
import { IconMenu2 } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { ReactNode } from 'react';
import type { TeamView } from '../../shared/patrols/schema.ts';
import { forgetDrafts } from '../dispatch/record-draft.ts';
import { useSession } from '../kernel/session.tsx';
import { mayLeave } from '../outbox/may-leave.ts';
import { useCitySeen } from '../realtime/live.tsx';
import { Menu } from '../ui/menu.tsx';
import { NightBar } from '../ui/night-bar.tsx';
import { LanguageSwitch, ThemeSwitch } from '../ui/switches.tsx';
import { useWornNight } from '../response/store.ts';
import { FeltNow } from '../weather/felt-now.tsx';
import { useFollowWeather } from '../weather/follow-weather.ts';
import { CallUp } from './call-up.tsx';
import { forgetEvidence } from './evidence.tsx';
import { useHere } from './here.ts';
import { forgetPlace } from './last-place.ts';
import { write } from './store.ts';
import { forgetTaskPlans } from './task-plans.ts';
import classes from './top-strip.module.css';

export function TopStrip(props: {
  team: TeamView | null;
  /** the shift, what waits, the call for help */
  children?: ReactNode;
}) {
  const { team } = props;
  const { t } = useTranslation('patrol');
  const night = useWornNight();
  const seen = useCitySeen();
  const here = useHere((store) => store.here);
  const { session } = useSession();
  useFollowWeather(session?.cityId ?? null, session?.user.id ?? null);
  return (
    <header className={classes['strip']}>
      <h1 className={classes['team']}>
        {team ? team.name : t('title')}
        {team && team.callSign !== '' && <span>{team.callSign}</span>}
      </h1>
      <span className={classes['night']}>
        {seen && (
          <NightBar night={night} inline>
            <FeltNow here={here} />
          </NightBar>
        )}
      </span>
      <span className={classes['end']}>
        {props.children}
        <AccountMenu />
      </span>
      {team && <CallUp teamId={team.id} night={night} />}
    </header>
  );
}

function AccountMenu() {
  const { t } = useTranslation(['patrol', 'common']);
  const { session, signOut } = useSession();
  const [, go] = useLocation();
  const leave = async () => {
    if (!(await mayLeave(session?.user.id ?? null))) return;
    forgetDrafts();
    forgetEvidence();
    forgetPlace();
    forgetTaskPlans();
    await signOut();
    go('/');
  };
  return (
    <Menu
      label={t('patrol:account')}
      icon={<IconMenu2 size={24} aria-hidden />}
      head={
        <>
          <p className={classes['who']}>{session?.user.displayName}</p>
          <div className={classes['switches']}>
            <LanguageSwitch />
            <ThemeSwitch />
          </div>
        </>
      }
      items={[
        { label: t('patrol:queue'), onChoose: () => write({ kind: 'queue' }) },
        { label: t('patrol:packs'), onChoose: () => write({ kind: 'packs' }) },
        { label: t('patrol:report'), onChoose: () => go('/report') },
        { label: t('common:signOut'), onChoose: () => void leave() },
      ]}
    />
  );
}
