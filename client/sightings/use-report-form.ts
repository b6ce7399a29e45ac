/** The report on screen: what is chosen, where it is, what was refused; every change is kept on the device. */
import { useCallback, useEffect, useEffectEvent, useMemo, useState } from 'react';
import type { CityView } from '../../shared/cities/schema.ts';
import type { SightingDraft, VulnerableFlag } from '../../shared/sightings/schema.ts';
import type { Fault } from '../kernel/fault.ts';
import { newId } from '../kernel/id.ts';
import { forgetForm, keepForm, restoreForm } from './kept-form.ts';
import { emptyForm, toSighting } from './report-form.ts';
import type { Choice, Place, ReportForm } from './report-form.ts';
import { usePosition } from './use-position.ts';
import type { Fix } from './use-position.ts';

/** A fix worse than this is better said in words or picked on the map. */
export const roughMeters = 500;

export interface ReportFormState {
  form: ReportForm;
  fix: Fix;
  /** where the report would go now; null = not known yet */
  place: Place | null;
  fault: Fault | null;
  /** tapped send before the position was there: it goes as soon as it is */
  awaitingPlace: boolean;
  sending: boolean;
  /** send was tapped, but nothing says where */
  placeMissing: boolean;
  change: (part: Partial<ReportForm>) => void;
  toggleChoice: (choice: Choice) => void;
  toggleFlag: (flag: VulnerableFlag) => void;
  locateAgain: () => void;
  submit: () => void;
  /** an empty form with a new id */
  startAnew: (form?: ReportForm) => void;
}

const toggled = <T>(list: readonly T[], item: T): T[] =>
  list.includes(item) ? list.filter((other) => other !== item) : [...list, item];

function placeOf(form: ReportForm, fix: Fix, city: CityView | null): Place | null {
  if (form.place) return form.place;
  if (fix.state === 'found')
    return { source: 'gps', position: fix.position, accuracyMeters: fix.accuracyMeters };
  if (form.addressText.trim() !== '' && city)
    return { source: 'address', position: city.center, accuracyMeters: 5000 };
  return null;
}

/** `onSend` answers with the fault to show at the fields, or null when the report is out of the form's hands. */
export function useReportForm(
  city: CityView | null,
  onSend: (draft: SightingDraft, version: number | null) => Promise<Fault | null>,
): ReportFormState {
  const [form, setForm] = useState<ReportForm>(restoreForm);
  const [fault, setFault] = useState<Fault | null>(null);
  const [awaitingPlace, setAwaitingPlace] = useState(false);
  const [placeMissing, setPlaceMissing] = useState(false);
  const [sending, setSending] = useState(false);
  const { fix, again } = usePosition(form.place === null);
  const place = useMemo(() => placeOf(form, fix, city), [form, fix, city]);

  useEffect(() => {
    keepForm(form);
  }, [form]);

  const change = useCallback((part: Partial<ReportForm>) => {
    setPlaceMissing(false);
    setForm((before) => ({ ...before, ...part }));
  }, []);
  const startAnew = useCallback((next?: ReportForm) => {
    setFault(null);
    setPlaceMissing(false);
    if (!next) forgetForm();
    setForm(next ?? emptyForm(newId(), new Date().toISOString()));
  }, []);

  const go = useEffectEvent(async (where: Place) => {
    setAwaitingPlace(false);
    setSending(true);
    setFault(null);
    const draft = toSighting(form, where, new Date().toISOString());
    const refusal = await onSend(draft, form.editing?.version ?? null);
    setSending(false);
    if (refusal) setFault(refusal);
    else startAnew();
  });
  const [tapped, setTapped] = useState(0);
  const onTap = useEffectEvent(() => {
    if (sending) return;
    if (place) void go(place);
    else if (fix.state === 'finding') setAwaitingPlace(true);
    else setPlaceMissing(true);
  });
  useEffect(() => {
    if (tapped > 0) onTap();
  }, [tapped]);
  useEffect(() => {
    if (!awaitingPlace) return;
    if (place) void go(place);
    else if (fix.state !== 'finding') {
      setAwaitingPlace(false);
      setPlaceMissing(true);
    }
  }, [awaitingPlace, place, fix.state]);

  return {
    form,
    fix,
    place,
    fault,
    awaitingPlace,
    sending,
    placeMissing,
    change,
    toggleChoice: (choice) => change({ choices: toggled(form.choices, choice) }),
    toggleFlag: (flag) => change({ flags: toggled(form.flags, flag) }),
    locateAgain: () => {
      change({ place: null });
      again();
    },
    submit: () => setTapped((count) => count + 1),
    startAnew,
  };
}
