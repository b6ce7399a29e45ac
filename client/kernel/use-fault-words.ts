import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { Fault } from './fault.ts';

export interface FaultWords {
  /** the whole sentence for a notice */
  sentence: (fault: Fault) => string;
  /** what to write at one field, or null when the fault is not about it; `field` is the schema's path */
  atField: (fault: Fault | null, field: string) => string | null;
}

/** Turns faults into sentences of the language on screen. */
export function useFaultWords(): FaultWords {
  const { t } = useTranslation('errors');
  const sentence = useCallback((fault: Fault) => t(fault.code, fault.params ?? {}), [t]);
  const atField = useCallback(
    (fault: Fault | null, field: string) => {
      const entry = fault?.fields.find(
        (candidate) => candidate.field === field || candidate.field.startsWith(`${field}.`),
      );
      if (!entry) return null;
      if (entry.code === 'invalid_input') return t('field.invalid_input');
      return t(entry.code, entry.params ?? {});
    },
    [t],
  );
  return { sentence, atField };
}
