import { cleanup } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import type { Language } from '../../shared/accounts/schema.ts';
import type { JobId, Reason, ReasonCode, Remedy, Shortfall } from '../../shared/planning/schema.ts';
import { renderWithin } from '../testing/render-app.tsx';
import { usePlanReasonWords } from './use-plan-reason-words.ts';
import type { PlanReasonWords } from './use-plan-reason-words.ts';

afterEach(cleanup);

const jobId: JobId = 'cluster:0198f0c2-0000-7000-8000-000000000001';
const at = '2026-01-05T18:03:00.000Z';
/** One of each: a new code does not compile before it stands here. */
const reasons: { [Code in ReasonCode]: Extract<Reason, { code: Code }> } = {
  soonest: { code: 'soonest', minutes: 9 },
  on_its_way: { code: 'on_its_way', minutes: 2 },
  only_one_able: { code: 'only_one_able' },
  has_skill: { code: 'has_skill', skill: 'medical' },
  has_seat: { code: 'has_seat', seats: 1 },
  has_items: { code: 'has_items', items: ['coat', 'quilt'] },
  frees_others: { code: 'frees_others', minutes: 12 },
  chosen_by_hand: { code: 'chosen_by_hand' },
  keeps_its_job: { code: 'keeps_its_job' },
  priority: { code: 'priority', score: 82 },
  flags: { code: 'flags', flags: ['minor', 'ill'] },
  waiting: { code: 'waiting', minutes: 95 },
  felt: { code: 'felt', celsius: -21 },
  deadline: { code: 'deadline', at },
  recheck_due: { code: 'recheck_due', at },
  bed_free: { code: 'bed_free', stationId: 's', kind: 'women', free: 2 },
  further: { code: 'further', minutes: 9 },
  no_seat: { code: 'no_seat', needed: 3, seats: 2 },
  no_wheelchair_seat: { code: 'no_wheelchair_seat' },
  no_bed: { code: 'no_bed', kind: 'women', places: 1 },
  no_skill: { code: 'no_skill', skill: 'female_member' },
  no_items: { code: 'no_items', items: ['quilt'] },
  shift_ends: { code: 'shift_ends', minutes: 20 },
  on_break: { code: 'on_break', until: at },
  off_duty: { code: 'off_duty' },
  vehicle_broken: { code: 'vehicle_broken' },
  no_position: { code: 'no_position' },
  position_old: { code: 'position_old', minutes: 40 },
  no_way: { code: 'no_way' },
  late_for: { code: 'late_for', jobId, minutes: 8 },
  busy_with: { code: 'busy_with', jobId, minutes: 25 },
  dismissed: { code: 'dismissed' },
  declined: { code: 'declined' },
  costs_others: { code: 'costs_others', minutes: 6 },
};
const remedies: { [Code in Remedy['code']]: Extract<Remedy, { code: Code }> } = {
  open_shelter: { code: 'open_shelter', stationId: 's', places: 40, minutes: 30 },
  call_team: { code: 'call_team', teamId: 't' },
  transfer: { code: 'transfer', fromTeamId: 't', toTeamId: 'u', item: 'quilt', quantity: 3 },
  load: { code: 'load', teamId: 't', item: 'coat', quantity: 4 },
  repair_vehicle: { code: 'repair_vehicle', vehicleId: 'v' },
};
const bare = { bedKind: null, skill: null, item: null, jobIds: [], remedies: [] };
const shortfalls: { [What in Shortfall['what']]: Shortfall } = {
  beds: { ...bare, what: 'beds', bedKind: 'women', missing: 2, withinMinutes: 30 },
  seats: { ...bare, what: 'seats', missing: 3, withinMinutes: 60 },
  teams: { ...bare, what: 'teams', missing: 1, withinMinutes: null },
  skill: { ...bare, what: 'skill', skill: 'medical', missing: 1, withinMinutes: 30 },
  items: { ...bare, what: 'items', item: 'quilt', missing: 5, withinMinutes: 90 },
};
const names = {
  team: (id: string) => (id === 't' ? 'T1' : 'T2'),
  station: () => 'S1',
  vehicle: () => 'V1',
  job: () => 'J1',
};

function wordsIn(language: Language): PlanReasonWords {
  let words: PlanReasonWords | undefined;
  function Probe() {
    words = usePlanReasonWords(names);
    return null;
  }
  renderWithin(<Probe />, { language });
  return words!;
}

describe.each(['zh-CN', 'en'] as const)('the sentences of a plan in %s', (language) => {
  it('exist for every reason, remedy and shortfall, with their blanks filled', () => {
    const words = wordsIn(language);
    const said = [
      ...Object.values(reasons).map(words.reason),
      ...Object.values(remedies).map(words.remedy),
      ...Object.values(shortfalls).map(words.shortfall),
    ];
    expect(said).toHaveLength(44);
    for (const sentence of said) {
      expect(sentence).not.toMatch(/\{\{|reason\.|remedy\.|shortfall\.|undefined|NaN/);
      expect(sentence.length).toBeGreaterThan(1);
      if (language === 'en') expect(sentence).not.toMatch(/[一-鿿]/);
    }
    expect(new Set(said).size).toBe(said.length);
  });
});

it('they read the way people speak', () => {
  const zh = wordsIn('zh-CN');
  expect(zh.shortfall(shortfalls.beds)).toBe('30 分钟内缺 2 个女床');
  expect(zh.reason(reasons.shift_ends)).toBe('下班早了 20 分钟');
  expect(zh.reason(reasons.bed_free)).toBe('S1还有 2 个女床');
  expect(zh.remedy(remedies.open_shelter)).toBe('开放S1：40 个床位，30 分钟后可用');
  cleanup();
  const en = wordsIn('en');
  expect(en.shortfall(shortfalls.beds)).toBe('2 beds for women missing within 30 min');
  expect(en.reason(reasons.further)).toBe('9 min further');
  expect(en.reason(reasons.has_seat)).toBe('Has 1 free seat');
  expect(en.reason(reasons.late_for)).toBe('Would be 8 min late for J1');
});
