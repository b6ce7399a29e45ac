/** A team on its way to the chosen place: which, how far along, since when; and the way to take it back. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DispatchState, DispatchView } from '../../shared/dispatch/schema.ts';
import { api } from '../kernel/api.ts';
import { faultOf } from '../kernel/fault.ts';
import { useFaultWords } from '../kernel/use-fault-words.ts';
import { Ago } from '../ui/ago.tsx';
import { BigButton } from '../ui/big-button.tsx';
import { askToConfirm } from '../ui/confirm.tsx';
import { notifyFault } from '../ui/notify.tsx';
import classes from './dispatch-card.module.css';

const path: readonly DispatchState[] = ['offered', 'accepted', 'en_route', 'on_scene'];

export const sinceOf = (dispatch: DispatchView): string =>
  dispatch.endedAt ??
  dispatch.onSceneAt ??
  dispatch.enRouteAt ??
  dispatch.acceptedAt ??
  dispatch.offeredAt;

export function DispatchCard(props: {
  dispatch: DispatchView;
  teamName: string;
  mayCancel: boolean;
}) {
  const { t } = useTranslation(['dispatch', 'common']);
  const { sentence } = useFaultWords();
  const [busy, setBusy] = useState(false);
  const { dispatch, teamName } = props;
  const reached = path.indexOf(dispatch.state);
  const cancel = async () => {
    const sure = await askToConfirm({
      title: t('dispatch:do.cancel'),
      text: teamName,
      confirm: t('dispatch:do.cancel'),
    });
    if (!sure) return;
    setBusy(true);
    try {
      await api.dispatch.cancel.mutate({ id: dispatch.id });
    } catch (error) {
      notifyFault(sentence(faultOf(error)));
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className={classes['card']} data-ended={reached === -1 || undefined}>
      <p className={classes['head']}>
        <strong>{teamName}</strong>
        {dispatch.supporting && <span className={classes['tag']}>{t('dispatch:supporting')}</span>}
        <span className={classes['since']}>
          <Ago at={sinceOf(dispatch)} />
        </span>
      </p>
      {reached >= 0 ? (
        <ol className={classes['path']}>
          {path.map((state, index) => (
            <li
              key={state}
              data-done={index <= reached || undefined}
              aria-current={index === reached ? 'step' : undefined}
            >
              {t(`dispatch:state.${state}`)}
            </li>
          ))}
        </ol>
      ) : (
        <p className={classes['quiet']}>
          {dispatch.declineReason === null
            ? t(`dispatch:state.${dispatch.state}`)
            : t('dispatch:declined', { reason: dispatch.declineReason })}
        </p>
      )}
      {dispatch.note !== '' && <p className={classes['quiet']}>{dispatch.note}</p>}
      {props.mayCancel && reached >= 0 && dispatch.state !== 'on_scene' && (
        <BigButton loading={busy} onClick={() => void cancel()}>
          {t('dispatch:do.cancel')}
        </BigButton>
      )}
    </div>
  );
}
