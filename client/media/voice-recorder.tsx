/** Says instead of types: record, listen, again or keep. */
import {
  IconCheck,
  IconMicrophone,
  IconPlayerPlay,
  IconPlayerStop,
  IconRotate,
} from '@tabler/icons-react';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { maxVoiceSeconds } from '../../shared/media/limits.ts';
import { serverNow } from '../kernel/clock.ts';
import { formatSeconds } from './clock-words.ts';
import classes from './media.module.css';
import { canRecord } from './recorder.ts';
import { unfinished } from './unfinished.ts';
import { useElapsedSeconds, useLevel, useRecorder } from './use-recorder.ts';

export interface VoiceRecorderProps {
  onKept: (note: { blob: Blob; durationSeconds: number; takenAt: string }) => void;
  disabled?: boolean;
  /** Hides the words, not the spoken labels. */
  picturesOnly?: boolean;
}

export function VoiceRecorder({
  onKept,
  disabled = false,
  picturesOnly = false,
}: VoiceRecorderProps) {
  const { t } = useTranslation('media');
  const { state, recorder } = useRecorder();
  const startedAt = state.kind === 'recording' ? state.startedAt : null;
  const elapsed = useElapsedSeconds(startedAt);
  const level = useLevel(() => recorder().sound, state.kind === 'recording');
  const start = () => void recorder().start(serverNow);
  const keep = useEffectEvent(async () => {
    const note = await recorder().finish();
    if (note === null) return;
    const { blob, durationSeconds, takenAt } = note;
    onKept({ blob, durationSeconds, takenAt });
    recorder().reset();
  });
  useEffect(() => unfinished(() => keep()), []);
  const big = (label: string, icon: ReactNode, onClick: () => void, tone?: 'main' | 'live') => (
    <button
      type="button"
      className={classes['big']}
      data-tone={tone}
      aria-label={label}
      // One that runs can always be stopped.
      disabled={state.kind === 'asking' || (disabled && state.kind !== 'recording')}
      onClick={onClick}
    >
      <span aria-hidden>{icon}</span>
      {!picturesOnly && <span>{label}</span>}
    </button>
  );

  if (!canRecord())
    return (
      <p className={classes['notice']} role="note">
        {t('failed.unsupported')}
      </p>
    );
  return (
    <div role="group" aria-label={t('voice')}>
      {state.kind === 'recording' && (
        <>
          {big(t('stop'), <IconPlayerStop size={32} />, () => recorder().stop(), 'live')}
          <p className={classes['status']}>
            {t('recording', {
              elapsed: formatSeconds(elapsed),
              most: formatSeconds(maxVoiceSeconds),
            })}
          </p>
          {level !== null && (
            <span className={classes['level']} aria-hidden>
              <span style={{ width: `${Math.round(level * 100)}%` }} />
            </span>
          )}
        </>
      )}
      {state.kind === 'recorded' && (
        <Recorded
          note={state}
          big={big}
          onAgain={start}
          onKeep={() => {
            const { blob, durationSeconds, takenAt } = state;
            onKept({ blob, durationSeconds, takenAt });
            recorder().reset();
          }}
        />
      )}
      {(state.kind === 'idle' || state.kind === 'asking' || state.kind === 'failed') &&
        big(t('record'), <IconMicrophone size={32} />, start)}
      <p className={classes['status']} role="status">
        {state.kind === 'asking' && t('asking')}
        {state.kind === 'failed' && t(`failed.${state.why}`)}
        {state.kind === 'recording' && (
          <span className={classes['unseen']}>{t('recordingNow')}</span>
        )}
      </p>
    </div>
  );
}

interface RecordedProps {
  note: { blob: Blob; durationSeconds: number };
  big: (label: string, icon: ReactNode, onClick: () => void, tone?: 'main' | 'live') => ReactNode;
  onAgain: () => void;
  onKeep: () => void;
}

function Recorded({ note, big, onAgain, onKeep }: RecordedProps) {
  const { t } = useTranslation('media');
  const [url, setUrl] = useState<string>();
  const [playing, setPlaying] = useState(false);
  const [silent, setSilent] = useState(false);
  const player = useRef<HTMLAudioElement>(null);
  useEffect(() => {
    const made = URL.createObjectURL(note.blob);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [note.blob]);
  const toggle = () => {
    const audio = player.current;
    if (audio === null) return;
    if (playing) return audio.pause();
    audio.play().catch(() => setSilent(true));
  };
  const length = formatSeconds(note.durationSeconds);
  return (
    <div className={classes['three']}>
      {playing
        ? big(t('stopPlaying'), <IconPlayerStop size={32} />, toggle)
        : big(t('play', { length }), <IconPlayerPlay size={32} />, toggle)}
      {big(t('again'), <IconRotate size={32} />, onAgain)}
      {big(t('keep'), <IconCheck size={32} />, onKeep, 'main')}
      {/* oxlint-disable-next-line jsx-a11y/media-has-caption -- what somebody said themselves a moment ago needs no captions */}
      <audio
        ref={player}
        src={url}
        onPlay={() => setPlaying(true)}
        onPause={() => setPlaying(false)}
        onEnded={() => setPlaying(false)}
        onError={() => setSilent(true)}
      />
      <p className={classes['status']} role="status">
        {silent ? t('cannotPlay') : ''}
      </p>
    </div>
  );
}
