/** Vehicles: what a team drives, and who fits in. */
import { NativeSelect, NumberInput, TextInput } from '@mantine/core';
import { IconBus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Route, Switch, useLocation } from 'wouter';
import { travelModes } from '../../shared/roads/schema.ts';
import type { TravelMode } from '../../shared/roads/schema.ts';
import { vehicleDraftSchema } from '../../shared/vehicles/schema.ts';
import type { VehicleView } from '../../shared/vehicles/schema.ts';
import { api } from '../kernel/api.ts';
import { newId } from '../kernel/id.ts';
import { usePatrols, useTeams } from '../patrols/store.ts';
import { useCitySeen } from '../realtime/live.tsx';
import { notifyDone } from '../ui/notify.tsx';
import { StateBlock } from '../ui/state-block.tsx';
import { VehicleStateButton } from '../vehicles/state-button.tsx';
import { useVehicleStore } from '../vehicles/store.ts';
import classes from './page.module.css';
import { AddLink, Form, Gone, Page, Row } from './page.tsx';
import { RemoveCard } from './remove-card.tsx';
import { useForm } from './use-form.ts';

const home = '/admin/vehicles';

export function VehiclePages() {
  const { t } = useTranslation('admin');
  const seen = useCitySeen();
  const byId = useVehicleStore((store) => store.byId);
  if (!seen) return <StateBlock kind="loading" />;
  const page = (id: string) => {
    const vehicle = byId.get(id);
    return vehicle && !vehicle.removed ? <VehiclePage vehicle={vehicle} /> : <Gone back={home} />;
  };
  return (
    <Switch>
      <Route path={`${home}/new`}>
        <Page title={t('vehicles.new')} back={home}>
          <VehicleForm vehicle={null} />
        </Page>
      </Route>
      <Route path={`${home}/:id`}>{({ id }) => page(id)}</Route>
      <Route>
        <VehicleList vehicles={[...byId.values()].filter(({ removed }) => !removed)} />
      </Route>
    </Switch>
  );
}

function VehicleList({ vehicles }: { vehicles: readonly VehicleView[] }) {
  const { t } = useTranslation(['admin', 'vehicles']);
  const teams = usePatrols((store) => store.teams);
  const about = ({ mode, seats, wheelchairs, teamId, plate }: VehicleView) =>
    [
      t(`vehicles:mode.${mode}`),
      plate,
      t('vehicles:seats', { count: seats }),
      wheelchairs > 0 ? t('vehicles:wheelchairs', { count: wheelchairs }) : '',
      teamId === null ? t('admin:vehicles.noTeam') : (teams.get(teamId)?.name ?? ''),
    ]
      .filter((words) => words !== '')
      .join(' · ');
  return (
    <Page
      title={t('admin:section.vehicles')}
      lead={t('admin:vehicles.lead')}
      action={<AddLink href={`${home}/new`}>{t('admin:vehicles.add')}</AddLink>}
    >
      {vehicles.length === 0 && (
        <StateBlock
          kind="empty"
          title={t('admin:vehicles.empty')}
          text={t('admin:vehicles.emptyText')}
        />
      )}
      <ul className={classes['list']}>
        {vehicles.map((vehicle) => (
          <Row
            key={vehicle.id}
            href={`${home}/${vehicle.id}`}
            before={<IconBus size={24} aria-hidden />}
            name={vehicle.name}
            about={about(vehicle)}
            mark={vehicle.state === 'broken' ? t('vehicles:state.broken') : null}
          />
        ))}
      </ul>
    </Page>
  );
}

function VehiclePage({ vehicle }: { vehicle: VehicleView }) {
  const { t } = useTranslation(['admin', 'vehicles']);
  const { id, name, state } = vehicle;
  return (
    <Page
      title={t('admin:vehicles.change')}
      lead={`${name} · ${t(`vehicles:state.${state}`)}`}
      back={home}
      action={<VehicleStateButton vehicle={vehicle} />}
    >
      <VehicleForm key={id} vehicle={vehicle} />
      <RemoveCard
        name={name}
        words="vehicles"
        home={home}
        call={() => api.vehicles.remove.mutate({ id })}
      />
    </Page>
  );
}

