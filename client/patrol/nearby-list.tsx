/** "Where to go now": what is owed near, each with the minutes of way and why. */
import { IconUserHeart } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { NearbyVisit } from '../../shared/patrols/nearby.ts';
import { explainDebt } from '../../shared/zones/debt.ts';
import { pictureOf } from '../key-points/pictures.tsx';
import { useDueWords } from '../key-points/use-due-words.ts';
import { useFormat } from '../kernel/use-format.ts';
import { BigButton } from '../ui/big-button.tsx';
import type { ColdPicture } from '../zones/picture.ts';
import { StepMark } from '../zones/step-mark.tsx';
import { useColdLine } from '../zones/use-cell-words.ts';
import { usePlaceWords } from '../zones/use-place-words.ts';
import { useHere } from './here.ts';
import classes from './panel.module.css';
import { choose, usePatrolScreen } from './store.ts';
import type { NearbyThing } from './use-nearby.ts';
import { useSteadyOrder } from '../ui/use-steady-order.ts';

const page = 6;
const idOf = ({ visit }: NearbyVisit<NearbyThing>): string => visit.id;

export function NearbyList(props: {
  nearby: readonly NearbyVisit<NearbyThing>[];
  /** of the cells among them */
  picture: ColdPicture | null;
}) {
  const { t } = useTranslation('patrol');
  const [shown, setShown] = useState(page);
  const { ordered, touch } = useSteadyOrder(props.nearby, idOf);
  if (ordered.length === 0) return <p className={classes['quiet']}>{t('noWhere')}</p>;
  return (
    <div className={classes['list']} onPointerDown={touch} onWheel={touch}>
      {ordered.slice(0, shown).map((each) => (
        <Row key={each.visit.id} nearby={each} picture={props.picture} />
      ))}
      {ordered.length > shown && (
        <BigButton tone="quiet" onClick={() => setShown((count) => count + page)}>
          {t('moreShown', { count: Math.min(page, ordered.length - shown) })}
        </BigButton>
      )}
    </div>
  );
}

function Row(props: { nearby: NearbyVisit<NearbyThing>; picture: ColdPicture | null }) {
  const { nearby } = props;
  const { visit } = nearby;
  const chosen = usePatrolScreen((screen) => screen.choice?.id === visit.id);
  const way = useWayWords()(nearby);
  const { title, why, sign } = useSaid(visit, props.picture);
  return (
    <button
      type="button"
      className={classes['row']}
      data-selected={chosen || undefined}
      onClick={() => choose({ kind: visit.kind, id: visit.id }, true)}
    >
      <span className={classes['facts']}>
        <span className={classes['nearHead']}>
          {sign}
          <strong>{title}</strong>
          <span className={classes['end']}>{way}</span>
        </span>
        <span className={classes['quiet']}>{why}</span>
      </span>
    </button>
  );
}

function useWayWords(): (nearby: NearbyVisit<NearbyThing>) => string | null {
  const { t } = useTranslation('patrol');
  const unknown = useHere((store) => store.here === null);
  return ({ wayMinutes }) =>
    unknown ? null : t('way', { count: Math.max(1, Math.round(wayMinutes)) });
}

function useSaid(visit: NearbyThing, picture: ColdPicture | null) {
  const { t } = useTranslation(['patrol', 'keyPoints', 'dispatch', 'zones', 'sightings']);
  const format = useFormat();
  const dueWords = useDueWords();
  const coldLine = useColdLine();
  const placeWords = usePlaceWords();
  if (visit.kind === 'keyPoint') {
    const { keyPoint } = visit.judged;
    const Picture = pictureOf[keyPoint.kind];
    return {
      title: keyPoint.name,
      why: `${t(`keyPoints:kind.${keyPoint.kind}`)} · ${dueWords(visit.judged)}`,
      sign: (
        <span aria-hidden>
          <Picture size={24} />
        </span>
      ),
    };
  }
  if (visit.kind === 'recheck') {
    const { recheck } = visit;
    const left = visit.dueMs - format.now;
    const flags = recheck.flags.map((flag) => t(`sightings:flag.${flag}`));
    return {
      title:
        left < 0
          ? t('dispatch:recheck.overdue', { duration: format.duration(-left) })
          : t('dispatch:recheck.due', { duration: format.duration(left) }),
      why: [t(`dispatch:outcome.${recheck.outcome}`), ...flags].join(' · '),
      sign: <IconUserHeart size={24} aria-hidden />,
    };
  }
  const { place, name } = visit.cold;
  const [lead = -1] = place.indices;
  return {
    title: placeWords(name),
    why: picture === null ? '' : coldLine(explainDebt(picture.field, lead, picture.circumstances)),
    sign: <StepMark step={place.step} />,
  };
}
