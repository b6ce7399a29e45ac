/** The designed states of every list and panel: loading, empty, error, offline, stale; in words, with a way on. */
import {
  IconAlertTriangle,
  IconClockPause,
  IconCloudOff,
  IconSnowflake,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { BigButton } from './big-button.tsx';
import { Spinner } from './spinner.tsx';
import classes from './state-block.module.css';

export type StateKind = 'loading' | 'empty' | 'error' | 'offline' | 'stale';

const pictures: Record<Exclude<StateKind, 'loading'>, ReactNode> = {
  empty: <IconSnowflake size={32} stroke={1.5} />,
  error: <IconAlertTriangle size={32} stroke={1.5} />,
  offline: <IconCloudOff size={32} stroke={1.5} />,
  stale: <IconClockPause size={32} stroke={1.5} />,
};

export function StateBlock(props: {
  kind: StateKind;
  /** replaces the standard title; say what it means here */
  title?: string;
  text?: string | undefined;
  onRetry?: () => void;
  /** what to do next, when it is not a retry */
  action?: ReactNode;
  compact?: boolean;
}) {
  const { t } = useTranslation('common');
  const { kind } = props;
  const title = props.title ?? (kind === 'stale' ? '' : t(`state.${kind}`));
  return (
    <div
      className={classes['block']}
      data-compact={props.compact === true || undefined}
      role={kind === 'error' ? 'alert' : 'status'}
    >
      <span className={classes['picture']} aria-hidden>
        {kind === 'loading' ? <Spinner size={28} /> : pictures[kind]}
      </span>
      {title !== '' && <p className={classes['title']}>{title}</p>}
      {props.text !== undefined && <p className={classes['text']}>{props.text}</p>}
      {props.onRetry && (
        <BigButton full={false} onClick={props.onRetry}>
          {t('retry')}
        </BigButton>
      )}
      {props.action}
    </div>
  );
}
