/** The way around the administration: beside the page on a tablet, one menu on a phone. */
import { Button, Menu } from '@mantine/core';
import {
  IconHistory,
  IconHomeHeart,
  IconLayoutDashboard,
  IconLogout,
  IconMap2,
  IconMenu2,
  IconSettings,
  IconUser,
  IconUsersGroup,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import { useCity } from '../kernel/city.tsx';
import { useSession } from '../kernel/session.tsx';
import { LanguageSwitch, ThemeSwitch } from '../ui/switches.tsx';
import classes from './admin-screen.module.css';

type Section = 'users' | 'teams' | 'areas' | 'stations' | 'settings' | 'audit';
const pictures: Record<Section, ReactNode> = {
  users: <IconUser size={22} aria-hidden />,
  teams: <IconUsersGroup size={22} aria-hidden />,
  areas: <IconMap2 size={22} aria-hidden />,
  stations: <IconHomeHeart size={22} aria-hidden />,
  settings: <IconSettings size={22} aria-hidden />,
  audit: <IconHistory size={22} aria-hidden />,
};
const all = ['users', 'teams', 'areas', 'stations', 'settings', 'audit'] as const;
const readable = ['users', 'audit'] as const;
const sectionsFor = (mayChange: boolean): readonly Section[] => (mayChange ? all : readable);

function useSection(): Section {
  const [path] = useLocation();
  return all.find((section) => path.startsWith(`/admin/${section}`)) ?? 'users';
}

function useSignOut(): () => void {
  const { signOut } = useSession();
  const [, go] = useLocation();
  return () => void signOut().then(() => go('/'));
}

export function AdminNav({ mayChange }: { mayChange: boolean }) {
  const { t } = useTranslation(['admin', 'common']);
  const current = useSection();
  const leave = useSignOut();
  return (
    <nav className={classes['nav']} aria-label={t('admin:sections')}>
      {sectionsFor(mayChange).map((section) => (
        <Link
          key={section}
          href={`/admin/${section}`}
          className={classes['way'] ?? ''}
          aria-current={section === current ? 'page' : undefined}
        >
          {pictures[section]}
          {t(`admin:section.${section}`)}
        </Link>
      ))}
      <span className={classes['last']}>
        <Link href="/board" className={classes['way'] ?? ''}>
          <IconLayoutDashboard size={22} aria-hidden />
          {t('admin:board')}
        </Link>
        <button type="button" className={classes['way']} onClick={leave}>
          <IconLogout size={22} aria-hidden />
          {t('common:signOut')}
        </button>
      </span>
    </nav>
  );
}

export function AdminHead({ mayChange }: { mayChange: boolean }) {
  const { t } = useTranslation(['admin', 'accounts']);
  const { name } = useCity();
  const { session, role } = useSession();
  return (
    <header className={classes['head']}>
      <SectionMenu mayChange={mayChange} />
      <h1 className={classes['title']}>
        {t('admin:title')} <span>{name}</span>
      </h1>
      {session && role && (
        <span className={classes['who']}>
          {[...new Set([session.user.displayName, t(`accounts:role.${role}`)])].join(' · ')}
        </span>
      )}
      <span className={classes['end']}>
        <LanguageSwitch />
        <ThemeSwitch />
      </span>
    </header>
  );
}

function SectionMenu({ mayChange }: { mayChange: boolean }) {
  const { t } = useTranslation(['admin', 'common']);
  const leave = useSignOut();
  return (
    <span className={classes['menu']}>
      <Menu position="bottom-start" width={260}>
        <Menu.Target>
          <Button
            variant="default"
            h={48}
            px={12}
            aria-label={t('common:menu')}
            leftSection={<IconMenu2 size={22} aria-hidden />}
          >
            {t('common:menu')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {sectionsFor(mayChange).map((section) => (
            <Menu.Item
              key={section}
              component={Link}
              href={`/admin/${section}`}
              className={classes['item'] ?? ''}
              leftSection={pictures[section]}
            >
              {t(`admin:section.${section}`)}
            </Menu.Item>
          ))}
          <Menu.Divider />
          <Menu.Item
            component={Link}
            href="/board"
            className={classes['item'] ?? ''}
            leftSection={<IconLayoutDashboard size={22} aria-hidden />}
          >
            {t('admin:board')}
          </Menu.Item>
          <Menu.Item
            className={classes['item'] ?? ''}
            onClick={leave}
            leftSection={<IconLogout size={22} aria-hidden />}
          >
            {t('common:signOut')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </span>
  );
}
