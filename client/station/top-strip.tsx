/** The strip on top: which house, the night, the ways to the other desks, and who is signed in. */
import { IconMenu2 } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { useCity } from '../kernel/city.tsx';
import { useSession } from '../kernel/session.tsx';
import { useCitySeen } from '../realtime/live.tsx';
import { Menu } from '../ui/menu.tsx';
import { NightBar } from '../ui/night-bar.tsx';
import { LanguageSwitch, ThemeSwitch } from '../ui/switches.tsx';
import { useWornNight } from '../response/store.ts';
import { FeltNow } from '../weather/felt-now.tsx';
import classes from './station-screen.module.css';

export function TopStrip({ title }: { title: string | null }) {
  const { t } = useTranslation(['stations', 'house']);
  const { name } = useCity();
  const seen = useCitySeen();
  const night = useWornNight();
  return (
    <header className={classes['strip']}>
      <h1 className={classes['title']}>
        {title ?? t('stations:one')} <span>{name}</span>
      </h1>
      <span className={classes['night']}>
        {seen && (
          <NightBar night={night} inline>
            <FeltNow />
          </NightBar>
        )}
      </span>
      <span className={classes['end']}>
        <AccountMenu />
      </span>
    </header>
  );
}

function AccountMenu() {
  const { t } = useTranslation(['admin', 'house', 'board', 'common', 'accounts']);
  const { session, role, signOut } = useSession();
  const [, go] = useLocation();
  if (!session || !role) return null;
  return (
    <Menu
      label={session.user.displayName}
      icon={<IconMenu2 size={24} aria-hidden />}
      head={
        <>
          <p className={classes['who']}>
            {session.user.displayName} · {t(`accounts:role.${role}`)}
          </p>
          <div className={classes['switches']}>
            <LanguageSwitch />
            <ThemeSwitch />
          </div>
        </>
      }
      items={[
        { label: t('house:toBoard'), onChoose: () => go('/board') },
        ...(role === 'administrator'
          ? [{ label: t('board:adminPage'), onChoose: () => go('/admin') }]
          : [{ label: t('admin:section.supplies'), onChoose: () => go('/admin/supplies') }]),
        { label: t('board:reportHere'), onChoose: () => go('/report') },
        { label: t('common:signOut'), onChoose: () => void signOut().then(() => go('/')) },
      ]}
    />
  );
}
