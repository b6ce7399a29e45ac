import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { MediaView } from '../../shared/media/schema.ts';
import { useFaultWords } from '../kernel/use-fault-words.ts';
import { useFormat } from '../kernel/use-format.ts';
import classes from './media.module.css';
import { useAddress } from './use-media.ts';

/** One photo as large as the screen allows; closed by its button or by Escape. */
export function PhotoDialog(props: { photo: MediaView; onClose: () => void; footer?: ReactNode }) {
  const { t } = useTranslation('media');
  const { exact } = useFormat();
  const { sentence } = useFaultWords();
  const { photo, onClose } = props;
  const { url, fault } = useAddress(photo.id, 'full');
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const element = dialog.current;
    if (element !== null && !element.open) element.showModal();
    return () => element?.close();
  }, []);
  const taken = t('takenAt', { time: exact(photo.takenAt) });
  return (
    <dialog
      ref={dialog}
      className={classes['dialog']}
      aria-label={`${t('photo')}, ${taken}`}
      onClose={onClose}
    >
      {url === null ? (
        <p role="status">{fault === null ? t('loading') : sentence(fault)}</p>
      ) : (
        <img
          src={url}
          alt={taken}
          width={photo.width ?? undefined}
          height={photo.height ?? undefined}
        />
      )}
      <div className={classes['foot']}>
        <span>{taken}</span>
        {props.footer}
        <button type="button" className={classes['small']} onClick={onClose}>
          {t('close')}
        </button>
      </div>
    </dialog>
  );
}
