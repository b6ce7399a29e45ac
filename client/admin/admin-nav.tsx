/** The way around the administration: beside the page on a tablet, one menu on a phone. */
import { Button } from '@mantine/core';
import {
  IconBuildingWarehouse,
  IconBus,
  IconCloud,
  IconHistory,
  IconHomeHeart,
  IconLayoutDashboard,
  IconLogout,
  IconMap2,
  IconMapPins,
  IconMenu2,
  IconMoonStars,
  IconPackage,
  IconPencil,
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
import type { Role } from '../../shared/accounts/schema.ts';
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
  | 'vehicles'
  | 'stations'
  | 'depots'
  | 'supplies'
  | 'weather'
  | 'hours'
  | 'response'
  | 'settings'
  | 'audit';
const pictures: Record<Section, ReactNode> = {
  users: <IconUser size={22} aria-hidden />,
  enrolment: <IconQrcode size={22} aria-hidden />,
  teams: <IconUsersGroup size={22} aria-hidden />,
  areas: <IconMap2 size={22} aria-hidden />,
  keyPoints: <IconMapPins size={22} aria-hidden />,
  trackers: <IconRouter size={22} aria-hidden />,
  vehicles: <IconBus size={22} aria-hidden />,
  stations: <IconHomeHeart size={22} aria-hidden />,
  depots: <IconBuildingWarehouse size={22} aria-hidden />,
  supplies: <IconPackage size={22} aria-hidden />,
  weather: <IconCloud size={22} aria-hidden />,
  hours: <IconPencil size={22} aria-hidden />,
  response: <IconMoonStars size={22} aria-hidden />,
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
  'vehicles',
  'stations',
  'depots',
  'supplies',
  'weather',
  'hours',
  'response',
  'settings',
  'audit',
] as const;
/** Addresses are written in small letters. */
export const addressOf = (section: Section): string =>
  `/admin/${section.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
/** An administrator has all of them, an auditor reads, and whoever works at a desk moves supplies and types weather in. */
const sectionsOf: Partial<Record<Role, readonly Section[]>> = {
  administrator: all,
  auditor: ['users', 'audit'],
};
const ofDesks = ['supplies', 'hours'] as const;
export const sectionsFor = (role: Role | null): readonly Section[] =>
  (role === null ? undefined : sectionsOf[role]) ?? ofDesks;

const navId = 'admin-nav';

function useSection(): Section | undefined {
  const [path] = useLocation();
  return all.find((section) => path.startsWith(addressOf(section)));
}

function useSignOut(): () => void {
  const { signOut } = useSession();
  const [, go] = useLocation();
  return () => void signOut().then(() => go('/'));
}

/** `open` matters on a phone only, where it lies over the page until a way is taken. */
export function AdminNav(props: { open: boolean; onTaken: () => void }) {
  const { open, onTaken } = props;
  const { role } = useSession();
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
      {sectionsFor(role).map((section) => (
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
