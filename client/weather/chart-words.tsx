/** The words on the chart: over everything that is drawn, so that no line goes through them. */
import { useTranslation } from 'react-i18next';
import { labelled } from './chart-shape.ts';
import type { Drawn } from './chart-shape.ts';
import classes from './weather-chart.module.css';
import { runsOf } from './hours.ts';
import type { ShownHour } from './hours.ts';

export function ChartWords({ hours, shape, thresholds, now }: Drawn) {
  const { t } = useTranslation('weatherDesk');
  const { temperature, wind, falls } = shape;
  const small = { className: classes['small'] };
  return (
    <>
      {[...labelled(thresholds, temperature.y)].map(({ level, celsius, words }) => (
        <text
          key={`${level} ${celsius}`}
          x={shape.right - 2}
          y={temperature.y(celsius) - 5}
          textAnchor="end"
          {...small}
        >
          {words}
        </text>
      ))}
      <text x={shape.left + now * shape.column + 4} y={temperature.top + 10} {...small}>
        {t('now')}
      </text>
      <text x={shape.left} y={wind.top - 5} {...small}>
        {t('wind')} ≤ {t('windValue', { wind: Math.round(wind.most) })}
      </text>
      <text x={shape.left} y={falls.top - 5} {...small}>
        {t('falls')}
        {fallingRuns(hours).map(({ run, kinds }) => (
          <tspan
            key={run.from}
            {...(shape.x(run.from) < shape.left + fallsWidth
              ? { dx: 12 }
              : { x: shape.x(run.from) })}
          >
            {kinds.map((kind) => t(`fallingShort.${kind}`)).join(' · ')}
          </tspan>
        ))}
      </text>
    </>
  );
}

/** What begins this near to the word before it stands behind it. */
const fallsWidth = 90;

/** Hours of one fall, each kind in it once; a fall that begins where the last one is still written says nothing more. */
function fallingRuns(hours: readonly ShownHour[]) {
  let free = 0;
  return runsOf(hours, ({ falling }) => falling !== null && falling !== 'none').flatMap((run) => {
    if (run.from < free) return [];
    free = run.to + hoursBetweenWords;
    const all = hours.slice(run.from, run.to + 1).map(({ falling }) => falling);
    return [{ run, kinds: [...new Set(all)].filter((kind) => kind !== null && kind !== 'none') }];
  });
}
const hoursBetweenWords = 8;
