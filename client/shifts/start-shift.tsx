/** The beginning of a shift: who is on it and from which agency, the area, the vehicle. Works without a network. */
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { agencies } from '../../shared/shifts/agencies.ts';
import type { ShiftDraft, ShiftMember } from '../../shared/shifts/schema.ts';
import { faultOf } from '../kernel/fault.ts';
import type { Fault } from '../kernel/fault.ts';
import { newId } from '../kernel/id.ts';
import { useFaultWords } from '../kernel/use-fault-words.ts';
import { BigButton } from '../ui/big-button.tsx';
import { SelectField } from '../ui/select-field.tsx';
import { TextField } from '../ui/text-field.tsx';
import { keepCrew, readLastCrew } from './last-crew.ts';
import classes from './shifts.module.css';

const mostMembers = 30;
const longestName = 60;
/** Choices in minutes; the city's own is among them or joins them. */
const usualMinutes = [30, 60, 120];

export interface StartShiftProps {
  teamId: string;
  /** of the signed-in person, to begin with */
  ownName: string;
  areas: readonly { id: string; name: string }[];
  team: { areaId: string | null; vehicle: string };
  /** the city's setting; null = none is asked for */
  checkInMinutes: number | null;
  /** resolves once it is kept */
  onStart: (draft: ShiftDraft) => Promise<void>;
  onDone: () => void;
  onBack: () => void;
}

interface FormRow extends ShiftMember {
  key: string;
}
const rowOf = (member: ShiftMember): FormRow => ({ ...member, key: newId() });

function useStart(props: StartShiftProps) {
  const [last] = useState(() => readLastCrew(props.teamId));
  const [id] = useState(newId);
  const [rows, setRows] = useState<readonly FormRow[]>(() =>
    (last?.members ?? [{ name: props.ownName, agency: 'civil_affairs' as const }]).map(rowOf),
  );
  const [vehicle, setVehicle] = useState(last?.vehicle ?? props.team.vehicle);
  const [areaId, setAreaId] = useState(last?.areaId ?? props.team.areaId);
  const [checkIn, setCheckIn] = useState<number | null | undefined>();
  const [fault, setFault] = useState<Fault | null>(null);
  const [saving, setSaving] = useState(false);
  const members = rows.flatMap(({ name, agency }) =>
    name.trim() === '' ? [] : [{ name: name.trim(), agency }],
  );
  const change = (key: string, part: Partial<ShiftMember>) =>
    setRows((before) => before.map((row) => (row.key === key ? { ...row, ...part } : row)));
  const add = () =>
    setRows((before) => [
      ...before,
      rowOf({ name: '', agency: before.at(-1)?.agency ?? 'civil_affairs' }),
    ]);
  const remove = (key: string) => setRows((before) => before.filter((row) => row.key !== key));
  const checkInMinutes = checkIn === undefined ? props.checkInMinutes : checkIn;
  const save = async () => {
    if (members.length === 0 || saving) return;
    setSaving(true);
    setFault(null);
    const known = props.areas.some((area) => area.id === areaId) ? areaId : null;
    const draft = { areaId: known, vehicle: vehicle.trim(), members, checkInMinutes };
    try {
      await props.onStart({ id, ...draft });
      keepCrew(props.teamId, draft);
      props.onDone();
    } catch (error) {
      setFault(faultOf(error));
      setSaving(false);
    }
  };
  const place = { vehicle, setVehicle, areaId, setAreaId, checkInMinutes, setCheckIn };
  return { rows, change, add, remove, members, fault, saving, save, ...place };
}

export function StartShift(props: StartShiftProps) {
  const { t } = useTranslation(['shifts', 'common']);
  const { sentence } = useFaultWords();
  const form = useStart(props);
  const minutes = [
    ...new Set([
      ...usualMinutes,
      ...[props.checkInMinutes, form.checkInMinutes].filter((m) => m !== null),
    ]),
  ].sort((a, b) => a - b);
  return (
    <form
      className={classes['form']}
      aria-label={t('shifts:start.title')}
      onSubmit={(event) => {
        event.preventDefault();
        void form.save();
      }}
    >
      <header className={classes['head']}>
        <h2>{t('shifts:start.title')}</h2>
        <BigButton tone="quiet" full={false} onClick={props.onBack}>
          {t('common:back')}
        </BigButton>
      </header>
      <p className={classes['quiet']}>{t('shifts:start.lead')}</p>
      <Members form={form} />
      <TextField
        label={t('shifts:start.vehicle')}
        maxLength={longestName}
        value={form.vehicle}
        onChange={form.setVehicle}
      />
      <SelectField
        label={t('shifts:start.area')}
        value={form.areaId ?? ''}
        onChange={(id) => form.setAreaId(id || null)}
        options={[
          { value: '', label: t('shifts:start.noArea') },
          ...props.areas.map(({ id, name }) => ({ value: id, label: name })),
        ]}
      />
      <SelectField
        label={t('shifts:start.checkIn')}
        value={String(form.checkInMinutes ?? '')}
        onChange={(count) => form.setCheckIn(Number(count) || null)}
        options={[
          ...minutes.map((count) => ({
            value: String(count),
            label: t('shifts:start.checkInEvery', { count }),
          })),
          { value: '', label: t('shifts:start.checkInNever') },
        ]}
      />
      <div className={classes['bar']}>
        {form.fault !== null && (
          <p className={classes['fault']} role="alert">
            {sentence(form.fault)}
          </p>
        )}
        <BigButton
          tone="main"
          tall
          type="submit"
          loading={form.saving}
          disabled={form.members.length === 0}
        >
          {form.members.length === 0 ? t('shifts:start.nobody') : t('shifts:start.save')}
        </BigButton>
      </div>
    </form>
  );
}

function Members({ form }: { form: ReturnType<typeof useStart> }) {
  const { t } = useTranslation('shifts');
  return (
    <div className={classes['members']}>
      {form.rows.map((row, index) => (
        <div key={row.key} className={classes['member']}>
          <TextField
            label={t('start.member', { count: index + 1 })}
            hideLabel
            placeholder={t('start.member', { count: index + 1 })}
            maxLength={longestName}
            autoComplete="off"
            value={row.name}
            onChange={(name) => form.change(row.key, { name })}
          />
          <SelectField
            label={`${t('start.agency')}: ${row.name || index + 1}`}
            hideLabel
            value={row.agency}
            onChange={(agency) => form.change(row.key, { agency: agency as ShiftMember['agency'] })}
            options={agencies.map((agency) => ({ value: agency, label: t(`agency.${agency}`) }))}
          />
          {form.rows.length > 1 && (
            <button
              type="button"
              className={classes['remove']}
              aria-label={t('start.remove', { name: row.name || String(index + 1) })}
              onClick={() => form.remove(row.key)}
            >
              <IconTrash size={22} aria-hidden />
            </button>
          )}
        </div>
      ))}
      {form.rows.length < mostMembers && (
        <BigButton icon={<IconPlus size={20} aria-hidden />} onClick={form.add}>
          {t('start.add')}
        </BigButton>
      )}
    </div>
  );
}
