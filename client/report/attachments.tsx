/** Photos and voice notes for the report on screen. */
import { useTranslation } from 'react-i18next';
import { AttachmentStrip } from '../media/attachment-strip.tsx';
import type { DraftMediaList } from '../media/drafts.ts';
import { PhotoTaker } from '../media/photo-taker.tsx';
import { VoiceRecorder } from '../media/voice-recorder.tsx';
import classes from './report.module.css';

export function Attachments(props: { media: DraftMediaList; pictures?: boolean }) {
  const { t } = useTranslation('report');
  const { media, pictures = false } = props;
  return (
    <section className={classes['attachments']} aria-label={t('attachments')}>
      {!pictures && <p className={classes['hint']}>{t('attachmentsHint')}</p>}
      <AttachmentStrip drafts={media.drafts} onRemove={media.remove} />
      {media.full ? (
        <p className={classes['hint']} role="status">
          {t('full')}
        </p>
      ) : (
        <div className={classes['takers']}>
          <PhotoTaker onTaken={media.addPhoto} picturesOnly={pictures} />
          <VoiceRecorder onKept={media.addVoice} picturesOnly={pictures} />
        </div>
      )}
    </section>
  );
}
