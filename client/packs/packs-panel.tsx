/** "Take this area along": its size before, progress during, and what is on the device already. */
import { IconDownload, IconRefresh, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CityView } from '../../shared/cities/schema.ts';
import { useFormat } from '../kernel/use-format.ts';
import type { Pack } from '../map/tiles/shelf.ts';
import { BigButton } from '../ui/big-button.tsx';
import { ChipToggles } from '../ui/chip-toggle.tsx';
import { askToConfirm } from '../ui/confirm.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { notifyDone } from '../ui/notify.tsx';
import classes from './packs.module.css';
import { sizeOf } from './size.ts';
import { useMeasure, usePacks } from './use-packs.ts';
import type { Area, Measure } from './use-packs.ts';

type Packs = ReturnType<typeof usePacks>;

/** `areas`: what can be taken, such as the team's own area and what the map shows. */
export function PacksPanel(props: { city: CityView; areas: readonly Area[] }) {
  const { t } = useTranslation('packs');
  const packs = usePacks(props.city);
  if (props.city.basemap.kind !== 'pmtiles')
    return (
      <section className={classes['panel']}>
        <h2 className={classes['title']}>{t('title')}</h2>
        <p className={classes['text']}>{t('dataOnly')}</p>
      </section>
    );
  return (
    <section className={classes['panel']}>
      <h2 className={classes['title']}>{t('title')}</h2>
      <p className={classes['text']}>{t('intro')}</p>
      {packs.fetching ? (
        <Progress fetching={packs.fetching} />
      ) : (
        <Choice city={props.city} areas={props.areas} packs={packs} />
      )}
      <Kept packs={packs} />
    </section>
  );
}

function Choice(props: { city: CityView; areas: readonly Area[]; packs: Packs }) {
  const { t } = useTranslation('packs');
  const [key, setKey] = useState(props.areas[0]?.key ?? null);
  const area = props.areas.find((candidate) => candidate.key === key) ?? props.areas[0] ?? null;
  const measure = useMeasure(props.city, area?.bounds ?? null);
  if (area === null) return null;
  const take = async () => {
    if (measure?.state !== 'known') return;
    if (await props.packs.take(area, measure.plan)) notifyDone(t('done', { name: area.name }));
  };
  const roomy = measure?.state === 'known' && (measure.freeBytes ?? Infinity) > measure.plan.bytes;
  return (
    <div className={classes['choice']}>
      {props.areas.length > 1 && (
        <ChipToggles
          label={t('title')}
          chips={props.areas.map((each) => ({ key: each.key, label: each.name }))}
          chosen={new Set([area.key])}
          onToggle={setKey}
        />
      )}
      <p className={classes['text']} role="status">
        <MeasureWords measure={measure} />
      </p>
      <BigButton
        tone="main"
        icon={<IconDownload size={22} aria-hidden />}
        disabled={!roomy}
        onClick={() => void take()}
      >
        {t('take')}
      </BigButton>
    </div>
  );
}

function MeasureWords({ measure }: { measure: Measure | null }) {
  const { t } = useTranslation('packs');
  if (measure === null || measure.state === 'measuring') return t('measuring');
  if (measure.state !== 'known') return t(measure.state);
  const { plan, freeBytes } = measure;
  if (freeBytes !== null && freeBytes <= plan.bytes)
    return t('noRoom', { size: sizeOf(plan.bytes), free: sizeOf(freeBytes) });
  return t('size', { size: sizeOf(plan.bytes), count: plan.tiles });
}

function Progress({ fetching }: { fetching: NonNullable<Packs['fetching']> }) {
  const { t } = useTranslation('packs');
  const words = t('progress', { done: sizeOf(fetching.bytes), total: sizeOf(fetching.total) });
  return (
    <div className={classes['choice']}>
      <progress
        className={classes['progress']}
        value={fetching.bytes}
        max={fetching.total}
        aria-label={words}
      />
      <p className={classes['text']}>{words}</p>
      <BigButton onClick={fetching.stop}>{t('cancel')}</BigButton>
    </div>
  );
}

function Kept({ packs }: { packs: Packs }) {
  const { t } = useTranslation('packs');
  if (packs.packs === null) return null;
  if (packs.packs.length === 0)
    return packs.fetching === null ? <p className={classes['quiet']}>{t('none')}</p> : null;
  return (
    <>
      <h3 className={classes['small']}>{t('onDevice')}</h3>
      <ul className={classes['list']}>
        {packs.packs.map((pack) => (
          <KeptRow key={pack.id} pack={pack} packs={packs} />
        ))}
      </ul>
    </>
  );
}

function KeptRow({ pack, packs }: { pack: Pack; packs: Packs }) {
  const { t } = useTranslation('packs');
  const format = useFormat();
  const under = packs.fetching?.packId === pack.id;
  const remove = async () => {
    const sure = await askToConfirm({
      title: t('removeTitle', { name: pack.name }),
      text: t('removeText'),
      confirm: t('remove'),
      danger: true,
    });
    if (sure) await packs.remove(pack);
  };
  const renewWord = pack.complete ? t('refresh') : t('goOn');
  return (
    <li className={classes['row']}>
      <div className={classes['words']}>
        <strong>{pack.name}</strong>
        <span className={classes['quiet']}>
          {t('taken', { size: sizeOf(pack.bytes), ago: format.ago(pack.takenAt) })}
          {!pack.complete && !under && ` · ${t('incomplete')}`}
        </span>
        {packs.brokenId === pack.id && <span>{t('broken')}</span>}
      </div>
      <IconButton
        outlined
        label={`${renewWord}: ${pack.name}`}
        disabled={packs.fetching !== null}
        onClick={() => void packs.renew(pack)}
      >
        <IconRefresh size={22} aria-hidden />
      </IconButton>
      <IconButton
        outlined
        label={`${t('remove')}: ${pack.name}`}
        disabled={under}
        onClick={() => void remove()}
      >
        <IconTrash size={22} aria-hidden />
      </IconButton>
    </li>
  );
}
