import { create } from 'zustand';
import type { ActivationView, ProposalView } from '../../shared/response/schema.ts';

interface ResponseStore {
  activation: ActivationView | null;
  /** waiting for a decision */
  proposal: ProposalView | null;
}

export const useResponse = create<ResponseStore>(() => ({ activation: null, proposal: null }));

/** What the screens of the staff wear: the cold night in force, or a drill; or null. */
export const useWornNight = (): ActivationView | null =>
  useResponse(({ activation }) => (activation?.endedAt === null ? activation : null));

/** The cold night in force, which changes what is owed to people; a drill doesn't. */
export function useNight(): ActivationView | null {
  const worn = useWornNight();
  return worn?.drill === true ? null : worn;
}

/** What the rules ask for, until somebody decides. */
export const useProposal = (): ProposalView | null =>
  useResponse(({ proposal }) => (proposal?.state === 'open' ? proposal : null));
