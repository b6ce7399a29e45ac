/** Whom to send: the teams by distance and state, each with its own button. Offered → the rest follows on the timeline. */
import { Button, TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Candidate } from '../../shared/dispatch/schema.ts';
import type { TeamView } from '../../shared/patrols/schema.ts';
import { api } from '../kernel/api.ts';
import { faultOf } from '../kernel/fault.ts';
import type { Fault } from '../kernel/fault.ts';
import { newId } from '../kernel/id.ts';
import { useFaultWords } from '../kernel/use-fault-words.ts';
import { useFormat } from '../kernel/use-format.ts';
import { notifyDone, notifyFault } from '../ui/notify.tsx';
import { StateBlock } from '../ui/state-block.tsx';
import { useActiveDispatches } from './store.ts';
import classes from './send-panel.module.css';

interface Choices {
  clusterId: string;
  candidates: Candidate[] | null;
  fault: Fault | null;
}

const refreshMs = 15_000;

/** Asks anew every quarter of a minute: teams move and become free while one is thinking. */
function useCandidates(clusterId: string): Choices & { reload: () => void } {
  const [choices, setChoices] = useState<Choices>({ clusterId, candidates: null, fault: null });
  const [round, setRound] = useState(0);
  useEffect(() => {
    let gone = false;
    const ask = () =>
      api.dispatch.candidates.query({ clusterId }).then(
        (candidates) => !gone && setChoices({ clusterId, candidates, fault: null }),
        (error: unknown) =>
          !gone &&
          setChoices((before) => ({
            clusterId,
            candidates: before.clusterId === clusterId ? before.candidates : null,
            fault: faultOf(error),
          })),
      );
    void ask();
    const timer = setInterval(() => void ask(), refreshMs);
    return () => {
      gone = true;
      clearInterval(timer);
    };
  }, [clusterId, round]);
  const current =
    choices.clusterId === clusterId ? choices : { clusterId, candidates: null, fault: null };
  return { ...current, reload: () => setRound((count) => count + 1) };
}

export function SendPanel(props: {
  clusterId: string;
  teams: ReadonlyMap<string, TeamView>;
  onSent?: () => void;
}) {
  const { t } = useTranslation(['board', 'patrols', 'dispatch']);
  const { candidates, fault, reload } = useCandidates(props.clusterId);
  const { sentence } = useFaultWords();
  // What another desk does shows at once; only distances wait for the next answer.
  const { byTeam } = useActiveDispatches();
  const [note, setNote] = useState('');
  const [sendingTo, setSendingTo] = useState<string | null>(null);

  const send = async (team: TeamView) => {
    setSendingTo(team.id);
    try {
      await api.dispatch.send.mutate({
        id: newId(),
        clusterId: props.clusterId,
        teamId: team.id,
        note: note.trim(),
      });
      notifyDone(t('board:send.sent', { team: team.name }));
      setNote('');
      props.onSent?.();
    } catch (error) {
      notifyFault(sentence(faultOf(error)));
      reload();
    } finally {
      setSendingTo(null);
    }
  };

  if (candidates === null)
    return fault === null ? (
      <StateBlock kind="loading" compact />
    ) : (
      <StateBlock kind="error" compact text={sentence(fault)} onRetry={reload} />
    );
  const onDuty = candidates.filter(({ teamId }) => props.teams.get(teamId)?.onDuty === true);
  if (onDuty.length === 0)
    return (
      <StateBlock
        kind="empty"
        compact
        title={t('board:send.none')}
        text={t('board:send.noneText')}
      />
    );
  return (
    <div className={classes['panel']}>
      <p className={classes['lead']}>{t('board:send.lead')}</p>
      <ul className={classes['teams']}>
        {onDuty.map((candidate) => {
          const team = props.teams.get(candidate.teamId)!;
          const busy = byTeam.has(team.id);
          return (
            <li key={team.id} className={classes['team']}>
              <CandidateText candidate={candidate} team={team} />
              <Button
                variant={busy ? 'default' : 'filled'}
                h={48}
                disabled={busy || sendingTo !== null}
                loading={sendingTo === team.id}
                {...(busy ? { className: classes['busy'] ?? '' } : {})}
                aria-label={`${t('dispatch:do.send')}: ${team.name}`}
                onClick={() => void send(team)}
              >
                {busy ? t('patrols:busy') : t('dispatch:do.send')}
              </Button>
            </li>
          );
        })}
      </ul>
      <TextInput
        label={t('board:send.note')}
        value={note}
        maxLength={500}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
    </div>
  );
}

function CandidateText({ candidate, team }: { candidate: Candidate; team: TeamView }) {
  const { t } = useTranslation(['board', 'patrols']);
  const format = useFormat();
  const { distanceMeters, positionAgeSeconds } = candidate;
  const parts =
    distanceMeters === null
      ? [t('patrols:noPosition')]
      : [
          `${format.distance(distanceMeters)} (${t('board:send.straight')})`,
          ...(positionAgeSeconds !== null && positionAgeSeconds > 120
            ? [
                t('patrols:positionAge', {
                  ago: format.ago(new Date(format.now - positionAgeSeconds * 1000).toISOString()),
                }),
              ]
            : []),
        ];
  return (
    <span className={classes['text']}>
      <strong>{team.name}</strong>
      <span className={classes['quiet']}>
        {[...(team.vehicle === '' ? [] : [team.vehicle]), ...parts].join(' · ')}
      </span>
    </span>
  );
}
