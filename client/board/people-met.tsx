/** Who was met at the chosen place and what happened, read when asked for: reading it is written down. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EncounterView } from '../../shared/dispatch/schema.ts';
import { api } from '../kernel/api.ts';
import { useAsked } from '../kernel/use-asked.ts';
import { useFormat } from '../kernel/use-format.ts';
import { MediaGallery } from '../media/media-gallery.tsx';
import { usePatrols } from '../patrols/store.ts';
import { AskedState } from '../ui/asked-state.tsx';
import { BigButton } from '../ui/big-button.tsx';
import classes from './place-detail.module.css';

export function PeopleMet({ clusterId }: { clusterId: string }) {
  const { t } = useTranslation('watch');
  const [open, setOpen] = useState(false);
  return (
    <div className={classes['part']}>
      <h3>{t('met.title')}</h3>
      {open ? (
        <Met clusterId={clusterId} />
      ) : (
        <BigButton onClick={() => setOpen(true)}>{t('met.show')}</BigButton>
      )}
    </div>
  );
}

function Met({ clusterId }: { clusterId: string }) {
  const { t } = useTranslation('watch');
  const { answer, fault, reload } = useAsked(
    () => api.dispatch.readEncounters.query({ clusterId }),
    clusterId,
  );
  if (answer === null || fault !== null) return <AskedState fault={fault} onRetry={reload} />;
  if (answer.length === 0) return <p className={classes['quiet']}>{t('met.none')}</p>;
  return answer.map((encounter) => <Person key={encounter.id} encounter={encounter} />);
}

function Person({ encounter }: { encounter: EncounterView }) {
  const { t } = useTranslation(['watch', 'dispatch', 'sightings']);
  const format = useFormat();
  const team = usePatrols((store) => store.teams.get(encounter.teamId ?? '')?.name ?? null);
  const { items, flags, note } = encounter;
  return (
    <div className={classes['owed']}>
      <p>
        <strong>{t(`dispatch:outcome.${encounter.outcome}`)}</strong>
        {' · '}
        {format.time(encounter.metAt)}
        {team !== null && ` · ${team}`}
      </p>
      {flags.length > 0 && (
        <p className={classes['quiet']}>
          {flags.map((flag) => t(`sightings:flag.${flag}`)).join(' · ')}
        </p>
      )}
      {items.length > 0 && (
        <p className={classes['quiet']}>
          {t('watch:met.gave', {
            items: items
              .map(({ item, quantity }) => `${t(`sightings:need.${item}`)} × ${quantity}`)
              .join(' · '),
          })}
        </p>
      )}
      {note !== '' && <p>{note}</p>}
      <MediaGallery subjectKind="encounter" subjectIds={[encounter.id]} />
    </div>
  );
}
