/** Photos and voice notes of reports, encounters or visits, for a detail panel. */
import { IconPhoto, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MediaSubject, MediaView } from '../../shared/media/schema.ts';
import { api } from '../kernel/api.ts';
import { faultOf } from '../kernel/fault.ts';
import type { Fault } from '../kernel/fault.ts';
import { useFaultWords } from '../kernel/use-fault-words.ts';
import { useFormat } from '../kernel/use-format.ts';
import { formatSeconds } from './clock-words.ts';
import classes from './media.module.css';
import { PhotoDialog } from './photo-dialog.tsx';
import { useAddress, useMediaOf } from './use-media.ts';

export interface MediaGalleryProps {
  subjectKind: MediaSubject;
  subjectIds: readonly string[];
  /** Offers to delete; whoever may not is refused by the server. */
  canRemove?: boolean;
  /** Says so when there is nothing; without it nothing is shown. */
  showEmpty?: boolean;
}

export function MediaGallery(props: MediaGalleryProps) {
  const { t } = useTranslation('media');
  const { media, fault, reload } = useMediaOf(props.subjectKind, props.subjectIds);
  const { sentence } = useFaultWords();
  const [open, setOpen] = useState<MediaView | null>(null);
  const { canRemove = false } = props;
  if (fault !== null)
    return (
      <p className={classes['notice']} role="alert">
        {t('notLoaded')} {sentence(fault)}{' '}
        <button type="button" className={classes['small']} onClick={reload}>
          {t('retry')}
        </button>
      </p>
    );
  if (media === null) return <p className={classes['status']}>{t('loading')}</p>;
  if (media.length === 0)
    return props.showEmpty ? <p className={classes['status']}>{t('noMedia')}</p> : null;
  const photos = media.filter(({ kind }) => kind === 'photo');
  const voices = media.filter(({ kind }) => kind === 'voice');
  return (
    <section aria-label={t('gallery')}>
      {photos.length > 0 && (
        <ul className={classes['strip']}>
          {photos.map((photo, index) => (
            <Photo key={photo.id} photo={photo} number={index + 1} onOpen={() => setOpen(photo)} />
          ))}
        </ul>
      )}
      {voices.map((voice, index) => (
        <Voice
          key={voice.id}
          voice={voice}
          number={index + 1}
          canRemove={canRemove}
          onGone={reload}
        />
      ))}
      {open !== null && (
        <PhotoDialog
          photo={open}
          onClose={() => setOpen(null)}
          footer={
            canRemove && (
              <Remove
                id={open.id}
                onGone={() => {
                  setOpen(null);
                  reload();
                }}
              />
            )
          }
        />
      )}
    </section>
  );
}

function Photo(props: { photo: MediaView; number: number; onOpen: () => void }) {
  const { t } = useTranslation('media');
  const { time } = useFormat();
  const { url } = useAddress(props.photo.id, 'thumbnail');
  const what = t('photoNumber', { number: props.number });
  return (
    <li className={classes['tile']}>
      <button
        type="button"
        className={classes['thumb']}
        aria-label={`${t('enlarge', { what })}, ${t('takenAt', { time: time(props.photo.takenAt) })}`}
        onClick={props.onOpen}
      >
        {url === null ? (
          <span className={classes['sign']} aria-hidden>
            <IconPhoto size={28} />
          </span>
        ) : (
          <img src={url} alt="" />
        )}
      </button>
    </li>
  );
}

function Voice(props: {
  voice: MediaView;
  number: number;
  canRemove: boolean;
  onGone: () => void;
}) {
  const { t } = useTranslation('media');
  const { time } = useFormat();
  const { voice, number } = props;
  const [wanted, setWanted] = useState(false);
  const { url, fault, renew } = useAddress(wanted ? voice.id : null, 'full');
  const { sentence } = useFaultWords();
  const length = formatSeconds(voice.durationSeconds ?? 0);
  const what = t('voiceNumber', { number, length });
  return (
    <div className={classes['voice']}>
      <span>
        {what} · {t('recordedAt', { time: time(voice.takenAt) })}
      </span>
      {url === null ? (
        <button type="button" className={classes['small']} onClick={() => setWanted(true)}>
          {t('play', { length })}
        </button>
      ) : (
        // An address lives for ten minutes: one that has run out is asked for again.
        // oxlint-disable-next-line jsx-a11y/media-has-caption -- nobody has written down what is said in it
        <audio src={url} controls autoPlay aria-label={what} onError={renew} />
      )}
      {fault !== null && <span role="alert">{sentence(fault)}</span>}
      {props.canRemove && <Remove id={voice.id} onGone={props.onGone} />}
    </div>
  );
}

function Remove({ id, onGone }: { id: string; onGone: () => void }) {
  const { t } = useTranslation('media');
  const { sentence } = useFaultWords();
  const [asked, setAsked] = useState(false);
  const [fault, setFault] = useState<Fault | null>(null);
  const remove = async () => {
    try {
      await api.media.remove.mutate({ id });
      onGone();
    } catch (error) {
      setFault(faultOf(error));
    }
  };
  if (!asked)
    return (
      <button type="button" className={classes['small']} onClick={() => setAsked(true)}>
        <IconTrash size={18} aria-hidden /> {t('removeForGood')}
      </button>
    );
  return (
    <span className={classes['ask']} role="group" aria-label={t('removeAsk')}>
      <span>{fault === null ? t('removeAsk') : sentence(fault)}</span>
      <button type="button" className={classes['small']} onClick={() => void remove()}>
        {t('removeYes')}
      </button>
      <button type="button" className={classes['small']} onClick={() => setAsked(false)}>
        {t('removeNo')}
      </button>
    </span>
  );
}
