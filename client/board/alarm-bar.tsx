/** A crew that calls for help, or that was not heard of: above everything else on the board until somebody ended it. */
import { IconVolume, IconVolumeOff } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AlarmView } from '../../shared/crew/schema.ts';
import { useAlarms } from '../crew/store.ts';
import { api } from '../kernel/api.ts';
import { faultOf } from '../kernel/fault.ts';
import { useFaultWords } from '../kernel/use-fault-words.ts';
import { useFormat } from '../kernel/use-format.ts';
import { usePatrols } from '../patrols/store.ts';
import { Ago } from '../ui/ago.tsx';
import { BigButton } from '../ui/big-button.tsx';
import { askToConfirm } from '../ui/confirm.tsx';
import { notifyDone, notifyFault } from '../ui/notify.tsx';
import classes from './alarm-bar.module.css';
import { lookAt } from './store.ts';
import { useAlarmSound } from './use-alarm-sound.ts';

/** Later than this between raising and hearing: it waited for a network. */
const lateMs = 60_000;

export function AlarmBar(props: { mayAct: boolean }) {
  const { t } = useTranslation('watch');
  const alarms = useAlarms();
  const calls = alarms.filter((alarm) => alarm.kind === 'sos' && alarm.acknowledgedAt === null);
  const sounding = calls.length > 0;
  const { muted, toggle } = useAlarmSound(calls.map(({ id }) => id));
  if (alarms.length === 0) return null;
  return (
    <section className={classes['bar']} aria-label={t('alarms')}>
      {alarms.map((alarm) => (
        <AlarmRow key={alarm.id} alarm={alarm} mayAct={props.mayAct} />
      ))}
      {sounding && (
        <button
          type="button"
          className={classes['sound']}
          aria-pressed={muted}
          aria-label={t(muted ? 'loud' : 'quiet')}
          title={t(muted ? 'loud' : 'quiet')}
          onClick={toggle}
        >
          {muted ? <IconVolumeOff size={22} aria-hidden /> : <IconVolume size={22} aria-hidden />}
        </button>
      )}
    </section>
  );
}

function AlarmRow({ alarm, mayAct }: { alarm: AlarmView; mayAct: boolean }) {
  const { t } = useTranslation('watch');
  const format = useFormat();
  const { sentence } = useFaultWords();
  const team = usePatrols((store) => store.teams.get(alarm.teamId)?.name ?? '');
  const [busy, setBusy] = useState(false);
  const { lon, lat, positionedAt } = alarm;
  const run = async (work: () => Promise<unknown>, done?: string) => {
    setBusy(true);
    try {
      await work();
      if (done !== undefined) notifyDone(done);
    } catch (error) {
      notifyFault(sentence(faultOf(error)));
    } finally {
      setBusy(false);
    }
  };
  const end = async () => {
    const sure = await askToConfirm({
      title: t('endTitle'),
      text: t('endText', { team }),
      confirm: t('end'),
    });
    if (sure) await run(() => api.crew.end.mutate({ id: alarm.id, note: '' }), t('ended'));
  };
  const late = Date.parse(alarm.receivedAt) - Date.parse(alarm.raisedAt) > lateMs;
  return (
    <div
      className={classes['row']}
      data-kind={alarm.kind}
      data-taken={alarm.acknowledgedAt !== null || undefined}
    >
      <p className={classes['what']}>
        {/* Said once: the times beside it go on ticking. */}
        <strong role="alert">{t(alarm.kind === 'sos' ? 'sos' : 'missed', { team })}</strong>
        <span>
          {t('raised')} <Ago at={alarm.raisedAt} tappable />
          {late && ` · ${t('late')}`}
          {' · '}
          {positionedAt === null ? t('noPlace') : t('lastPlace', { ago: format.ago(positionedAt) })}
          {alarm.acknowledgedAt !== null &&
            ` · ${t('acknowledged', { name: alarm.acknowledgedByName ?? '' })}`}
        </span>
      </p>
      <span className={classes['ways']}>
        {lon !== null && lat !== null && (
          <BigButton full={false} onClick={() => lookAt({ lon, lat })}>
            {t('show')}
          </BigButton>
        )}
        {mayAct && alarm.acknowledgedAt === null && (
          <BigButton
            full={false}
            tone="main"
            loading={busy}
            onClick={() => void run(() => api.crew.acknowledge.mutate({ id: alarm.id }))}
          >
            {t('acknowledge')}
          </BigButton>
        )}
        {mayAct && alarm.acknowledgedAt !== null && (
          <BigButton full={false} loading={busy} onClick={() => void end()}>
            {t('end')}
          </BigButton>
        )}
      </span>
    </div>
  );
}
