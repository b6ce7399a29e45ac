/** The report on screen: what is chosen, where it is, what was refused; every change is kept on the device. */
import { useCallback, useEffect, useEffectEvent, useMemo, useState } from 'react';
import type { CityView } from '../../shared/cities/schema.ts';
import type { SightingDraft, VulnerableFlag } from '../../shared/sightings/schema.ts';
import { serverNow } from '../kernel/clock.ts';
import type { Fault } from '../kernel/fault.ts';
import { newId } from '../kernel/id.ts';
import { forgetForm, keepForm, restoreForm } from './kept-form.ts';
import { emptyForm, toSighting } from './report-form.ts';
import type { Choice, Place, ReportForm } from './report-form.ts';
import { usePosition } from './use-position.ts';
import type { Fix } from './use-position.ts';
import { useStateWords } from './use-state-words.ts';

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
  /** an empty form with a new id, or this one, with what was refused about it */
  startAnew: (form?: ReportForm, refusal?: Fault | null) => void;
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
export type OnSend = (draft: SightingDraft, version: number | null) => Promise<Fault | null>;

export function useReportForm(city: CityView | null, onSend: OnSend): ReportFormState {
  const [form, setForm] = useState<ReportForm>(restoreForm);
  const { fix, again } = usePosition(form.place === null);
  const place = useMemo(() => placeOf(form, fix, city), [form, fix, city]);
  useEffect(() => {
    keepForm(form);
  }, [form]);

  const put = useCallback((next?: ReportForm) => {
    if (!next) forgetForm();
    setForm(next ?? emptyForm(newId(), new Date().toISOString()));
  }, []);
  const submission = useSubmission({ form, fix, place, onSend, onGone: put });
  const { touched, refuse } = submission;

  const change = useCallback(
    (part: Partial<ReportForm>) => {
      touched();
      setForm((before) => ({ ...before, ...part }));
    },
    [touched],
  );
  const startAnew = useCallback(
    (next?: ReportForm, refusal: Fault | null = null) => {
      refuse(refusal);
      put(next);
    },
    [refuse, put],
  );
  return {
    form,
    fix,
    place,
    fault: submission.fault,
    awaitingPlace: submission.awaitingPlace,
    sending: submission.sending,
    placeMissing: submission.placeMissing,
    submit: submission.submit,
    change,
    toggleChoice: (choice) => change({ choices: toggled(form.choices, choice) }),
    toggleFlag: (flag) => change({ flags: toggled(form.flags, flag) }),
    locateAgain: () => {
      change({ place: null });
      again();
    },
    startAnew,
  };
}

/** From the tap on send until the report is kept; a tap before the position is there waits for it. */
function useSubmission(of: {
  form: ReportForm;
  fix: Fix;
  place: Place | null;
  onSend: OnSend;
  onGone: () => void;
}) {
  const [fault, setFault] = useState<Fault | null>(null);
  const [stage, setStage] = useState<'open' | 'awaitingPlace' | 'placeMissing' | 'sending'>('open');
  const stateWords = useStateWords(of.form);

  const go = useEffectEvent(async (where: Place) => {
    setStage('sending');
    setFault(null);
    const now = new Date(serverNow()).toISOString();
    const draft = toSighting(of.form, where, now, stateWords);
    const refusal = await of.onSend(draft, of.form.editing?.version ?? null);
    setStage('open');
    if (refusal) setFault(refusal);
    else of.onGone();
  });
  const { place } = of;
  const finding = of.fix.state === 'finding';
  useEffect(() => {
    if (stage !== 'awaitingPlace') return;
    if (place) void go(place);
    else if (!finding) setStage('placeMissing');
  }, [stage, place, finding]);

  return {
    fault,
    awaitingPlace: stage === 'awaitingPlace' && finding,
    placeMissing: stage === 'placeMissing',
    sending: stage === 'sending',
    submit: useCallback(
      () => setStage((before) => (before === 'sending' ? before : 'awaitingPlace')),
      [],
    ),
    touched: useCallback(
      () => setStage((before) => (before === 'placeMissing' ? 'open' : before)),
      [],
    ),
    refuse: useCallback((refusal: Fault | null) => {
      setFault(refusal);
      setStage('open');
    }, []),
  };
}
