/** Depots: where supplies are kept, with their place on the map. */
import { NumberInput, TextInput } from '@mantine/core';
import { IconBuildingWarehouse } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Route, Switch, useLocation } from 'wouter';
import { depotDraftSchema } from '../../shared/supplies/schema.ts';
import type { DepotView } from '../../shared/supplies/schema.ts';
import { storeKey } from '../../shared/supplies/store-key.ts';
import { api } from '../kernel/api.ts';
import { newId } from '../kernel/id.ts';
import { useCitySeen } from '../realtime/live.tsx';
import { useSupplyStore } from '../supplies/store.ts';
import { notifyDone } from '../ui/notify.tsx';
import { StateBlock } from '../ui/state-block.tsx';
import classes from './page.module.css';
import { AddLink, Form, Gone, Page, Row } from './page.tsx';
import { placeDecimals, PlaceMap } from './place-map.tsx';
import { RemoveCard } from './remove-card.tsx';
import { useStockWords } from './use-stock-words.ts';
import { useForm } from './use-form.ts';

const home = '/admin/depots';

export function DepotPages() {
  const { t } = useTranslation('admin');
  const seen = useCitySeen();
  const depots = useSupplyStore((store) => store.depots);
  if (!seen) return <StateBlock kind="loading" />;
  const page = (id: string) => {
    const depot = depots.get(id);
    if (!depot || depot.removed) return <Gone back={home} />;
    return (
      <Page title={t('depots.change')} lead={depot.name} back={home} wide>
        <DepotForm key={id} depot={depot} />
      </Page>
    );
  };
  return (
    <Switch>
      <Route path={`${home}/new`}>
        <Page title={t('depots.new')} back={home} wide>
          <DepotForm depot={null} />
        </Page>
      </Route>
      <Route path={`${home}/:id`}>{({ id }) => page(id)}</Route>
      <Route>
        <DepotList depots={[...depots.values()].filter(({ removed }) => !removed)} />
      </Route>
    </Switch>
  );
}

function DepotList({ depots }: { depots: readonly DepotView[] }) {
  const { t } = useTranslation('admin');
  const stocks = useSupplyStore((store) => store.stocks);
  const words = useStockWords();
  return (
    <Page
      title={t('section.depots')}
      lead={t('depots.lead')}
      action={<AddLink href={`${home}/new`}>{t('depots.add')}</AddLink>}
    >
      {depots.length === 0 && (
        <StateBlock kind="empty" title={t('depots.empty')} text={t('depots.emptyText')} />
      )}
      <ul className={classes['list']}>
        {depots.map(({ id, name }) => (
          <Row
            key={id}
            href={`${home}/${id}`}
            before={<IconBuildingWarehouse size={24} aria-hidden />}
            name={name}
            about={words(stocks.get(storeKey({ kind: 'depot', id })))}
          />
        ))}
      </ul>
    </Page>
  );
}

type Typed = number | string;
type Draft = { name: string; lon: Typed; lat: Typed };

function DepotForm({ depot }: { depot: DepotView | null }) {
  const { t } = useTranslation(['admin', 'common']);
  const [, go] = useLocation();
  const [id] = useState(() => depot?.id ?? newId());
  const form = useForm<Draft>({
    name: depot?.name ?? '',
    lon: depot?.lon ?? '',
    lat: depot?.lat ?? '',
  });
  const { draft, change, at } = form;
  const { name, lon, lat } = draft;
  const save = async () => {
    const saved = await form.send(depotDraftSchema, { id, name, position: { lon, lat } }, (valid) =>
      api.depots.save.mutate(valid),
    );
    if (saved === null) return;
    notifyDone(t('admin:depots.saved'));
    go(home);
  };
  const coordinate = (field: 'lon' | 'lat', limit: number) => ({
    label: t(`admin:depots.${field}`),
    size: 'lg',
    value: draft[field],
    min: -limit,
    max: limit,
    decimalScale: placeDecimals,
    hideControls: true,
    error: form.fault?.fields.some((entry) => entry.field.startsWith(`position.${field}`))
      ? t('admin:depots.placeMissing')
      : null,
    onChange: (value: Typed) => change({ [field]: value }),
  });
  return (
    <div className={classes['split']}>
      <div className={classes['stack']}>
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
              label={t('admin:depots.name')}
              size="lg"
              maxLength={100}
              autoComplete="off"
              value={name}
              error={at('name')}
              onChange={(event) => change({ name: event.currentTarget.value })}
            />
            <fieldset className={classes['fieldset']}>
              <legend className={classes['legend']}>{t('admin:depots.place')}</legend>
              <p>{t('admin:depots.placeHint')}</p>
              <div className={classes['two']}>
                <NumberInput {...coordinate('lon', 180)} />
                <NumberInput {...coordinate('lat', 90)} />
              </div>
            </fieldset>
          </Form>
        </section>
        {depot && (
          <RemoveCard
            name={depot.name}
            words="depots"
            home={home}
            call={() => api.depots.remove.mutate({ id })}
          />
        )}
      </div>
      <PlaceMap
        place={typeof lon === 'number' && typeof lat === 'number' ? { lon, lat } : null}
        onPick={change}
      />
    </div>
  );
}
