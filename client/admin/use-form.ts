/** One form: what was typed stays until it is saved, and each fault is said at its field. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { faultOf } from '../kernel/fault.ts';
import type { Fault } from '../kernel/fault.ts';
import { useFaultWords } from '../kernel/use-fault-words.ts';

export const faultAt = (...fields: string[]): Fault => ({
  code: 'invalid_input',
  fields: fields.map((field) => ({ field, code: 'invalid_input' })),
});

/** What stands at a path such as `recheckHours.normal`. */
const valueAt = (draft: unknown, path: string): unknown =>
  path
    .split('.')
    .reduce<unknown>(
      (value, key) =>
        typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined,
      draft,
    );
const isBlank = (value: unknown): boolean =>
  value === null || value === undefined || (typeof value === 'string' && value.trim() === '');

export function useForm<Draft extends Record<string, unknown>>(start: Draft) {
  const { t } = useTranslation('errors');
  const { sentence, atField } = useFaultWords();
  const [draft, setDraft] = useState(start);
  const [fault, setFault] = useState<Fault | null>(null);
  const [busy, setBusy] = useState(false);

  /** Typing takes back what was said about these fields. */
  const change = (part: Partial<Draft>) => {
    setDraft((before) => ({ ...before, ...part }));
    const isAnswered = (field: string) => Object.keys(part).some((key) => field.startsWith(key));
    setFault((before) => {
      const fields = before?.fields.filter(({ field }) => !isAnswered(field)) ?? [];
      return before && fields.length > 0 ? { ...before, fields } : null;
    });
  };

  /** What to say at a field; `wrong` replaces the general sentence where a better one is known. */
  const at = (field: string, wrong?: string): string | null => {
    const words = atField(fault, field);
    if (words === null) return null;
    const entry = fault?.fields.find((candidate) => candidate.field.startsWith(field));
    if (entry?.code !== 'invalid_input') return words;
    return isBlank(valueAt(draft, field)) ? t('field.required') : (wrong ?? words);
  };

  /** Answers null when it was refused, here or by the server; the draft stays as it is. */
  const send = async <Input, Answer>(
    schema: z.ZodType<Input>,
    input: unknown,
    call: (input: Input) => Promise<Answer>,
  ): Promise<Answer | null> => {
    const parsed = schema.safeParse(input);
    if (!parsed.success) {
      setFault(faultAt(...parsed.error.issues.map((issue) => issue.path.join('.'))));
      return null;
    }
    setBusy(true);
    setFault(null);
    try {
      return await call(parsed.data);
    } catch (error) {
      setFault(faultOf(error));
      return null;
    } finally {
      setBusy(false);
    }
  };
  const problem = fault === null ? null : sentence(fault);
  return { draft, change, at, busy, send, refuse: setFault, fault, problem };
}
