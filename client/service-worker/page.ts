/** The page's side of the service worker: starts it when the page is at rest, and tells of a new version. */
import i18next from 'i18next';
import type { Part, WorkerMessage } from './parts.ts';
import { notify } from '../ui/notify.tsx';

const everyMs = 3_600_000;

const tell = (worker: ServiceWorker | null | undefined, message: WorkerMessage): void =>
  worker?.postMessage(message);

/** Runs when nothing is waiting to be drawn. */
export function whenIdle(run: () => void): void {
  if ('requestIdleCallback' in window) requestIdleCallback(run, { timeout: 5_000 });
  else setTimeout(run, 1_000);
}

let wantsNew = false;

function offer(registration: ServiceWorkerRegistration): void {
  if (!registration.waiting || !navigator.serviceWorker.controller) return;
  notify(
    {
      tone: 'news',
      message: i18next.t('common:update.text'),
      action: {
        label: i18next.t('common:update.action'),
        run: () => {
          wantsNew = true;
          tell(registration.waiting, { kind: 'take-over' });
        },
      },
    },
    null,
  );
}

/** Only in the built app: in development every file changes all the time. */
export function startWorker(): void {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
  navigator.serviceWorker.addEventListener('controllerchange', () => {
    if (wantsNew) window.location.reload();
  });
  const start = async () => {
    const registration = await navigator.serviceWorker.register('/sw.js', {
      updateViaCache: 'none',
    });
    offer(registration);
    registration.addEventListener('updatefound', () => {
      const coming = registration.installing;
      coming?.addEventListener('statechange', () => {
        if (coming.state === 'installed') offer(registration);
      });
    });
    setInterval(() => void registration.update().catch(() => undefined), everyMs);
  };
  // A browser that refuses (private mode) works as a page.
  whenIdle(() => void start().catch(() => undefined));
}

/** Has the device keep what these people work with. */
export function keepPart(part: Part): void {
  if (!('serviceWorker' in navigator)) return;
  void navigator.serviceWorker.ready.then(({ active }) => tell(active, { kind: 'keep', part }));
}
