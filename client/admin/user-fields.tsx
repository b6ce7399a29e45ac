/** What a person may do, and with whom: the fields that a new and a changed account share. */
import { NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { roles } from '../../shared/accounts/schema.ts';
import type { Role, UserView } from '../../shared/accounts/schema.ts';
import { reporterKinds } from '../../shared/sightings/schema.ts';
import { useTeams } from '../patrols/store.ts';
import { useStations } from '../stations/store.ts';
import classes from './page.module.css';

export interface Standing {
  role: Role;
  /** '' where none is chosen */
  reporterKind: string;
  teamId: string;
  stationId: string;
}

export const standingOf = (user: UserView | null): Standing => ({
  role: user?.role ?? 'reporter',
  reporterKind: user?.reporterKind ?? '',
  teamId: user?.teamId ?? '',
  stationId: user?.stationId ?? '',
});

/** Only what belongs to the role is sent. */
export const standingInput = (standing: Standing) => {
  const only = (role: Role, value: string) =>
    standing.role === role && value !== '' ? value : null;
  return {
    role: standing.role,
    reporterKind: only('reporter', standing.reporterKind),
    teamId: only('patrol', standing.teamId),
    stationId: only('station_manager', standing.stationId),
  };
};

interface FieldsProps {
  standing: Standing;
  onChange: (part: Partial<Standing>) => void;
  at: (field: string) => string | null;
}

export function UserFields({ standing, onChange, at }: FieldsProps) {
  const { t } = useTranslation('admin');
  const wrongRole = at('role');
  return (
    <>
      <fieldset className={classes['fieldset']}>
        <legend className={classes['legend']}>{t('users.role')}</legend>
        <div className={classes['roles']}>
          {roles.map((role) => (
            <RoleChoice
              key={role}
              role={role}
              checked={standing.role === role}
              onChoose={() => onChange({ role })}
            />
          ))}
        </div>
        {wrongRole !== null && <p className={classes['error']}>{wrongRole}</p>}
      </fieldset>
      <Belonging standing={standing} onChange={onChange} at={at} />
    </>
  );
}

function RoleChoice(props: { role: Role; checked: boolean; onChoose: () => void }) {
  const { t } = useTranslation('accounts');
  return (
    <label className={classes['role']}>
      <input type="radio" name="role" checked={props.checked} onChange={props.onChoose} />
      <strong>{t(`role.${props.role}`)}</strong>
      <small>{t(`roleDoes.${props.role}`)}</small>
    </label>
  );
}

/** The kind of a reporter, a patrol's team, a manager's station; nothing for the others. */
function Belonging({ standing, onChange, at }: FieldsProps) {
  const { t } = useTranslation(['admin', 'sightings']);
  const teams = useTeams();
  const stations = useStations();
  const shared = { size: 'lg', className: classes['narrow'] ?? '' } as const;
  if (standing.role === 'reporter')
    return (
      <NativeSelect
        {...shared}
        label={t('admin:users.reporterKind')}
        value={standing.reporterKind}
        error={at('reporterKind')}
        onChange={(event) => onChange({ reporterKind: event.currentTarget.value })}
        data={[
          { value: '', label: t('admin:users.chooseKind') },
          ...reporterKinds.map((kind) => ({ value: kind, label: t(`sightings:kind.${kind}`) })),
        ]}
      />
    );
  if (standing.role === 'patrol')
    return (
      <NativeSelect
        {...shared}
        label={t('admin:users.team')}
        description={t('admin:users.teamHint')}
        value={standing.teamId}
        error={at('teamId')}
        onChange={(event) => onChange({ teamId: event.currentTarget.value })}
        data={[
          { value: '', label: t('admin:users.noTeam') },
          ...teams.map((team) => ({ value: team.id, label: `${team.callSign} · ${team.name}` })),
        ]}
      />
    );
  if (standing.role === 'station_manager')
    return (
      <NativeSelect
        {...shared}
        label={t('admin:users.station')}
        value={standing.stationId}
        error={at('stationId')}
        onChange={(event) => onChange({ stationId: event.currentTarget.value })}
        data={[
          { value: '', label: t('admin:users.noStation') },
          ...stations.map((station) => ({ value: station.id, label: station.name })),
        ]}
      />
    );
  return null;
}
