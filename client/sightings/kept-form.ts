/** The form survives a reload, a crash, an empty battery: it is kept on the device until it is sent. */
import { newId } from '../kernel/id.ts';
import { readStored, writeStored } from '../kernel/stored.ts';
import { choices, emptyForm, hasContent } from './report-form.ts';
import type { ReportForm } from './report-form.ts';

const key = 'nuanxun.report.form';
/** What was typed half a day ago is not about now. */
const keptHours = 12;

export function restoreForm(now: number = Date.now()): ReportForm {
  const fresh = emptyForm(newId(), new Date(now).toISOString());
  const stored = readStored(key);
  if (!isForm(stored)) return fresh;
  const form = { ...fresh, ...stored };
  // A photo that was taken before anything else belongs to this id.
  if (isEmpty(form)) return { ...fresh, id: form.id };
  const age = now - Date.parse(form.startedAt);
  return age >= 0 && age < keptHours * 3_600_000 ? form : fresh;
}

const isEmpty = (form: ReportForm): boolean => !hasContent(form) && form.editing === null;

/** False when the browser keeps nothing. @param always also one with nothing on it, since a photo belongs to it */
export const keepForm = (form: ReportForm, always = false): boolean =>
  writeStored(key, always || !isEmpty(form) ? form : null);

export const forgetForm = (): boolean => writeStored(key, null);

function isForm(stored: unknown): stored is ReportForm {
  if (typeof stored !== 'object' || stored === null) return false;
  const form = stored as Partial<ReportForm>;
  return (
    typeof form.id === 'string' &&
    typeof form.startedAt === 'string' &&
    typeof form.headcount === 'number' &&
    Array.isArray(form.flags) &&
    Array.isArray(form.choices) &&
    form.choices.every((choice) => choices.includes(choice))
  );
}
