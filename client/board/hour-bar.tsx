/** The slider over the map: which hour the cells are shown for. */
import { HourSlider } from '../zones/hour-slider.tsx';
import { useCold } from '../zones/store.ts';
import { useColdScene } from './cold-scene.tsx';
import classes from './hour-bar.module.css';
import { useBoard } from './store.ts';

export function HourBar() {
  const { feltThere } = useColdScene();
  const { hoursAhead, showCells } = useBoard();
  const known = useCold((cold) => cold.field !== null);
  if (!showCells || !known) return null;
  return (
    <div className={classes['bar']}>
      <HourSlider
        hoursAhead={hoursAhead}
        feltThere={feltThere}
        onChange={(hours) => useBoard.setState({ hoursAhead: hours })}
      />
    </div>
  );
}
