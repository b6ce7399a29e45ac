import { create } from 'zustand';

/** adjust: the proposal, to be changed before it is followed */
export type NightDeskPage = 'declare' | 'proposal' | 'adjust' | 'weather';

export const useNightDesk = create<{ page: NightDeskPage | null }>(() => ({ page: null }));

export const openNightDesk = (page: NightDeskPage): void => useNightDesk.setState({ page });
export const closeNightDesk = (): void => useNightDesk.setState({ page: null });
