/** Teams: who drives out together, with which vehicle, in which area. */
import { Input, NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Route, Switch, useLocation } from 'wouter';
import { teamDraftSchema } from '../../shared/patrols/schema.ts';
import type { TeamView } from '../../shared/patrols/schema.ts';
import { skills } from '../../shared/patrols/skills.ts';
import type { Skill } from '../../shared/patrols/skills.ts';
import { api } from '../kernel/api.ts';
import { newId } from '../kernel/id.ts';
import { useAreas, usePatrols, useTeams } from '../patrols/store.ts';
import { useCitySeen } from '../realtime/live.tsx';
import { ChipToggles } from '../ui/chip-toggle.tsx';
import { notifyDone } from '../ui/notify.tsx';
import { StateBlock } from '../ui/state-block.tsx';
import classes from './page.module.css';
import { AddLink, Form, Gone, Page, Row } from './page.tsx';
import { RemoveCard } from './remove-card.tsx';
import { useForm } from './use-form.ts';

const home = '/admin/teams';

export function TeamPages() {
  const { t } = useTranslation('admin');
  const seen = useCitySeen();
  if (!seen) return <StateBlock kind="loading" />;
  return (
    <Switch>
      <Route path="/admin/teams/new">
        <Page title={t('teams.new')} back={home}>
          <TeamForm team={null} />
        </Page>
      </Route>
      <Route path="/admin/teams/:id">{({ id }) => <TeamPage id={id} />}</Route>
      <Route>
        <TeamList />
      </Route>
    </Switch>
  );
}

function TeamList() {
  const { t } = useTranslation(['admin', 'patrols']);
  const teams = useTeams();
  const areas = usePatrols((store) => store.areas);
  const areaOf = (team: TeamView) => areas.get(team.areaId ?? '')?.name ?? t('admin:teams.noArea');
  return (
    <Page
      title={t('admin:section.teams')}
      lead={t('admin:teams.lead')}
      action={<AddLink href={`${home}/new`}>{t('admin:teams.add')}</AddLink>}
    >
      {teams.length === 0 && (
        <StateBlock kind="empty" title={t('admin:teams.empty')} text={t('admin:teams.emptyText')} />
      )}
      <ul className={classes['list']}>
        {teams.map((team) => (
          <Row
            key={team.id}
            href={`${home}/${team.id}`}
            before={<span className={classes['sign']}>{team.callSign}</span>}
            name={team.name}
            about={[team.vehicle, areaOf(team)].filter((words) => words !== '').join(' · ')}
            mark={t(team.onDuty ? 'patrols:onDuty' : 'patrols:offDuty')}
          />
        ))}
      </ul>
    </Page>
  );
}

function TeamPage({ id }: { id: string }) {
  const { t } = useTranslation('admin');
  const team = usePatrols((store) => store.teams.get(id));
  if (!team || team.removed) return <Gone back={home} />;
  return (
    <Page title={t('teams.change')} lead={team.name} back={home}>
      <TeamForm key={id} team={team} />
      <RemoveCard
        name={team.name}
        words="teams"
        home={home}
        call={() => api.patrols.removeTeam.mutate({ id })}
      />
    </Page>
  );
}

function TeamForm({ team }: { team: TeamView | null }) {
  const { t } = useTranslation(['admin', 'common']);
  const [, go] = useLocation();
  const [id] = useState(() => team?.id ?? newId());
  const areas = useAreas();
  const { draft, change, at, busy, send, fault, problem } = useForm({
    name: team?.name ?? '',
    callSign: team?.callSign ?? '',
    vehicle: team?.vehicle ?? '',
    areaId: team?.areaId ?? '',
    skills: team?.skills ?? [],
  });
  const save = async () => {
    const input = { ...draft, id, areaId: draft.areaId === '' ? null : draft.areaId };
    const saved = await send(teamDraftSchema, input, (valid) => api.patrols.saveTeam.mutate(valid));
    if (saved === null) return;
    notifyDone(t('admin:teams.saved'));
    go(home);
  };
  const entry = (field: 'name' | 'callSign' | 'vehicle', maxLength: number) => ({
    label: t(`admin:teams.${field}`),
    size: 'lg',
    maxLength,
    autoComplete: 'off',
    value: draft[field],
    error: at(field),
    onChange: (event: { currentTarget: { value: string } }) =>
      change({ [field]: event.currentTarget.value }),
  });
  return (
    <section className={classes['card']}>
      <Form
        onSubmit={() => void save()}
        fault={fault}
        problem={problem}
        busy={busy}
        save={t('common:save')}
        back={home}
      >
        <TextInput {...entry('name', 100)} />
        <div className={classes['pair']}>
          <TextInput {...entry('callSign', 12)} description={t('admin:teams.callSignHint')} />
          <TextInput {...entry('vehicle', 60)} description={t('admin:teams.vehicleHint')} />
        </div>
        <NativeSelect
          label={t('admin:teams.area')}
          size="lg"
          value={draft.areaId}
          error={at('areaId')}
          onChange={(event) => change({ areaId: event.currentTarget.value })}
          data={[
            { value: '', label: t('admin:teams.noArea') },
            ...areas
              .filter((area) => !area.removed)
              .map((area) => ({ value: area.id, label: area.name })),
          ]}
        />
        <Skills chosen={draft.skills} onChange={(chosen) => change({ skills: chosen })} />
      </Form>
    </section>
  );
}

function Skills(props: { chosen: readonly Skill[]; onChange: (chosen: Skill[]) => void }) {
  const { t } = useTranslation(['admin', 'planning']);
  const chosen = new Set(props.chosen);
  return (
    <Input.Wrapper
      label={t('admin:teams.skills')}
      description={t('admin:teams.skillsHint')}
      labelElement="div"
      size="lg"
    >
      <ChipToggles
        label={t('admin:teams.skills')}
        chosen={chosen}
        chips={skills.map((key) => ({ key, label: t(`planning:skill.${key}`) }))}
        onToggle={(key) =>
          props.onChange(skills.filter((skill) => chosen.has(skill) !== (skill === key)))
        }
      />
    </Input.Wrapper>
  );
}