type Typed = number | string;
type Draft = Pick<VehicleView, 'name' | 'plate' | 'mode'> & {
  seats: Typed;
  wheelchairs: Typed;
  /** '' = nobody's */
  teamId: string;
};
const start = (vehicle: VehicleView | null): Draft => ({
  name: vehicle?.name ?? '',
  plate: vehicle?.plate ?? '',
  mode: vehicle?.mode ?? 'van',
  seats: vehicle?.seats ?? 4,
  wheelchairs: vehicle?.wheelchairs ?? 0,
  teamId: vehicle?.teamId ?? '',
});

function VehicleForm({ vehicle }: { vehicle: VehicleView | null }) {
  const { t } = useTranslation(['admin', 'common']);
  const [, go] = useLocation();
  const [id] = useState(() => vehicle?.id ?? newId());
  const form = useForm(start(vehicle));
  const save = async () => {
    const input = { ...form.draft, id, teamId: form.draft.teamId || null };
    const saved = await form.send(vehicleDraftSchema, input, (valid) =>
      api.vehicles.save.mutate(valid),
    );
    if (saved === null) return;
    notifyDone(t('admin:vehicles.saved'));
    go(home);
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
        <Names form={form} />
        <Room form={form} />
        <TeamChoice form={form} />
      </Form>
    </section>
  );
}
type FormState = ReturnType<typeof useForm<Draft>>;

function Names({ form }: { form: FormState }) {
  const { t } = useTranslation(['admin', 'vehicles']);
  const { draft, change, at } = form;
  const entry = (field: 'name' | 'plate', maxLength: number) => ({
    label: t(`admin:vehicles.${field}`),
    description: t(`admin:vehicles.${field}Hint`),
    size: 'lg',
    maxLength,
    autoComplete: 'off',
    value: draft[field],
    error: at(field),
    onChange: (event: { currentTarget: { value: string } }) =>
      change({ [field]: event.currentTarget.value }),
  });
  return (
    <>
      <div className={classes['pair']}>
        <TextInput {...entry('name', 60)} />
        <TextInput {...entry('plate', 20)} />
      </div>
      <NativeSelect
        label={t('admin:vehicles.mode')}
        size="lg"
        value={draft.mode}
        error={at('mode')}
        onChange={(event) => change({ mode: event.currentTarget.value as TravelMode })}
        data={travelModes.map((mode) => ({ value: mode, label: t(`vehicles:mode.${mode}`) }))}
      />
    </>
  );
}

function Room({ form }: { form: FormState }) {
  const { t } = useTranslation('admin');
  const { draft, change, at } = form;
  const entry = (field: 'seats' | 'wheelchairs', most: number) => ({
    label: t(`vehicles.${field}`),
    size: 'lg',
    hideControls: true,
    min: 0,
    max: most,
    allowDecimal: false,
    value: draft[field],
    onChange: (value: Typed) => change({ [field]: value }),
  });
  return (
    <div className={classes['pair']}>
      <NumberInput
        {...entry('seats', 60)}
        description={t('vehicles.seatsHint')}
        error={at('seats')}
      />
      <NumberInput
        {...entry('wheelchairs', 20)}
        error={at('wheelchairs', t('vehicles.wheelchairsWrong'))}
      />
    </div>
  );
}

function TeamChoice({ form }: { form: FormState }) {
  const { t } = useTranslation('admin');
  const teams = useTeams();
  return (
    <NativeSelect
      label={t('vehicles.team')}
      size="lg"
      value={form.draft.teamId}
      error={form.at('teamId')}
      onChange={(event) => form.change({ teamId: event.currentTarget.value })}
      data={[
        { value: '', label: t('vehicles.noTeam') },
        ...teams
          .filter(({ removed }) => !removed)
          .map((team) => ({ value: team.id, label: team.name })),
      ]}
    />
  );
}
