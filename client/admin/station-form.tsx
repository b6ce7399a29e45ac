/** One house; its place is a tap on the map or two typed numbers. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { stationDraftSchema } from '../../shared/stations/schema.ts';
import type { StationView } from '../../shared/stations/schema.ts';
import { api } from '../kernel/api.ts';
import { newId } from '../kernel/id.ts';
import { notifyDone } from '../ui/notify.tsx';
import classes from './page.module.css';
import { Form } from './page.tsx';
import { PlaceMap } from './place-map.tsx';
import { RemoveCard } from './remove-card.tsx';
import { inputOf, placeOf, start } from './station-draft.ts';
import { StationFields } from './station-fields.tsx';
import { useForm } from './use-form.ts';

const home = '/admin/stations';

export function StationForm({ station }: { station: StationView | null }) {
  const { t } = useTranslation(['admin', 'common']);
  const [, go] = useLocation();
  const [id] = useState(() => station?.id ?? newId());
  const form = useForm(start(station));
  const { draft, change } = form;
  const save = async () => {
    const saved = await form.send(stationDraftSchema, inputOf(id, draft), (valid) =>
      api.stations.save.mutate(valid),
    );
    if (saved === null) return;
    notifyDone(t('admin:stations.saved'));
    go(home);
  };
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
            <StationFields form={form} station={station} />
          </Form>
        </section>
        {station && (
          <RemoveCard
            name={station.name}
            words="stations"
            home={home}
            call={() => api.stations.remove.mutate({ id })}
          />
        )}
      </div>
      <PlaceMap place={placeOf(draft)} onPick={(place) => change(place)} />
    </div>
  );
}
