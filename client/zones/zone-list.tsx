/** The areas that somebody drew, the heaviest first. */
import { useTranslation } from 'react-i18next';
import { useZones } from './store.ts';
import { useZoneWords } from './use-zone-words.ts';
import classes from './zone-list.module.css';

export function ZoneList(props: { chosenId: string | null; onSelect: (zoneId: string) => void }) {
  const { t } = useTranslation('zones');
  const zones = useZones();
  const zoneWords = useZoneWords();
  if (zones.length === 0) return <p className={classes['quiet']}>{t('none')}</p>;
  return zones.map((zone) => {
    const { hours, counts } = zoneWords(zone);
    return (
      <button
        key={zone.id}
        type="button"
        className={classes['row']}
        data-selected={zone.id === props.chosenId || undefined}
        onClick={() => props.onSelect(zone.id)}
      >
        <span className={classes['mark']} data-off={!counts || undefined} aria-hidden>
          ×{zone.weight}
        </span>
        <span className={classes['said']}>
          <strong>{zone.name}</strong>
          <span className={classes['quiet']}>
            {[
              t('weight', { weight: zone.weight }),
              hours,
              counts ? t('key.zoneOn') : t('key.zoneOff'),
              ...(zone.note === '' ? [] : [zone.note]),
            ].join(' · ')}
          </span>
        </span>
      </button>
    );
  });
}
