/** What the patrol screen is looking at: one chosen thing, the same on map and sheet, and what is being written. */
import { create } from 'zustand';
import type { Bounds } from '../../shared/basemap/schema.ts';
import type { Visit } from '../dispatch/record-draft.ts';
import type { SheetHeight } from '../ui/bottom-sheet.tsx';

export type Choice = { kind: 'cluster' | 'recheck' | 'cell' | 'station' | 'keyPoint'; id: string };
export type Writing =
  | { kind: 'record'; visit: Visit }
  | { kind: 'decline'; dispatchId: string }
  | { kind: 'visit'; keyPointId: string }
  /** its beginning, or the running one */
  | { kind: 'shift' }
  /** what waits on this tablet */
  | { kind: 'queue' }
  /** areas to take along */
  | { kind: 'packs' };
/** Which key points the map shows. */
export type KeyPointFilter = 'all' | 'owed' | 'none';

interface PatrolStore {
  choice: Choice | null;
  writing: Writing | null;
  sheet: SheetHeight;
  keyPoints: KeyPointFilter;
  /** what the map shows */
  view: Bounds | null;
  /** counts requests to bring the chosen thing, or oneself, into view */
  focusCount: number;
  focusOn: 'choice' | 'own';
}

export const usePatrolScreen = create<PatrolStore>(() => ({
  choice: null,
  writing: null,
  sheet: 'half',
  keyPoints: 'all',
  view: null,
  focusCount: 0,
  focusOn: 'choice',
}));

/** `bringIntoView` when it was chosen elsewhere than on the map. */
export function choose(choice: Choice | null, bringIntoView = false): void {
  usePatrolScreen.setState((screen) => ({
    choice,
    writing: null,
    sheet: choice !== null && screen.sheet === 'low' ? 'half' : screen.sheet,
    focusOn: 'choice',
    focusCount: screen.focusCount + (bringIntoView ? 1 : 0),
  }));
}

export function write(writing: Writing): void {
  usePatrolScreen.setState({ writing, sheet: 'full' });
}

export function stopWriting(): void {
  usePatrolScreen.setState({ writing: null, sheet: 'half' });
}

export function showOwnPosition(): void {
  usePatrolScreen.setState((screen) => ({ focusOn: 'own', focusCount: screen.focusCount + 1 }));
}
