/** `/report`: the same screen for a signed-in reporter and, without login, for anyone; in words or in pictures. */
import { IconLogout, IconPhoto, IconTextSize } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { isDeviceUsername } from '../../shared/accounts/device-name.ts';
import { useCity } from '../kernel/city.tsx';
import { useSession } from '../kernel/session.tsx';
import { useFaultWords } from '../kernel/use-fault-words.ts';
import type { OutboxItem } from '../kernel/outbox/outbox.ts';
import { mayLeave } from '../outbox/may-leave.ts';
import { draftIn, startReporting } from '../sightings/deliver.ts';
import { formOf } from '../sightings/report-form.ts';
import { ReportFormView } from '../sightings/report-form-view.tsx';
import { useSentReports } from '../sightings/sent-reports.ts';
import type { SentReport } from '../sightings/sent-reports.ts';
import { usePublicPlaces } from '../tips/use-public-places.ts';
import { Frame } from '../ui/frame.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { StateBlock } from '../ui/state-block.tsx';
import { useNight } from '../response/store.ts';
import {
  Attachments,
  MyTips,
  OwnReports,
  PictureMode,
  QueuePanel,
  StateWizard,
} from './lazy-parts.tsx';
import classes from './report.module.css';
import { SentNote } from './sent-note.tsx';
import { setPictures, usePictures } from './use-pictures.ts';
import { useReporting } from './use-reporting.ts';
import type { Reporting } from './use-reporting.ts';

const ofReports: readonly OutboxItem['kind'][] = [
  'tip.report',
  'sighting.report',
  'sighting.edit',
  'sighting.withdraw',
  'media.upload',
];
const isOfReports = ({ kind }: Pick<OutboxItem, 'kind'>): boolean => ofReports.includes(kind);
const isReport = (item: OutboxItem): boolean => draftIn(item) !== null;

export function ReportScreen() {
  const { session } = useSession();
  const { city, name, fault, loading, reload } = useCity();
  const { sentence } = useFaultWords();
  const reporting = useReporting();
  const { state, last } = reporting;
  const ownNight = useNight();
  const publicPlaces = usePublicPlaces(session ? null : (city?.id ?? null));
  const night = session ? ownNight : (publicPlaces.places?.night ?? null);
  const { pictures } = usePictures();
  const hasTips = useSentReports(({ reports }) =>
    reports.some(({ trackingCode }) => trackingCode !== null),
  );
  useEffect(startReporting, []);
  const edit = (sent: SentReport) => {
    reporting.again();
    state.startAnew(formOf(sent.draft, sent.version, new Date().toISOString()));
    window.scrollTo({ top: 0 });
  };
  const canSignOut = session && !isDeviceUsername(session.user.username);
  return (
    <Frame title={name} night={night} demo={city?.demo ?? false} aside={canSignOut && <SignOut />}>
      {city === null && !loading && fault && (
        <StateBlock kind="offline" text={sentence(fault)} onRetry={reload} compact />
      )}
      {last === null ? (
        <OpenReport reporting={reporting} pictures={pictures} />
      ) : (
        <SentNote last={last} pictures={pictures} onAgain={reporting.again} />
      )}
      <QueuePanel
        userId={session?.user.id ?? null}
        only={isOfReports}
        canMend={isReport}
        onMend={reporting.mend}
        tall
      />
      {session ? (
        <OwnReports
          who={{ cityId: session.cityId, userId: session.user.id }}
          onWithdrawn={(id) => {
            if (state.form.editing && state.form.id === id) state.startAnew();
          }}
          onEdit={edit}
        />
      ) : (
        hasTips && <MyTips except={last?.sent?.trackingCode ?? null} />
      )}
    </Frame>
  );
}

function OpenReport({ reporting, pictures }: { reporting: Reporting; pictures: boolean }) {
  const { city } = useCity();
  const [looking, setLooking] = useState(false);
  const { state, media } = reporting;
  const { form, place } = state;
  const look = () => {
    setLooking(true);
    window.scrollTo({ top: 0 });
  };
  if (looking)
    return (
      <StateWizard
        cityId={city?.id ?? null}
        position={place === null || place.source === 'address' ? null : place.position}
        addressText={form.addressText}
        pictures={pictures}
        onStop={() => setLooking(false)}
        onDone={(_end, answers) => {
          state.change({ state: answers });
          setLooking(false);
        }}
      />
    );
  const inWords = (
    <InWords modeSwitch={<ModeSwitch pictures={false} />}>
      <ReportFormView
        state={state}
        city={city}
        onStopEditing={() => state.startAnew()}
        onLook={look}
        attachments={<Attachments media={media} />}
      />
    </InWords>
  );
  if (!pictures) return inWords;
  return (
    <PictureMode
      state={state}
      city={city}
      onLook={look}
      attachments={<Attachments media={media} pictures />}
      toText={<ModeSwitch pictures />}
      inWords={inWords}
    />
  );
}

function InWords(props: { modeSwitch: ReactNode; children: ReactNode }) {
  const { t } = useTranslation('sightings');
  return (
    <>
      <h1 className={classes['title']}>{t('report.title')}</h1>
      <p className={classes['lead']}>{t('report.lead')}</p>
      {props.modeSwitch}
      {props.children}
    </>
  );
}

function ModeSwitch({ pictures }: { pictures: boolean }) {
  const { t } = useTranslation('report');
  if (pictures)
    return (
      <button
        type="button"
        className={classes['mode']}
        data-bare
        aria-label={t('toText')}
        onClick={() => setPictures(false)}
      >
        <IconTextSize size={34} aria-hidden />
      </button>
    );
  return (
    <button type="button" className={classes['mode']} onClick={() => setPictures(true)}>
      <IconPhoto size={28} aria-hidden />
      <span>
        {t('toPictures')}
        <small>{t('toPicturesHint')}</small>
      </span>
    </button>
  );
}

function SignOut() {
  const { t } = useTranslation('common');
  const { session, signOut } = useSession();
  const leave = async () => {
    if (await mayLeave(session?.user.id ?? null)) await signOut();
  };
  return (
    <IconButton label={t('signOut')} onClick={() => void leave()}>
      <IconLogout size={22} aria-hidden />
    </IconButton>
  );
}
