/** Trackers: devices that report where a team is, each by the key in its own address. */
import { Button, CopyButton, NativeSelect, TextInput } from '@mantine/core';
import { IconCopy, IconRouter } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Route, Switch, useLocation } from 'wouter';
import { trackerDraftSchema } from '../../shared/patrols/trackers.ts';
import type { TrackerView } from '../../shared/patrols/trackers.ts';
import { api } from '../kernel/api.ts';
import { newId } from '../kernel/id.ts';
import { useFaultWords } from '../kernel/use-fault-words.ts';
import { useFormat } from '../kernel/use-format.ts';
import { usePatrols, useTeams } from '../patrols/store.ts';
import { notifyDone } from '../ui/notify.tsx';
import { StateBlock } from '../ui/state-block.tsx';
import classes from './page.module.css';
import { AddLink, Form, Gone, Page, Row } from './page.tsx';
import { RemoveCard } from './remove-card.tsx';
import { useAsked } from '../kernel/use-asked.ts';
import { useForm } from './use-form.ts';

const home = '/admin/trackers';

export function TrackerPages() {
  const { t } = useTranslation('admin');
  const { sentence } = useFaultWords();
  const { answer: trackers, fault, reload } = useAsked(() => api.trackers.list.query());
  if (trackers === null)
    return fault === null ? (
      <StateBlock kind="loading" />
    ) : (
      <StateBlock kind="error" text={sentence(fault)} onRetry={reload} />
    );
  const page = (id: string) => {
    const tracker = trackers.find((candidate) => candidate.id === id);
    return tracker ? <TrackerPage tracker={tracker} onChanged={reload} /> : <Gone back={home} />;
  };
  return (
    <Switch>
      <Route path={`${home}/new`}>
        <Page title={t('trackers.new')} back={home}>
          <TrackerForm tracker={null} onChanged={reload} />
        </Page>
      </Route>
      <Route path={`${home}/:id`}>{({ id }) => page(id)}</Route>
      <Route>
        <TrackerList trackers={trackers} />
      </Route>
    </Switch>
  );
}

function TrackerList({ trackers }: { trackers: readonly TrackerView[] }) {
  const { t } = useTranslation('admin');
  const teams = usePatrols((store) => store.teams);
  const { ago } = useFormat();
  const about = ({ teamId, lastHeardAt, batteryPercent }: TrackerView) =>
    [
      teams.get(teamId)?.name,
      lastHeardAt === null ? t('trackers.never') : `${t('trackers.heard')} ${ago(lastHeardAt)}`,
      batteryPercent === null
        ? null
        : t('trackers.battery', { percent: Math.round(batteryPercent) }),
    ]
      .filter(Boolean)
      .join(' · ');
  return (
    <Page
      title={t('section.trackers')}
      lead={t('trackers.lead')}
      action={<AddLink href={`${home}/new`}>{t('trackers.add')}</AddLink>}
    >
      {trackers.length === 0 && (
        <StateBlock kind="empty" title={t('trackers.empty')} text={t('trackers.emptyText')} />
      )}
      <ul className={classes['list']}>
        {trackers.map((tracker) => (
          <Row
            key={tracker.id}
            href={`${home}/${tracker.id}`}
            before={<IconRouter size={24} aria-hidden />}
            name={tracker.label}
            about={about(tracker)}
          />
        ))}
      </ul>
    </Page>
  );
}

function TrackerPage(props: { tracker: TrackerView; onChanged: () => void }) {
  const { t } = useTranslation('admin');
  const { tracker, onChanged } = props;
  const { id, label } = tracker;
  return (
    <Page title={t('trackers.change')} lead={label} back={home}>
      {tracker.deviceKey !== null && <Address deviceKey={tracker.deviceKey} />}
      <TrackerForm key={id} tracker={tracker} onChanged={onChanged} />
      <RemoveCard
        name={label}
        words="trackers"
        home={home}
        call={() => api.trackers.revoke.mutate({ id }).then(onChanged)}
      />
    </Page>
  );
}

/** What to enter in OsmAnd or the Traccar client; the placeholders are OsmAnd's. */
function Address({ deviceKey }: { deviceKey: string }) {
  const { t } = useTranslation('admin');
  const server = `${window.location.origin}/gps`;
  const address = `${server}?id=${deviceKey}&lat={0}&lon={1}&timestamp={2}&hdop={3}&altitude={4}&speed={5}`;
  return (
    <section className={classes['card']}>
      <h3>{t('trackers.address')}</h3>
      <dl className={classes['secret']}>
        <dt>URL</dt>
        <dd>{address}</dd>
      </dl>
      <p>{t('trackers.addressHint', { server, key: deviceKey })}</p>
      <p>{t('trackers.addressSecret')}</p>
      <span>
        <CopyButton value={address}>
          {({ copied, copy }) => (
            <Button
              variant="default"
              h={48}
              leftSection={<IconCopy size={20} aria-hidden />}
              onClick={copy}
            >
              {t(copied ? 'trackers.copied' : 'trackers.copy')}
            </Button>
          )}
        </CopyButton>
      </span>
    </section>
  );
}

function TrackerForm(props: { tracker: TrackerView | null; onChanged: () => void }) {
  const { t } = useTranslation(['admin', 'common']);
  const { tracker, onChanged } = props;
  const [, go] = useLocation();
  const [id] = useState(() => tracker?.id ?? newId());
  const teams = useTeams();
  const form = useForm({ label: tracker?.label ?? '', teamId: tracker?.teamId ?? '' });
  const { draft, change, at } = form;
  const save = async () => {
    const saved = await form.send(trackerDraftSchema, { id, ...draft }, (valid) =>
      api.trackers.save.mutate(valid),
    );
    if (saved === null) return;
    notifyDone(t('admin:trackers.saved'));
    onChanged();
    // A new one shows its address next: it has to be entered somewhere.
    go(tracker === null ? `${home}/${id}` : home);
  };
  return (
    <section className={classes['card']}>
      <Form
        onSubmit={() => void save()}
        fault={form.fault}
        problem={form.problem}
        busy={form.busy}
        save={t('common:save')}
        back={home}
      >
        <TextInput
          label={t('admin:trackers.label')}
          description={t('admin:trackers.labelHint')}
          size="lg"
          maxLength={60}
          autoComplete="off"
          value={draft.label}
          error={at('label')}
          onChange={(event) => change({ label: event.currentTarget.value })}
        />
        <NativeSelect
          label={t('admin:trackers.team')}
          size="lg"
          value={draft.teamId}
          error={at('teamId')}
          onChange={(event) => change({ teamId: event.currentTarget.value })}
          data={[
            { value: '', label: t('admin:trackers.chooseTeam') },
            ...teams
              .filter(({ removed }) => !removed)
              .map((team) => ({ value: team.id, label: team.name })),
          ]}
        />
      </Form>
    </section>
  );
}
