/** The phones of one code: who used it last, and how to end one of them or the code itself. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { devicePageSize } from '../../shared/accounts/enrolment.ts';
import type { EnrolledDevice, EnrolmentView } from '../../shared/accounts/enrolment.ts';
import { api } from '../kernel/api.ts';
import { faultOf } from '../kernel/fault.ts';
import { useFaultWords } from '../kernel/use-fault-words.ts';
import { useFormat } from '../kernel/use-format.ts';
import { BigButton } from '../ui/big-button.tsx';
import { askToConfirm } from '../ui/confirm.tsx';
import { notifyDone, notifyFault } from '../ui/notify.tsx';
import { StateBlock } from '../ui/state-block.tsx';
import classes from './page.module.css';
import { useAsked } from '../kernel/use-asked.ts';

export function EnrolmentDevices(props: { code: EnrolmentView; onChanged: () => void }) {
  const { t } = useTranslation('enrolment');
  const { sentence } = useFaultWords();
  const { code } = props;
  const { answer, fault, reload } = useAsked(() =>
    api.accounts.listEnrolledDevices.query({ enrolmentId: code.id }),
  );
  const changed = () => {
    reload();
    props.onChanged();
  };
  const list = () => {
    if (answer === null)
      return fault === null ? (
        <StateBlock kind="loading" compact />
      ) : (
        <StateBlock kind="error" text={sentence(fault)} onRetry={reload} compact />
      );
    if (answer.length === 0) return <StateBlock kind="empty" title={t('noDevices')} compact />;
    return (
      <>
        <ul className={classes['list']}>
          {answer.map((device) => (
            <DeviceRow key={device.userId} device={device} onChanged={changed} />
          ))}
        </ul>
        {answer.length === devicePageSize && (
          <p className={classes['end']}>{t('more', { count: devicePageSize })}</p>
        )}
      </>
    );
  };
  return (
    <>
      <h3 className={classes['legend']}>{t('devices')}</h3>
      {list()}
      {code.revokedAt === null || code.devices > 0 ? (
        <RevokeCard code={code} onChanged={changed} />
      ) : null}
    </>
  );
}

/** Runs a call; afterwards says that it is done, or why not. */
function useEnding(done: string, onDone: () => void) {
  const { sentence } = useFaultWords();
  const [busy, setBusy] = useState(false);
  const end = async (call: () => Promise<unknown>) => {
    setBusy(true);
    try {
      await call();
      notifyDone(done);
      onDone();
    } catch (error) {
      notifyFault(sentence(faultOf(error)));
    } finally {
      setBusy(false);
    }
  };
  return { busy, end };
}

function DeviceRow({ device, onChanged }: { device: EnrolledDevice; onChanged: () => void }) {
  const { t } = useTranslation('enrolment');
  const format = useFormat();
  const { busy, end } = useEnding(t('deviceRevoked'), onChanged);
  const revoke = async () => {
    const sure = await askToConfirm({
      title: t('revokeDeviceAsk', { name: device.displayName }),
      text: t('revokeDeviceText'),
      confirm: t('revokeDevice'),
    });
    if (sure) await end(() => api.accounts.revokeDevice.mutate({ userId: device.userId }));
  };
  const about = [
    device.phone,
    device.lastUsedAt === null ? '' : t('lastUsed', { ago: format.ago(device.lastUsedAt) }),
    t('joined', { time: format.time(device.enrolledAt) }),
    t('ends', { date: format.date(device.endsAt) }),
  ];
  return (
    <li className={classes['row']} data-off={device.revoked || undefined}>
      <span className={classes['words']}>
        <span className={classes['name']}>{device.displayName}</span>
        <span className={classes['quiet']}>{about.filter((part) => part !== '').join(' · ')}</span>
      </span>
      {device.revoked ? (
        <span className={classes['mark']}>{t('deviceRevoked')}</span>
      ) : (
        <BigButton full={false} loading={busy} onClick={() => void revoke()}>
          {t('revokeDevice')}
        </BigButton>
      )}
    </li>
  );
}

function RevokeCard({ code, onChanged }: { code: EnrolmentView; onChanged: () => void }) {
  const { t } = useTranslation('enrolment');
  const { busy, end } = useEnding(t('revokeDone'), onChanged);
  const revoke = (endDevices: boolean) =>
    end(() => api.accounts.revokeEnrolment.mutate({ id: code.id, endDevices }));
  const revokeAll = async () => {
    const sure = await askToConfirm({
      title: t('revokeAllAsk', { label: code.label, count: code.devices }),
      text: t('revokeAllText'),
      confirm: t('revokeAll'),
      danger: true,
    });
    if (sure) await revoke(true);
  };
  return (
    <section className={classes['card']}>
      <h3>{t('revoke')}</h3>
      <p>{t('revokeText')}</p>
      <div className={classes['actions']}>
        {code.revokedAt === null && (
          <BigButton full={false} loading={busy} onClick={() => void revoke(false)}>
            {t('revokeOnly')}
          </BigButton>
        )}
        {code.devices > 0 && (
          <BigButton full={false} loading={busy} onClick={() => void revokeAll()}>
            {t('revokeAll')}
          </BigButton>
        )}
      </div>
    </section>
  );
}
