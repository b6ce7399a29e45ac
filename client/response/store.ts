import { create } from 'zustand';
import type { ActivationView } from '../../shared/response/schema.ts';

interface ResponseStore {
  activation: ActivationView | null;
}

export const useResponse = create<ResponseStore>(() => ({ activation: null }));

/** The cold night in force, or null. */
export const useNight = (): ActivationView | null =>
  useResponse((store) => (store.activation?.endedAt === null ? store.activation : null));
