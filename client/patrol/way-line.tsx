/** The way there: minutes, length, arrival; the next turn in words, and the whole list on a tap. */
import { IconChevronDown, IconChevronUp, IconCornerUpRight } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DispatchView } from '../../shared/dispatch/schema.ts';
import type { PlanStop } from '../../shared/planning/schema.ts';
import { useFormat } from '../kernel/use-format.ts';
import { TravelTime } from '../roads/travel-time.tsx';
import { useManoeuvreWords } from '../roads/use-manoeuvre-words.ts';
import { useHere } from './here.ts';
import classes from './next-stop.module.css';
import { useTaskPlans } from './task-plans.ts';
import { wayAhead } from './way-ahead.ts';
import type { WayAhead } from './way-ahead.ts';

const minuteMs = 60_000;

export function WayLine({ dispatch, stop }: { dispatch: DispatchView; stop: PlanStop }) {
  const { t } = useTranslation('patrol');
  const format = useFormat();
  const here = useHere((store) => store.here);
  const way = useTaskPlans((store) => (store.way?.dispatchId === dispatch.id ? store.way : null));
  const ahead = way === null ? null : wayAhead(way.leg, here);
  const moving = dispatch.state === 'en_route' || dispatch.state === 'on_scene';
  // On the way the road itself knows best; before that the plan does: they may have something else to do first.
  const minutes = ahead === null ? stop.wayMinutes : Math.round(ahead.secondsLeft / 60);
  const arriveAt =
    ahead !== null && moving
      ? new Date(format.now + ahead.secondsLeft * 1000).toISOString()
      : stop.arriveAt;
  const passed = Date.parse(arriveAt) < format.now - minuteMs;
  return (
    <div className={classes['way']}>
      <p className={classes['ways']}>
        <strong>
          <TravelTime
            minutes={Math.max(1, minutes)}
            estimated={way === null ? stop.estimated : way.estimated}
          />
        </strong>
        <span>{format.distance(ahead?.metersLeft ?? stop.wayMeters)}</span>
        {!passed && <span>{t('next.arrive', { time: format.time(arriveAt) })}</span>}
      </p>
      {way !== null && !way.estimated && ahead !== null && ahead.manoeuvres.length > 0 && (
        <Turns ahead={ahead} />
      )}
    </div>
  );
}

function Turns({ ahead }: { ahead: WayAhead }) {
  const { t } = useTranslation('patrol');
  const format = useFormat();
  const phrase = useManoeuvreWords();
  const [open, setOpen] = useState(false);
  const [next] = ahead.manoeuvres;
  const Chevron = open ? IconChevronUp : IconChevronDown;
  return (
    <>
      <button
        type="button"
        className={classes['turn']}
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        <IconCornerUpRight size={26} aria-hidden />
        <span>
          {t('next.turnIn', {
            distance: format.distance(ahead.metersToNext),
            turn: phrase(next!),
          })}
        </span>
        <Chevron size={24} aria-hidden />
      </button>
      {open && (
        <ol className={classes['turns']} aria-label={t('next.turns')}>
          {ahead.manoeuvres.map((manoeuvre) => (
            <li key={`${manoeuvre.kind} ${manoeuvre.at.lon} ${manoeuvre.at.lat}`}>
              {phrase(manoeuvre)}
              {manoeuvre.meters > 0 && <span> · {format.distance(manoeuvre.meters)}</span>}
            </li>
          ))}
        </ol>
      )}
    </>
  );
}
