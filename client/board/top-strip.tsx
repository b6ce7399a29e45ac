/** The thin strip on top: city, night and felt temperature, beds, teams, connection, and who is signed in. */
import { Button, Menu } from '@mantine/core';
import { IconBed, IconChevronDown, IconUsersGroup } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import { useCity } from '../kernel/city.tsx';
import { useConnection } from '../kernel/connection.ts';
import { useSession } from '../kernel/session.tsx';
import { useTeams } from '../patrols/store.ts';
import { useCitySeen } from '../realtime/live.tsx';
import { useBeds } from '../stations/store.ts';
import { NightBar } from '../ui/night-bar.tsx';
import { LanguageSwitch, ThemeSwitch } from '../ui/switches.tsx';
import { useWornNight } from '../response/store.ts';
import { FeltNow } from '../weather/felt-now.tsx';
import { openNightDesk } from './night-desk-store.ts';
import classes from './top-strip.module.css';

export function TopStrip(props: { mayAct: boolean }) {
  const { t } = useTranslation(['board', 'common', 'patrols', 'responseDesk', 'weatherDesk']);
  const { name } = useCity();
  const night = useWornNight();
  const beds = useBeds();
  const onDuty = useTeams().filter((team) => team.onDuty).length;
  const { state } = useConnection();
  // Before the city has been heard of, none of this is known: not even that there is no cold night.
  const seen = useCitySeen();
  return (
    <header className={classes['strip']}>
      <h1 className={classes['title']}>
        {t('common:product')} <span>{name}</span>
      </h1>
      {seen && (
        <>
          <span className={classes['night']}>
            <NightBar night={night} inline>
              <FeltNow />
            </NightBar>
            <Button variant="default" h={48} onClick={() => openNightDesk('weather')}>
              {t('weatherDesk:open')}
            </Button>
            {props.mayAct && (
              <Button variant="default" h={48} onClick={() => openNightDesk('declare')}>
                {night ? t('responseDesk:change') : t('responseDesk:declare')}
              </Button>
            )}
          </span>
          <span className={classes['fact']}>
            <IconBed size={20} aria-hidden />
            {t('board:beds', { free: beds.free, total: beds.total })}
          </span>
          <span className={classes['fact']}>
            <IconUsersGroup size={20} aria-hidden />
            {t('patrols:onDutyCount', { count: onDuty })}
          </span>
        </>
      )}
      <span className={classes['end']}>
        <span className={classes['link']} data-state={state}>
          {state === 'live'
            ? t('common:connection.live')
            : t(`common:connection.${state === 'offline' ? 'offline' : 'connecting'}`)}
        </span>
        <LanguageSwitch />
        <ThemeSwitch />
        <AccountMenu />
      </span>
    </header>
  );
}

function AccountMenu() {
  const { t } = useTranslation(['admin', 'board', 'common', 'accounts']);
  const { session, role, signOut } = useSession();
  const [, go] = useLocation();
  if (!session || !role) return null;
  return (
    <Menu position="bottom-end" width={240}>
      <Menu.Target>
        <Button
          variant="subtle"
          color="var(--nx-text)"
          h={48}
          rightSection={<IconChevronDown size={16} aria-hidden />}
        >
          {session.user.displayName}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t(`accounts:role.${role}`)}</Menu.Label>
        {role !== 'auditor' && (
          <Menu.Item component={Link} href="/report">
            {t('board:reportHere')}
          </Menu.Item>
        )}
        {(role === 'administrator' || role === 'auditor') && (
          <Menu.Item component={Link} href="/admin">
            {t('board:adminPage')}
          </Menu.Item>
        )}
        {(role === 'dispatcher' || role === 'station_manager') && (
          <Menu.Item component={Link} href="/admin/supplies">
            {t('admin:section.supplies')}
          </Menu.Item>
        )}
        <Menu.Item onClick={() => void signOut().then(() => go('/'))}>
          {t('common:signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
