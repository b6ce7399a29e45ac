/** What this device has sent, kept so that a person can change it or look it up; short, and only for two days. */
import { create } from 'zustand';
import type { SightingDraft } from '../../shared/sightings/schema.ts';
import { readStored, writeStored } from '../kernel/stored.ts';

export interface SentReport {
  draft: SightingDraft;
  cityId: string;
  userId: string | null;
  version: number;
  trackingCode: string | null;
  sentAt: string;
}

const key = 'nuanxun.report.sent';
const most = 30;
const keptMs = 48 * 3_600_000;

export function trim(reports: readonly SentReport[], now: number): SentReport[] {
  return reports.filter((report) => now - Date.parse(report.sentAt) < keptMs).slice(0, most);
}

const stored = readStored(key);
export const useSentReports = create<{ reports: readonly SentReport[] }>(() => ({
  reports: Array.isArray(stored) ? trim(stored as SentReport[], Date.now()) : [],
}));

/** Newest first; the same id replaces its earlier state. */
export function rememberSent(report: SentReport): void {
  const others = useSentReports
    .getState()
    .reports.filter((other) => other.draft.id !== report.draft.id);
  const reports = trim([report, ...others], Date.now());
  writeStored(key, reports);
  useSentReports.setState({ reports });
}
