/** Users: who can sign in to the city, read once and after each change. */
import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Route, Switch } from 'wouter';
import type { UserView } from '../../shared/accounts/schema.ts';
import { api } from '../kernel/api.ts';
import { useFaultWords } from '../kernel/use-fault-words.ts';
import { usePatrols } from '../patrols/store.ts';
import { useStationsStore } from '../stations/store.ts';
import { BigButton } from '../ui/big-button.tsx';
import { StateBlock } from '../ui/state-block.tsx';
import classes from './page.module.css';
import { AddLink, Gone, Page, Row } from './page.tsx';
import { useAsked } from '../kernel/use-asked.ts';
import { UserAccess } from './user-access.tsx';
import { UserChangeForm } from './user-change-form.tsx';
import { UserCreateForm } from './user-create-form.tsx';

const home = '/admin/users';

export function UserPages({ mayChange }: { mayChange: boolean }) {
  const { t } = useTranslation('admin');
  const { sentence } = useFaultWords();
  const { answer: users, fault, reload } = useAsked(() => api.accounts.listUsers.query());
  if (users === null)
    return fault === null ? (
      <StateBlock kind="loading" />
    ) : (
      <StateBlock kind="error" text={sentence(fault)} onRetry={reload} />
    );
  return (
    <Switch>
      {mayChange && (
        <Route path="/admin/users/new">
          <Page title={t('users.new')} back={home}>
            <UserCreateForm onCreated={reload} />
          </Page>
        </Route>
      )}
      {mayChange && (
        <Route path="/admin/users/:id">
          {({ id }) => <UserPage user={users.find((user) => user.id === id)} onChanged={reload} />}
        </Route>
      )}
      <Route>
        <UserList users={users} mayChange={mayChange} />
      </Route>
    </Switch>
  );
}

function UserPage(props: { user: UserView | undefined; onChanged: () => void }) {
  const { user, onChanged } = props;
  if (!user) return <Gone back={home} />;
  return (
    <Page title={user.displayName} lead={user.username} back={home}>
      <UserChangeForm key={user.id} user={user} onChanged={onChanged} />
      <UserAccess user={user} onChanged={onChanged} />
    </Page>
  );
}

const rowsAtOnce = 100;

function UserList({ users, mayChange }: { users: readonly UserView[]; mayChange: boolean }) {
  const { t } = useTranslation('admin');
  const [wanted, setWanted] = useState('');
  const [shown, setShown] = useState(rowsAtOnce);
  const needle = wanted.trim().toLowerCase();
  const found = users.filter(({ username, displayName }) =>
    `${username} ${displayName}`.toLowerCase().includes(needle),
  );
  return (
    <Page
      title={t('section.users')}
      lead={t('users.lead')}
      action={
        mayChange ? (
          <AddLink href={`${home}/new`}>{t('users.add')}</AddLink>
        ) : (
          <span className={classes['mark']}>{t('readOnly')}</span>
        )
      }
    >
      <TextInput
        type="search"
        size="lg"
        className={classes['narrow'] ?? ''}
        aria-label={t('users.find')}
        placeholder={t('users.find')}
        value={wanted}
        onChange={(event) => setWanted(event.currentTarget.value)}
      />
      {found.length === 0 && (
        <StateBlock kind="empty" title={needle === '' ? t('users.empty') : t('users.noMatch')} />
      )}
      <ul className={classes['list']}>
        {found.slice(0, shown).map((user) => (
          <UserRow key={user.id} user={user} mayChange={mayChange} />
        ))}
      </ul>
      {found.length > shown && (
        <BigButton onClick={() => setShown(shown + rowsAtOnce)}>{t('users.more')}</BigButton>
      )}
    </Page>
  );
}

function UserRow({ user, mayChange }: { user: UserView; mayChange: boolean }) {
  const { t } = useTranslation(['admin', 'accounts', 'sightings']);
  const team = usePatrols((store) => store.teams.get(user.teamId ?? ''));
  const station = useStationsStore((store) => store.byId.get(user.stationId ?? ''));
  const kind = user.reporterKind === null ? null : t(`sightings:kind.${user.reporterKind}`);
  return (
    <Row
      {...(mayChange ? { href: `${home}/${user.id}` } : {})}
      name={user.displayName}
      about={[user.username, t(`accounts:role.${user.role}`), kind, team?.name, station?.name]
        .filter(Boolean)
        .join(' · ')}
      off={user.disabled}
      mark={user.disabled ? t('admin:users.disabled') : null}
    />
  );
}
