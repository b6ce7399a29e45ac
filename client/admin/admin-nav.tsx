/** The way around the administration: beside the page on a tablet, one menu on a phone. */
import { Button } from '@mantine/core';
import {
  IconHistory,
  IconHomeHeart,
  IconLayoutDashboard,
  IconLogout,
  IconMap2,
  IconMapPins,
  IconMenu2,
  IconQrcode,
  IconRouter,
  IconSettings,
  IconUser,
  IconUsersGroup,
  IconX,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import { useCity } from '../kernel/city.tsx';
import { useSession } from '../kernel/session.tsx';
import { LanguageSwitch, ThemeSwitch } from '../ui/switches.tsx';
import classes from './admin-screen.module.css';

type Section =
  | 'users'
  | 'enrolment'
  | 'teams'
  | 'areas'
  | 'keyPoints'
  | 'trackers'
  | 'stations'
  | 'settings'
  | 'audit';
const pictures: Record<Section, ReactNode> = {
  users: <IconUser size={22} aria-hidden />,
  enrolment: <IconQrcode size={22} aria-hidden />,
  teams: <IconUsersGroup size={22} aria-hidden />,
  areas: <IconMap2 size={22} aria-hidden />,
  keyPoints: <IconMapPins size={22} aria-hidden />,
  trackers: <IconRouter size={22} aria-hidden />,
  stations: <IconHomeHeart size={22} aria-hidden />,
  settings: <IconSettings size={22} aria-hidden />,
  audit: <IconHistory size={22} aria-hidden />,
};
const all = [
  'users',
  'enrolment',
  'teams',
  'areas',
  'keyPoints',
  'trackers',
  'stations',
  'settings',
  'audit',
] as const;
/** Addresses are written in small letters. */
const addressOf = (section: Section): string =>
  `/admin/${section.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
const readable = ['users', 'audit'] as const;
const sectionsFor = (mayChange: boolean): readonly Section[] => (mayChange ? all : readable);

const navId = 'admin-nav';

function useSection(): Section {
  const [path] = useLocation();
  return all.find((section) => path.startsWith(addressOf(section))) ?? 'users';
}

function useSignOut(): () => void {
  const { signOut } = useSession();
  const [, go] = useLocation();
  return () => void signOut().then(() => go('/'));
}

/** `open` matters on a phone only, where it lies over the page until a way is taken. */
export function AdminNav(props: { mayChange: boolean; open: boolean; onTaken: () => void }) {
  const { mayChange, open, onTaken } = props;
  const { t } = useTranslation(['admin', 'common']);
  const current = useSection();
  const leave = useSignOut();
  return (
    <nav
      id={navId}
      className={classes['nav']}
      data-open={open || undefined}
      aria-label={t('admin:sections')}
    >
      {sectionsFor(mayChange).map((section) => (
        <Link
          key={section}
          href={addressOf(section)}
          className={classes['way'] ?? ''}
          onClick={onTaken}
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

export function AdminHead(props: { open: boolean; onOpen: (open: boolean) => void }) {
  const { t } = useTranslation(['admin', 'accounts', 'common']);
  const { name } = useCity();
  const { session, role } = useSession();
  return (
    <header className={classes['head']}>
      <Button
        variant="default"
        h={48}
        px={12}
        className={classes['menu'] ?? ''}
        aria-expanded={props.open}
        aria-controls={navId}
        leftSection={
          props.open ? <IconX size={22} aria-hidden /> : <IconMenu2 size={22} aria-hidden />
        }
        onClick={() => props.onOpen(!props.open)}
      >
        {t('common:menu')}
      </Button>
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
