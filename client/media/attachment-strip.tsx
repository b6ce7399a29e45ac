/** What is attached to a form, and what of it still waits to be sent. */
import { IconMicrophone, IconPhoto, IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { MediaKind, UploadMetadata } from '../../shared/media/schema.ts';
import { dropItem, useOutbox } from '../kernel/outbox/outbox.ts';
import type { OutboxItem } from '../kernel/outbox/outbox.ts';
import { useFaultWords } from '../kernel/use-fault-words.ts';
import { BlobPicture } from './blob-picture.tsx';
import { formatSeconds } from './clock-words.ts';
import type { DraftMedia } from './drafts.ts';
import classes from './media.module.css';
import { useHeldBlobs } from './store.ts';

export interface AttachmentStripProps {
  /** of a form that is not sent yet */
  drafts?: readonly DraftMedia[];
  onRemove?: (id: string) => void;
  /** The report, encounter or visit whose photos and voice notes wait in the outbox. */
  subjectId?: string;
}

/** Renders nothing when there is nothing. */
export function AttachmentStrip({ drafts = [], onRemove, subjectId }: AttachmentStripProps) {
  const { t } = useTranslation('media');
  const items = useOutbox((state) => state.items);
  const queued = subjectId === undefined ? [] : items.filter((item) => isMediaOf(item, subjectId));
  const all: Attached[] = [...drafts.map(ofDraft), ...queued.map(ofItem)];
  if (all.length === 0) return null;
  return (
    <ul className={classes['strip']} aria-label={t('attached')}>
      {all.map((one, index) => {
        const number = all.slice(0, index + 1).filter(({ kind }) => kind === one.kind).length;
        return (
          <Tile
            key={one.id}
            attached={one}
            number={number}
            onRemove={one.item === null ? onRemove : (id) => void drop(id)}
          />
        );
      })}
    </ul>
  );
}

interface Attached {
  id: string;
  kind: MediaKind;
  blob: Blob | undefined;
  durationSeconds: number;
  /** null: a draft */
  item: OutboxItem | null;
}

const ofDraft = ({ id, kind, blob, durationSeconds = 0 }: DraftMedia): Attached => ({
  id,
  kind,
  blob,
  durationSeconds,
  item: null,
});

function ofItem(item: OutboxItem): Attached {
  const { kind, durationSeconds = 0 } = item.payload as UploadMetadata;
  return { id: item.id, kind, blob: undefined, durationSeconds, item };
}

const isMediaOf = (item: OutboxItem, subjectId: string): boolean =>
  item.kind === 'media.upload' && (item.payload as UploadMetadata).subjectId === subjectId;

async function drop(id: string): Promise<void> {
  await dropItem(id);
  useHeldBlobs.getState().forget(id);
}

function Tile(props: {
  attached: Attached;
  number: number;
  onRemove: ((id: string) => void) | undefined;
}) {
  const { t } = useTranslation('media');
  const { id, kind, blob, durationSeconds, item } = props.attached;
  const held = useHeldBlobs((state) => state.byId.get(id));
  const length = formatSeconds(durationSeconds);
  const what =
    kind === 'photo'
      ? t('photoNumber', { number: props.number })
      : t('voiceNumber', { number: props.number, length });
  const voice: ReactNode = (
    <span className={classes['sign']} aria-hidden>
      <IconMicrophone size={28} />
      {durationSeconds > 0 && <span>{length}</span>}
    </span>
  );
  const photo = (
    <span className={classes['sign']} aria-hidden>
      <IconPhoto size={28} />
    </span>
  );
  return (
    <li className={classes['tile']}>
      <span className={classes['unseen']}>{what}</span>
      {kind === 'voice' ? voice : <BlobPicture blob={blob ?? held} sign={photo} />}
      <TileState item={item} />
      {props.onRemove !== undefined && item?.state !== 'sending' && (
        <button
          type="button"
          className={classes['remove']}
          aria-label={t('remove', { what })}
          onClick={() => props.onRemove?.(id)}
        >
          <IconX size={22} aria-hidden />
        </button>
      )}
    </li>
  );
}

function TileState({ item }: { item: OutboxItem | null }) {
  const { t } = useTranslation('media');
  const { sentence } = useFaultWords();
  const share = useOutbox((state) => (item === null ? 0 : (state.progress.get(item.id) ?? 0)));
  if (item === null) return null;
  const percent = Math.round(share * 100);
  const text = {
    waiting: () => t('state.waiting'),
    sending: () => t('state.sending', { percent }),
    refused: () => t('state.refused', { why: item.fault === null ? '' : sentence(item.fault) }),
  }[item.state]();
  return (
    <span className={classes['state']} data-state={item.state}>
      {item.state === 'sending' && (
        <progress className={classes['progress']} max={1} value={share} aria-hidden />
      )}
      <span>{text}</span>
    </span>
  );
}
