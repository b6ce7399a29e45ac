/** A running shift in a few lines: since when, how many people, which agencies, with what. */
import { useTranslation } from 'react-i18next';
import type { ShiftView } from '../../shared/shifts/schema.ts';
import { useFormat } from '../kernel/use-format.ts';
import classes from './shifts.module.css';

export function ShiftFacts(props: { shift: ShiftView; areaName: string | null }) {
  const { t } = useTranslation('shifts');
  const format = useFormat();
  const { shift } = props;
  const joint = shift.agencies.length > 1;
  const agencies = shift.agencies.map((agency) => t(`agency.${agency}`)).join(' · ');
  return (
    <div className={classes['facts']}>
      <p>
        <strong>
          {t('running.since', {
            time: format.time(shift.startedAt),
            duration: format.duration(format.now - Date.parse(shift.startedAt)),
          })}
        </strong>
      </p>
      <p>
        {t('running.crew', { count: shift.memberCount })} ·{' '}
        {joint ? t('running.joint_of', { agencies }) : agencies}
      </p>
      <p className={classes['quiet']}>
        {[
          shift.vehicle === ''
            ? t('running.onFoot')
            : t('running.vehicle', { vehicle: shift.vehicle }),
          ...(props.areaName === null ? [] : [t('running.area', { area: props.areaName })]),
        ].join(' · ')}
      </p>
    </div>
  );
}
