/** Short notices at the edge of the screen. Errors stay until closed; good news goes by itself. */
import { IconAlertTriangle, IconCheck, IconInfoCircle, IconX } from '@tabler/icons-react';
import i18next from 'i18next';
import { useSyncExternalStore } from 'react';
import type { ReactNode } from 'react';
import { IconButton } from './icon-button.tsx';
import classes from './notify.module.css';

type Tone = 'done' | 'news' | 'fault';
export interface Notice {
  id: number;
  tone: Tone;
  message: string;
  title?: string;
  /** what can be done about it, on a button of its own */
  action?: { label: string; run: () => void };
}

const mostShown = 3;
const listeners = new Set<() => void>();
let notices: readonly Notice[] = [];
let last = 0;

function change(next: readonly Notice[]): void {
  notices = next;
  for (const listener of listeners) listener();
}
const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};
const close = (id: number) => change(notices.filter((notice) => notice.id !== id));

/** An error that nobody has closed gives way to good news last. */
function fitting(all: readonly Notice[]): readonly Notice[] {
  if (all.length <= mostShown) return all;
  const earlier = all.slice(0, -1);
  const least = Math.max(
    0,
    earlier.findIndex(({ tone }) => tone !== 'fault'),
  );
  return all.filter((_, index) => index !== least);
}

/** @param forMs null = until closed */
export function notify(notice: Omit<Notice, 'id'>, forMs: number | null): () => void {
  const id = ++last;
  // The same words again are no news: the newer one takes the older one's place.
  const others = notices.filter(
    ({ message, title }) => message !== notice.message || title !== notice.title,
  );
  change(fitting([...others, { ...notice, id }]));
  if (forMs !== null) setTimeout(() => close(id), forMs);
  return () => close(id);
}

export const notifyDone = (message: string): void => void notify({ tone: 'done', message }, 4_000);

/** What others did, worth a word to whoever looks elsewhere; goes by itself, but not soon. */
export const notifyNews = (message: string): void => void notify({ tone: 'news', message }, 20_000);

export const notifyFault = (message: string, title?: string): void =>
  void notify({ tone: 'fault', message, ...(title === undefined ? {} : { title }) }, null);

const pictures: Record<Tone, ReactNode> = {
  done: <IconCheck size={20} aria-hidden />,
  news: <IconInfoCircle size={20} aria-hidden />,
  fault: <IconAlertTriangle size={20} aria-hidden />,
};

/** Where the notices appear; once per page, from its start, so that a screen reader listens there. */
export function Notices() {
  const shown = useSyncExternalStore(subscribe, () => notices);
  return (
    <div className={classes['place']} aria-live="polite">
      {shown.map((notice) => (
        <div
          key={notice.id}
          className={classes['notice']}
          data-tone={notice.tone}
          role={notice.tone === 'fault' ? 'alert' : undefined}
        >
          <span className={classes['picture']}>{pictures[notice.tone]}</span>
          <div className={classes['words']}>
            {notice.title !== undefined && <strong>{notice.title}</strong>}
            <span>{notice.message}</span>
            {notice.action && (
              <button
                type="button"
                className={classes['action']}
                onClick={() => {
                  close(notice.id);
                  notice.action?.run();
                }}
              >
                {notice.action.label}
              </button>
            )}
          </div>
          <IconButton label={i18next.t('common:close')} onClick={() => close(notice.id)}>
            <IconX size={20} aria-hidden />
          </IconButton>
        </div>
      ))}
    </div>
  );
}
