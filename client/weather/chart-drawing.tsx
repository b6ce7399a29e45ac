/** The drawn part of the chart: for the eye alone, its words stand beside it. */
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { linePath } from './chart-shape.ts';
import type { Drawn } from './chart-shape.ts';
import { ChartWords } from './chart-words.tsx';
import classes from './weather-chart.module.css';
import { isGap, runsOf } from './hours.ts';
import type { Run } from './hours.ts';

export function ChartDrawing(props: Drawn) {
  const { shape } = props;
  const hatch = `hatch${useId()}`;
  return (
    <>
      <defs>
        <pattern
          id={hatch}
          width="7"
          height="7"
          patternUnits="userSpaceOnUse"
          patternTransform="rotate(45)"
        >
          <rect width="1.5" height="7" className={classes['hatch']} />
        </pattern>
      </defs>
      <Nights {...props} />
      <Covers {...props} />
      <Grid {...props} />
      <Thresholds {...props} />
      <Bars {...props} />
      <path
        className={classes['air']}
        d={linePath(
          props.hours.map(({ temperatureCelsius }) => temperatureCelsius),
          shape.x,
          shape.temperature.y,
        )}
      />
      <path
        className={classes['feltLine']}
        d={linePath(
          props.hours.map(({ feltCelsius }) => feltCelsius),
          shape.x,
          shape.temperature.y,
        )}
      />
      <Gaps {...props} fill={`url(#${hatch})`} />
      <Cursor {...props} />
      <ChartWords {...props} />
    </>
  );
}

const spanOf = ({ shape }: Drawn, { from, to }: Run) => ({
  x: shape.left + from * shape.column,
  width: (to - from + 1) * shape.column,
});

function Nights(props: Drawn) {
  const { t } = useTranslation('weatherDesk');
  const { hours, shape } = props;
  return runsOf(hours, ({ night }) => night).map((run) => {
    const span = spanOf(props, run);
    return (
      <g key={run.from}>
        <rect
          {...span}
          y={shape.temperature.top}
          height={shape.falls.bottom - shape.temperature.top}
          className={classes['night']}
        />
        {span.width > 40 && (
          <text x={span.x + 4} y={shape.temperature.bottom - 5} className={classes['small']}>
            {t('night')}
          </text>
        )}
      </g>
    );
  });
}

function Covers(props: Drawn) {
  const { shape, covers } = props;
  if (covers === null) return null;
  return (
    <rect
      {...spanOf(props, covers)}
      y={shape.temperature.top - 12}
      height={8}
      rx={3}
      className={classes['covers']}
    />
  );
}

function Grid({ hours, shape, clock, day }: Drawn) {
  const { temperature, falls, wind } = shape;
  return (
    <>
      {temperature.ticks.map((celsius) => (
        <g key={celsius}>
          <line
            x1={shape.left}
            x2={shape.right}
            y1={temperature.y(celsius)}
            y2={temperature.y(celsius)}
            className={celsius === 0 ? classes['zero'] : classes['grid']}
          />
          <text
            x={shape.left - 6}
            y={temperature.y(celsius) + 4}
            textAnchor="end"
            className={classes['tick']}
          >
            {celsius < 0 ? `−${-celsius}` : celsius}°
          </text>
        </g>
      ))}
      {[wind.bottom, falls.bottom].map((y) => (
        <line key={y} x1={shape.left} x2={shape.right} y1={y} y2={y} className={classes['grid']} />
      ))}
      {hours.map((hour, index) => {
        const [clockHour] = clock(hour.at).split(':');
        if (Number(clockHour) % shape.every !== 0) return null;
        const x = shape.left + index * shape.column;
        if (x > shape.right - 18) return null;
        return (
          <g key={hour.at}>
            <line
              x1={x}
              x2={x}
              y1={temperature.top}
              y2={falls.bottom + 4}
              className={Number(clockHour) === 0 ? classes['midnight'] : classes['grid']}
            />
            <text x={x} y={falls.bottom + 17} textAnchor="middle" className={classes['tick']}>
              {Number(clockHour) === 0 ? day(hour.at) : clockHour}
            </text>
          </g>
        );
      })}
    </>
  );
}

function Thresholds({ shape, thresholds }: Drawn) {
  const { y } = shape.temperature;
  return thresholds.map(({ level, celsius }) => (
    <line
      key={`${level} ${celsius}`}
      data-level={level}
      x1={shape.left}
      x2={shape.right}
      y1={y(celsius)}
      y2={y(celsius)}
      className={classes['threshold']}
    />
  ));
}

function Bars({ hours, shape }: Drawn) {
  const { wind, falls } = shape;
  const bar = (index: number) => ({
    x: shape.x(index) - shape.column * 0.35,
    width: shape.column * 0.7,
  });
  return (
    <>
      {hours.map((hour, index) => (
        <g key={hour.at}>
          {hour.windKmh !== null && (
            <rect
              {...bar(index)}
              y={wind.y(hour.windKmh)}
              height={wind.bottom - wind.y(hour.windKmh)}
              className={classes['windBar']}
            />
          )}
          {hour.precipitationMm !== null && hour.precipitationMm > 0 && (
            <rect
              {...bar(index)}
              y={falls.y(hour.precipitationMm)}
              height={falls.bottom - falls.y(hour.precipitationMm)}
              className={classes[hour.wet ? 'wetBar' : 'fallBar']}
            />
          )}
        </g>
      ))}
    </>
  );
}

/** What nobody told is hatched over its whole height, with the word where there is room. */
function Gaps(props: Drawn & { fill: string }) {
  const { t } = useTranslation('weatherDesk');
  const { hours, shape, fill } = props;
  return runsOf(hours, isGap).map((run) => {
    const span = spanOf(props, run);
    const count = run.to - run.from + 1;
    return (
      <g key={run.from}>
        <rect
          {...span}
          y={shape.temperature.top}
          height={shape.falls.bottom - shape.temperature.top}
          fill={fill}
        />
        {span.width > 84 && (
          <text
            x={span.x + span.width / 2}
            y={(shape.temperature.top + shape.temperature.bottom) / 2}
            textAnchor="middle"
            className={classes['gapWords']}
          >
            {t('gap', { count })}
          </text>
        )}
      </g>
    );
  });
}

function Cursor({ hours, shape, chosen, now }: Drawn) {
  const hour = hours[chosen];
  const nowX = shape.left + now * shape.column;
  return (
    <>
      <line
        x1={nowX}
        x2={nowX}
        y1={shape.temperature.top - 4}
        y2={shape.falls.bottom}
        className={classes['nowLine']}
      />
      <line
        x1={shape.x(chosen)}
        x2={shape.x(chosen)}
        y1={shape.temperature.top}
        y2={shape.falls.bottom}
        className={classes['cursor']}
      />
      {hour?.feltCelsius !== null && hour !== undefined && (
        <circle
          cx={shape.x(chosen)}
          cy={shape.temperature.y(hour.feltCelsius)}
          r={5}
          className={classes['dot']}
        />
      )}
    </>
  );
}
