/** "Where to go now": the places where help is owed most, each with its reason in one line and who is nearest. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { explainDebt } from '../../shared/zones/debt.ts';
import { useFormat } from '../kernel/use-format.ts';
import { BigButton } from '../ui/big-button.tsx';
import { StateBlock } from '../ui/state-block.tsx';
import { useSteadyOrder } from '../ui/use-steady-order.ts';
import { ColdState } from '../zones/cold-state.tsx';
import type { ColdPicture } from '../zones/picture.ts';
import { StepMark } from '../zones/step-mark.tsx';
import { useColdLine } from '../zones/use-cell-words.ts';
import { usePlaceWords } from '../zones/use-place-words.ts';
import { useColdScene } from './cold-scene.tsx';
import type { ListedPlace } from './cold-scene.tsx';
import classes from './queue.module.css';
import { chooseCell, useBoard } from './store.ts';

const pageSize = 10;
const idOf = ({ place }: ListedPlace): string => place.id;

export function PlaceRows() {
  const { t } = useTranslation(['zones', 'board']);
  const format = useFormat();
  const { picture, places } = useColdScene();
  const [shown, setShown] = useState(pageSize);
  const { ordered, touch } = useSteadyOrder(places, idOf);
  if (picture === null) return <ColdState />;
  const ahead = picture.hoursAhead > 0;
  const time = format.time(new Date(picture.circumstances.atMs).toISOString());
  const left = ordered.length - shown;
  return (
    <>
      <ColdState />
      {ordered.length === 0 && (
        <StateBlock
          kind="empty"
          compact
          title={t('zones:where.none')}
          text={t('zones:where.noneText')}
        />
      )}
      {ordered.length > 0 && (
        <p className={ahead ? classes['late'] : classes['quiet']} aria-live="polite">
          {ahead ? t('zones:where.leadAhead', { time }) : t('zones:where.lead')}
        </p>
      )}
      <div className={classes['rows']} onPointerDown={touch} onWheel={touch}>
        {ordered.slice(0, shown).map((listed) => (
          <Row key={listed.place.id} listed={listed} picture={picture} />
        ))}
      </div>
      {left > 0 && (
        <BigButton tone="quiet" onClick={() => setShown((count) => count + pageSize)}>
          {t('board:moreShown', { count: Math.min(left, pageSize) })}
        </BigButton>
      )}
    </>
  );
}

function Row({ listed, picture }: { listed: ListedPlace; picture: ColdPicture }) {
  const { t } = useTranslation('zones');
  const format = useFormat();
  const placeWords = usePlaceWords();
  const coldLine = useColdLine();
  const { place, name, team } = listed;
  const selected = useBoard((board) => board.cell === place.id);
  const [lead = -1] = place.indices;
  const reasons = explainDebt(picture.field, lead, picture.circumstances);
  const aside = [
    ...(place.indices.length > 1 ? [t('place.cells', { count: place.indices.length })] : []),
    ...(team === null
      ? []
      : [t('place.team', { team: team.name, distance: format.distance(team.meters) })]),
  ];
  return (
    <button
      type="button"
      className={classes['row']}
      data-selected={selected || undefined}
      onClick={() => chooseCell(place.id, true)}
    >
      <span className={classes['head']}>
        <StepMark step={place.step} />
        <strong>{placeWords(name)}</strong>
      </span>
      <span>{coldLine(reasons)}</span>
      {aside.length > 0 && <span className={classes['quiet']}>{aside.join(' · ')}</span>}
    </button>
  );
}
