/** Audit entries as sentences: ids become names where they are known, codes become words. */
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { roles } from '../../shared/accounts/schema.ts';
import type { AuditEntry, UserView } from '../../shared/accounts/schema.ts';
import { mediaSubjects } from '../../shared/media/schema.ts';
import { responseLevels } from '../../shared/response/levels.ts';
import { reporterKinds } from '../../shared/sightings/schema.ts';
import { usePatrols } from '../patrols/store.ts';
import { useStationsStore } from '../stations/store.ts';

const actions = [
  'login-ok',
  'login-failed',
  'login-demo',
  'user-created',
  'user-changed',
  'enrolment-created',
  'enrolment-revoked',
  'device-enrolled',
  'device-revoked',
  'password-set',
  'administrator-set_up',
  'settings-changed',
  'encounters-read',
  'sighting-read',
  'media-read',
  'media-removed',
  'track-read',
  'conflict-read',
  'keyPoint-saved',
  'keyPoint-removed',
  'zone-saved',
  'zone-removed',
  'keyPoint-imported',
  'tracker-saved',
  'tracker-revoked',
  'shift-started',
  'alarm-acknowledged',
  'alarm-ended',
  'stays-read',
  'shelter-opened',
  'shelter-closed',
  'vehicle-saved',
  'vehicle-removed',
  'vehicle-stateSet',
  'depot-saved',
  'depot-removed',
  'planning-accepted',
  'planning-moved',
  'planning-unpinned',
  'planning-dismissed',
  'planning-settings',
  'response-declared',
  'response-raised',
  'response-lowered',
  'response-changed',
  'response-ended',
  'response-dismissed',
  'response-settingsChanged',
  'shelter-prepared',
  'weather-sourceSaved',
  'weather-sourceRemoved',
  'weather-hoursTyped',
] as const;
const fields = [
  'display_name',
  'role',
  'reporter_kind',
  'team_id',
  'station_id',
  'disabled',
  'kind',
  'devices',
  'days',
  'priorityThresholds',
  'recheckHours',
  'source',
  'added',
  'changed',
  'refused',
  'team',
  'medium',
  'belongsTo',
  'reason',
  'state',
  'level',
  'from',
  'drill',
  'byRule',
  'proposed',
  'parts',
  'hours',
] as const;
const settings = [
  'nameZh',
  'nameEn',
  'hotline',
  'epsMeters',
  'windowHours',
  'minPoints',
  'maxDiameterMeters',
  'checkInMinutes',
  'dwellSeconds',
  'winterFactor',
  'nightHours',
] as const;

const parts = ['preset', 'rules', 'effects', 'automatic', 'capSender', 'webAddress'] as const;
const steps = ['declare', 'raise', 'lower', 'end'] as const;

const among = <Known extends string>(known: readonly Known[], word: string): Known | null =>
  known.find((candidate) => candidate === word) ?? null;

/** The end of an id, enough to tell two apart when read aloud. */
const shortId = (id: string) => `#${id.slice(-4).toUpperCase()}`;
const arrow = ' → ';

/** What is known beside the sentence: where from, what changed from what to what. */
function useDetailWords() {
  const { t } = useTranslation(['admin', 'accounts', 'sightings', 'common', 'response']);
  const teams = usePatrols((store) => store.teams);
  const stations = useStationsStore((store) => store.byId);

  const partOf = useCallback(
    (word: string): string => {
      const part = among(parts, word);
      return part ? t(`admin:audit.part.${part}`) : word;
    },
    [t],
  );
  const valueOf = useCallback(
    (field: string, value: string): string => {
      const role = among(roles, value);
      const kind = among(reporterKinds, value);
      if (value === 'null') return t('admin:none');
      if (['disabled', 'drill', 'byRule'].includes(field))
        return t(value === 'true' ? 'admin:audit.yes' : 'admin:audit.no');
      const level = among(responseLevels, value);
      if ((field === 'level' || field === 'from') && level) return t(`response:level.${level}`);
      const step = among(steps, value);
      if (field === 'proposed' && step) return t(`admin:audit.step.${step}`);
      if (field === 'parts') return value.split(',').map(partOf).join(', ');
      if (field === 'role' && role) return t(`accounts:role.${role}`);
      if ((field === 'reporter_kind' || field === 'kind') && kind)
        return t(`sightings:kind.${kind}`);
      if (field === 'medium')
        return t(value === 'voice' ? 'admin:audit.voice' : 'admin:audit.photo');
      if (field === 'belongsTo') {
        const [subject = '', id = ''] = value.split(' ');
        const known = among(mediaSubjects, subject);
        return known ? t(`admin:audit.belongsTo.${known}`, { id: shortId(id) }) : value;
      }
      if (field === 'team_id' || field === 'teamId')
        return teams.get(value)?.name ?? shortId(value);
      if (field === 'station_id') return stations.get(value)?.name ?? shortId(value);
      return value.replaceAll(/["{}[\]]/g, '').replaceAll(',', ', ');
    },
    [t, teams, stations, partOf],
  );

  return useCallback(
    ([field, value]: [string, AuditEntry['details'][string]]): string | null => {
      if (field === 'address') return t('admin:audit.from', { address: String(value) });
      if (field === 'role' && !String(value).includes(arrow)) return valueOf(field, String(value));
      if (field === 'username') return null; // the sentence names the user already
      const known = among(fields, field);
      const setting = among(settings, field);
      const label = known
        ? t(`admin:audit.field.${known}`)
        : setting
          ? t(`admin:settings.${setting}`)
          : field;
      const values = String(value)
        .split(arrow)
        .map((each) => valueOf(field, each));
      return `${label}: ${values.join(arrow)}`;
    },
    [t, valueOf],
  );
}

export function useAuditWords(users: readonly UserView[]) {
  const { t } = useTranslation('admin');
  const detail = useDetailWords();
  const teams = usePatrols((store) => store.teams);
  const stations = useStationsStore((store) => store.byId);

  const subjectOf = useCallback(
    ({ action, subject }: AuditEntry): string => {
      if (action === 'sighting.read') return t('audit.report', { id: shortId(subject) });
      if (action === 'encounters.read') return t('audit.place', { id: shortId(subject) });
      if (/^(stays|shelter)\./.test(action)) return stations.get(subject)?.name ?? shortId(subject);
      if (action === 'track.read') return teams.get(subject)?.name ?? shortId(subject);
      if (action.startsWith('planning.')) return subject === '' ? '' : shortId(subject);
      if (action.startsWith('response.')) return '';
      if (action === 'device.revoked' || /^(alarm|media)\./.test(action)) return shortId(subject);
      return users.find((user) => user.id === subject)?.displayName ?? subject;
    },
    [t, users, teams, stations],
  );

  return useCallback(
    (entry: AuditEntry): { what: string; more: string } => {
      const action = among(actions, entry.action.replace('.', '-')) ?? 'other';
      const what = t(`audit.action.${action}`, {
        subject: subjectOf(entry),
        action: entry.action,
      });
      const more = Object.entries(entry.details)
        .map(detail)
        .filter((words) => words !== null)
        .join(' · ');
      return { what, more };
    },
    [t, detail, subjectOf],
  );
}
