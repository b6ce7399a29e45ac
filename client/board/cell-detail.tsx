/** Why a cell is marked, and what its place is called. */
import { useTranslation } from 'react-i18next';
import { useFormat } from '../kernel/use-format.ts';
import { CloseButton } from '../ui/close-button.tsx';
import { ColdCard } from '../zones/cold-card.tsx';
import type { ColdPicture } from '../zones/picture.ts';
import { usePlaceWords } from '../zones/use-place-words.ts';
import type { ListedPlace } from './cold-scene.tsx';
import classes from './place-detail.module.css';
import { chooseCell } from './store.ts';

export function CellDetail({ picture, listed }: { picture: ColdPicture; listed: ListedPlace }) {
  const { t } = useTranslation('zones');
  const format = useFormat();
  const placeWords = usePlaceWords();
  const { place, name, team } = listed;
  const [lead = -1] = place.indices;
  const aside = [
    t('cell'),
    ...(place.indices.length > 1 ? [t('place.cells', { count: place.indices.length })] : []),
    ...(team === null
      ? []
      : [t('place.team', { team: team.name, distance: format.distance(team.meters) })]),
  ];
  return (
    <section className={classes['detail']} aria-label={t('cell')}>
      <header className={classes['top']}>
        <div className={classes['what']}>
          <h2>{placeWords(name)}</h2>
          <p className={classes['quiet']}>{aside.join(' · ')}</p>
        </div>
        <CloseButton onClose={() => chooseCell(null)} />
      </header>
      <div className={classes['part']}>
        <h3>{t('why.title')}</h3>
        <ColdCard picture={picture} index={lead} />
      </div>
    </section>
  );
}
