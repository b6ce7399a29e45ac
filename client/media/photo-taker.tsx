/** Takes a photo with the camera or out of the gallery; what it hands on is small already. */
import { IconCamera, IconPhoto } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import type { ChangeEvent, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { serverNow } from '../kernel/clock.ts';
import classes from './media.module.css';
import { shrinkPhoto } from './shrink-photo.ts';
import { unfinished } from './unfinished.ts';

export interface PhotoTakerProps {
  /** Once per photo: a JPEG of at most 1600 px, or the original where the browser cannot draw it. */
  onTaken: (photo: { blob: Blob; takenAt: string }) => void;
  disabled?: boolean;
  /** Hides the words, not the spoken labels. */
  picturesOnly?: boolean;
}

export function PhotoTaker({ onTaken, disabled = false, picturesOnly = false }: PhotoTakerProps) {
  const { t } = useTranslation('media');
  const [working, setWorking] = useState(0);
  const camera = useRef<HTMLInputElement>(null);
  const gallery = useRef<HTMLInputElement>(null);

  const take = (event: ChangeEvent<HTMLInputElement>, isNew: boolean) => {
    const files = [...(event.target.files ?? [])];
    // The same file may be chosen again.
    event.target.value = '';
    const under = shrink(files, isNew);
    void under.finally(unfinished(() => under));
  };
  const shrink = async (files: readonly File[], isNew: boolean) => {
    for (const file of files) {
      setWorking((count) => count + 1);
      const takenAt = takenAtOf(file, isNew);
      const blob = await shrinkPhoto(file);
      setWorking((count) => count - 1);
      onTaken({ blob, takenAt });
    }
  };

  const button = (label: string, icon: ReactNode, open: () => void) => (
    <button
      type="button"
      className={classes['big']}
      aria-label={label}
      disabled={disabled}
      onClick={open}
    >
      <span aria-hidden>{icon}</span>
      {!picturesOnly && <span>{label}</span>}
    </button>
  );
  return (
    <div className={classes['pair']} role="group" aria-label={t('photo')} aria-busy={working > 0}>
      {button(t('takePhoto'), <IconCamera size={32} />, () => camera.current?.click())}
      {button(t('choosePhoto'), <IconPhoto size={32} />, () => gallery.current?.click())}
      <input
        ref={camera}
        type="file"
        accept="image/*"
        capture="environment"
        hidden
        data-testid="camera"
        onChange={(event) => take(event, true)}
      />
      <input
        ref={gallery}
        type="file"
        accept="image/*"
        multiple
        hidden
        data-testid="gallery"
        onChange={(event) => take(event, false)}
      />
      <p className={classes['status']} role="status">
        {working > 0 ? t('shrinking') : ''}
      </p>
    </div>
  );
}

/** A camera's photo is of now; one of the gallery is as old as its file says, as far as that is not ahead of us. */
function takenAtOf(file: File, isNew: boolean): string {
  const now = serverNow();
  const at = !isNew && file.lastModified > 0 && file.lastModified < now ? file.lastModified : now;
  return new Date(at).toISOString();
}
