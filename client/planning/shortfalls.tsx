/** What the city hasn't got tonight, calmly, with what would help right beside it. */
import { IconAlertTriangle } from '@tabler/icons-react';
import { Modal, Textarea } from '@mantine/core';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Remedy, Shortfall } from '../../shared/planning/schema.ts';
import { api } from '../kernel/api.ts';
import { faultOf } from '../kernel/fault.ts';
import { newId } from '../kernel/id.ts';
import { useFaultWords } from '../kernel/use-fault-words.ts';
import { BigButton } from '../ui/big-button.tsx';
import { notifyDone, notifyFault } from '../ui/notify.tsx';
import { usePlanScene, useSceneWords } from './scene.ts';
import classes from './shortfalls.module.css';

interface Opening {
  id: string;
  stationId: string;
  why: string;
}

export function Shortfalls({ all }: { all: readonly Shortfall[] }) {
  const { t } = useTranslation('planDesk');
  const words = useSceneWords();
  const [opening, setOpening] = useState<Opening | null>(null);
  if (all.length === 0) return null;
  return (
    <section className={classes['strip']} aria-label={t('shortfalls')}>
      <ul>
        {all.map((shortfall) => (
          <li key={`${shortfall.what} ${shortfall.bedKind} ${shortfall.skill} ${shortfall.item}`}>
            <ShortfallLine shortfall={shortfall}>
              {shortfall.remedies.map((remedy) => (
                <RemedyLine
                  key={JSON.stringify(remedy)}
                  remedy={remedy}
                  onOpen={(stationId) =>
                    setOpening({ id: newId(), stationId, why: words.shortfall(shortfall) })
                  }
                />
              ))}
            </ShortfallLine>
          </li>
        ))}
      </ul>
      <ShelterDialog opening={opening} onClose={() => setOpening(null)} />
    </section>
  );
}

/** What can be done from here stays in sight; what others have to do is a tap away. */
function ShortfallLine({ shortfall, children }: { shortfall: Shortfall; children: ReactNode }) {
  const words = useSceneWords();
  const text = (
    <>
      <IconAlertTriangle size={18} aria-hidden />
      <strong>{words.shortfall(shortfall)}</strong>
    </>
  );
  if (shortfall.remedies.length === 0) return <p>{text}</p>;
  const atHand = shortfall.remedies.some(
    ({ code }) => code === 'open_shelter' || code === 'call_team',
  );
  return (
    <details open={atHand}>
      <summary>{text}</summary>
      {children}
    </details>
  );
}

function RemedyLine(props: { remedy: Remedy; onOpen: (stationId: string) => void }) {
  const { t } = useTranslation('planDesk');
  const { sentence } = useFaultWords();
  const scene = usePlanScene();
  const words = useSceneWords();
  const [busy, setBusy] = useState(false);
  const { remedy } = props;
  const text = words.remedy(remedy);
  const call = async (teamId: string) => {
    setBusy(true);
    try {
      await api.patrols.setDuty.mutate({ teamId, onDuty: true });
      notifyDone(t('called', { team: scene.team(teamId) }));
    } catch (error) {
      notifyFault(sentence(faultOf(error)));
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className={classes['remedy']}>
      <span>{text}</span>
      {scene.mayAct && remedy.code === 'open_shelter' && (
        <BigButton
          full={false}
          label={`${t('open_shelter')}: ${scene.station(remedy.stationId)}`}
          onClick={() => props.onOpen(remedy.stationId)}
        >
          {t('open_shelter')}
        </BigButton>
      )}
      {scene.mayAct && remedy.code === 'call_team' && (
        <BigButton
          full={false}
          loading={busy}
          label={`${t('callTeam')}: ${scene.team(remedy.teamId)}`}
          onClick={() => void call(remedy.teamId)}
        >
          {t('callTeam')}
        </BigButton>
      )}
    </div>
  );
}

/** Opening a shelter is one decision with a record: it asks for its reason. */
function ShelterDialog({ opening, onClose }: { opening: Opening | null; onClose: () => void }) {
  const { t } = useTranslation(['planDesk', 'common']);
  const scene = usePlanScene();
  return (
    <Modal
      opened={opening !== null}
      onClose={onClose}
      title={t('shelter.title', { station: opening ? scene.station(opening.stationId) : '' })}
      size={480}
      closeButtonProps={{ size: 48, 'aria-label': t('common:close') }}
    >
      {opening && <ShelterForm key={opening.id} opening={opening} onDone={onClose} />}
    </Modal>
  );
}

function ShelterForm({ opening, onDone }: { opening: Opening; onDone: () => void }) {
  const { t } = useTranslation('planDesk');
  const { sentence } = useFaultWords();
  const scene = usePlanScene();
  const [reason, setReason] = useState(() => t('shelter.preset', { shortfall: opening.why }));
  const [busy, setBusy] = useState(false);
  const decide = async () => {
    setBusy(true);
    try {
      await api.stations.decideShelter.mutate({
        id: opening.id,
        stationId: opening.stationId,
        open: true,
        reason: reason.trim(),
      });
      notifyDone(t('shelter.done', { station: scene.station(opening.stationId) }));
      onDone();
    } catch (error) {
      notifyFault(sentence(faultOf(error)));
      setBusy(false);
    }
  };
  return (
    <form
      className={classes['form']}
      onSubmit={(event) => {
        event.preventDefault();
        void decide();
      }}
    >
      <Textarea
        label={t('shelter.reason')}
        value={reason}
        autosize
        minRows={2}
        maxLength={500}
        data-autofocus
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <BigButton tone="main" type="submit" loading={busy} disabled={reason.trim() === ''}>
        {t('shelter.do')}
      </BigButton>
    </form>
  );
}
