/** One thing that waits: what it is, since when, how far it is, and what can be done about a refusal. */
import { useTranslation } from 'react-i18next';
import { dropItem, sendAgain, useOutbox } from '../kernel/outbox/outbox.ts';
import type { OutboxItem } from '../kernel/outbox/outbox.ts';
import { useFaultWords } from '../kernel/use-fault-words.ts';
import { Ago } from '../ui/ago.tsx';
import { BigButton } from '../ui/big-button.tsx';
import { askToConfirm } from '../ui/confirm.tsx';
import classes from './queue-panel.module.css';

export function QueueItem(props: {
  item: OutboxItem;
  /** waits behind a refused one */
  behind: boolean;
  /** of all track batches together, on the first of them */
  trackPoints: number;
  tall: boolean;
  /** opens the form it was written on; without it a refused one can be sent again or removed */
  onMend?: ((item: OutboxItem) => void) | undefined;
}) {
  const { t } = useTranslation(['outbox', 'common']);
  const { sentence } = useFaultWords();
  const { item } = props;
  const refused = item.state === 'refused';
  return (
    <li className={classes['item']} data-state={item.state}>
      <p className={classes['what']}>
        <span className={classes['name']}>{t(`outbox:kind.${item.kind}`)}</span>
        {item.title !== undefined && item.title !== '' && (
          <span className={classes['title']}>{item.title}</span>
        )}
        {item.urgent && <span className={classes['urgent']}>{t('outbox:urgent')}</span>}
      </p>
      <p className={classes['facts']}>
        <Ago at={item.at} tappable />
        {item.kind === 'track.points' && !refused && (
          <span>{t('outbox:points', { count: props.trackPoints })}</span>
        )}
        {item.attempts > 0 && !refused && (
          <span>{t('outbox:attempts', { count: item.attempts })}</span>
        )}
        {props.behind && <span>{t('outbox:behind')}</span>}
      </p>
      {item.state === 'sending' && <Progress id={item.id} />}
      {item.fault !== null && item.state !== 'sending' && (
        <p className={classes['why']}>{sentence(item.fault)}</p>
      )}
      {refused && <Ways {...props} />}
    </li>
  );
}

function Progress({ id }: { id: string }) {
  const { t } = useTranslation('outbox');
  const part = useOutbox((store) => store.progress.get(id));
  if (part === undefined) return <p className={classes['sending']}>{t('sending')}</p>;
  const percent = Math.floor(part * 100);
  const text = t('uploaded', { percent });
  return (
    <p className={classes['sending']}>
      <progress className={classes['bar']} value={percent} max={100} aria-label={text} />
      <span aria-hidden>{text}</span>
    </p>
  );
}

function Ways(props: {
  item: OutboxItem;
  tall: boolean;
  onMend?: ((item: OutboxItem) => void) | undefined;
}) {
  const { t } = useTranslation('outbox');
  const { item, tall, onMend } = props;
  const remove = async () => {
    const sure = await askToConfirm({
      title: t('removeTitle'),
      text: t('removeText'),
      confirm: t('remove'),
      danger: true,
    });
    if (sure) await dropItem(item.id);
  };
  return (
    <div className={classes['ways']}>
      {onMend && (
        <BigButton tall={tall} full={false} onClick={() => onMend(item)}>
          {t('mend')}
        </BigButton>
      )}
      <BigButton tall={tall} full={false} onClick={() => void sendAgain(item.id)}>
        {t('sendAgain')}
      </BigButton>
      <BigButton tall={tall} full={false} tone="quiet" onClick={() => void remove()}>
        {t('remove')}
      </BigButton>
    </div>
  );
}
