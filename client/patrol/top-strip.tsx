/** The thin strip: which team, the night, the shift, the call for help, and a small menu for the rest. */
import { ActionIcon, Menu } from '@mantine/core';
import { IconMenu2 } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import type { ReactNode } from 'react';
import type { TeamView } from '../../shared/patrols/schema.ts';
import { forgetDrafts } from '../dispatch/record-draft.ts';
import { useSession } from '../kernel/session.tsx';
import { NightBar } from '../ui/night-bar.tsx';
import { LanguageSwitch, ThemeSwitch } from '../ui/switches.tsx';
import { useNight } from '../weather/store.ts';
import { forgetEvidence } from './evidence.tsx';
import { forgetPlace } from './last-place.ts';
import { write } from './store.ts';
import classes from './top-strip.module.css';

export function TopStrip(props: {
  team: TeamView | null;
  /** the shift, what waits, the call for help */
  children?: ReactNode;
}) {
  const { team } = props;
  const { t } = useTranslation('patrol');
  const night = useNight();
  return (
    <header className={classes['strip']}>
      <h1 className={classes['team']}>
        {team ? team.name : t('title')}
        {team && team.callSign !== '' && <span>{team.callSign}</span>}
      </h1>
      <span className={classes['night']}>
        <NightBar night={night} inline />
      </span>
      <span className={classes['end']}>
        {props.children}
        <AccountMenu />
      </span>
    </header>
  );
}

function AccountMenu() {
  const { t } = useTranslation(['patrol', 'common']);
  const { session, signOut } = useSession();
  const [, go] = useLocation();
  return (
    <Menu position="bottom-end" width={260}>
      <Menu.Target>
        <ActionIcon
          variant="subtle"
          color="var(--nx-text)"
          size={48}
          aria-label={t('patrol:account')}
        >
          <IconMenu2 size={24} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label fz={16}>{session?.user.displayName}</Menu.Label>
        <div className={classes['switches']}>
          <LanguageSwitch />
          <ThemeSwitch />
        </div>
        <Menu.Item fz={16} mih={48} onClick={() => write({ kind: 'queue' })}>
          {t('patrol:queue')}
        </Menu.Item>
        <Menu.Item fz={16} mih={48} onClick={() => write({ kind: 'packs' })}>
          {t('patrol:packs')}
        </Menu.Item>
        <Menu.Item fz={16} mih={48} c="var(--nx-text)" component={Link} href="/report">
          {t('patrol:report')}
        </Menu.Item>
        <Menu.Item
          fz={16}
          mih={48}
          onClick={() => {
            forgetDrafts();
            forgetEvidence();
            forgetPlace();
            void signOut().then(() => go('/'));
          }}
        >
          {t('common:signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
