/** The coming 48 hours: drawn, to be gone through hour by hour with keys or a finger, and as a table. */
import { useEffect, useId, useMemo, useRef, useState } from 'react';
import type { PointerEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { HourSeries } from '../../shared/weather/schema.ts';
import { useFormat } from '../kernel/use-format.ts';
import { ChartDrawing } from './chart-drawing.tsx';
import { chartShape } from './chart-shape.ts';
import type { Threshold } from './chart-shape.ts';
import { coldestOf, isGap, runsOf, shownHours } from './hours.ts';
import type { LocalNight, ShownHour } from './hours.ts';
import { HourTable } from './hour-table.tsx';
import { useHourWords } from './use-hour-words.ts';
import classes from './weather-chart.module.css';

const before = 3;
const count = before + 48;
const usualWidth = 640;

/** As wide as its place is, in px. */
function useWidth() {
  const place = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(usualWidth);
  useEffect(() => {
    const element = place.current;
    if (!element) return undefined;
    const measure = () => element.clientWidth > 0 && setWidth(element.clientWidth);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return { place, width };
}

export function WeatherChart(props: {
  series: HourSeries;
  local: LocalNight;
  thresholds?: readonly Threshold[];
  /** the hours a proposal covers */
  covers?: { fromAt: string; untilAt: string } | null;
}) {
  const { series, local, thresholds = [], covers = null } = props;
  const format = useFormat();
  const { now } = format;
  const { timeZone, fromHour, toHour } = local;
  const hourNow = Math.floor(now / 3_600_000);
  const hours = useMemo(
    () =>
      shownHours(series, hourNow * 3_600_000, { timeZone, fromHour, toHour }, { before, count }),
    [series, hourNow, timeZone, fromHour, toHour],
  );
  const { place, width } = useWidth();
  const [chosenAt, setChosenAt] = useState<string | null>(null);
  const shape = useMemo(() => chartShape(hours, thresholds, width), [hours, thresholds, width]);
  const known = hours.findIndex(({ at }) => at === chosenAt);
  const chosen = known === -1 ? before : known;
  const choose = (index: number) =>
    setChosenAt(hours[Math.min(Math.max(index, 0), hours.length - 1)]?.at ?? null);
  const point = ({ clientX, currentTarget }: PointerEvent<SVGSVGElement>) =>
    choose(
      Math.floor(
        (clientX - currentTarget.getBoundingClientRect().left - shape.left) / shape.column,
      ),
    );
  const clock = useMemo(() => clockOf(timeZone), [timeZone]);
  const covered = covers === null ? [] : runsOf(hours, ({ at }) => isIn(at, covers));
  return (
    <figure className={classes['chart']}>
      <div ref={place}>
        <svg
          viewBox={`0 0 ${shape.width} ${shape.height}`}
          height={shape.height}
          className={classes['drawing']}
          aria-hidden
          onPointerDown={point}
          onPointerMove={(event) => event.pointerType === 'mouse' && point(event)}
        >
          <ChartDrawing
            {...{ hours, shape, thresholds, chosen, clock }}
            now={before}
            day={format.date}
            covers={covered[0] ?? null}
          />
        </svg>
      </div>
      <HourSlider hours={hours} chosen={chosen} onChoose={choose} />
      <Key covered={covers !== null} thresholds={thresholds} />
      <Summary hours={hours.slice(before)} />
      <GapWords hours={hours.slice(before)} />
      <HourTable hours={hours.slice(before)} />
    </figure>
  );
}

const isIn = (at: string, span: { fromAt: string; untilAt: string }): boolean =>
  Date.parse(at) >= Date.parse(span.fromAt) && Date.parse(at) < Date.parse(span.untilAt);

const clockOf = (timeZone: string) => {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  return (at: string) => format.format(Date.parse(at));
};

/** One hour after the other by the arrow keys; what it is like stands above and is read out. */
function HourSlider(props: {
  hours: readonly ShownHour[];
  chosen: number;
  onChoose: (index: number) => void;
}) {
  const { t } = useTranslation('weatherDesk');
  const { hours, chosen, onChoose } = props;
  const id = useId();
  const words = useHourWords();
  const hour = hours[chosen];
  if (hour === undefined) return null;
  return (
    <div className={classes['slider']}>
      <label htmlFor={id} className={classes['readout']}>
        <span className={classes['spoken']}>{t('hour')}</span> {words(hour)}
      </label>
      <input
        id={id}
        type="range"
        min={0}
        max={hours.length - 1}
        value={chosen}
        aria-valuetext={words(hour)}
        onChange={(event) => onChoose(Number(event.currentTarget.value))}
      />
    </div>
  );
}

function Key({ covered, thresholds }: { covered: boolean; thresholds: readonly Threshold[] }) {
  const { t } = useTranslation('weatherDesk');
  return (
    <ul className={classes['key']} aria-hidden>
      <li data-key="felt">{t('felt')}</li>
      <li data-key="air">{t('temperature')}</li>
      {thresholds.length > 0 && <li data-key="threshold">{t('rulesLines')}</li>}
      {covered && <li data-key="covers">{t('covered')}</li>}
    </ul>
  );
}

function Summary({ hours }: { hours: readonly ShownHour[] }) {
  const { t } = useTranslation('weatherDesk');
  const format = useFormat();
  const coldest = coldestOf(hours);
  const air = hours.map(({ temperatureCelsius }) => temperatureCelsius ?? Infinity);
  if (coldest === null) return <figcaption>{t('summaryNone')}</figcaption>;
  const temperature = (celsius: number | null) =>
    celsius === null || celsius === Infinity ? t('notTold') : format.temperature(celsius);
  return (
    <figcaption>
      {t('summary', {
        felt: temperature(coldest.feltCelsius),
        time: format.time(coldest.at),
        temperature: temperature(Math.min(...air)),
      })}
    </figcaption>
  );
}

/** Said in words what is hatched: a gap is never read as mild. */
function GapWords({ hours }: { hours: readonly ShownHour[] }) {
  const { t } = useTranslation('weatherDesk');
  const format = useFormat();
  const gaps = runsOf(hours, isGap);
  if (gaps.length === 0) return null;
  const end = (index: number) => new Date(Date.parse(hours[index]!.at) + 3_600_000).toISOString();
  return (
    <p className={classes['gaps']}>
      {t('gapsTitle')}{' '}
      {gaps
        .map(({ from, to }) =>
          t('gapSpan', { from: format.time(hours[from]!.at), to: format.time(end(to)) }),
        )
        .join(' · ')}
    </p>
  );
}
