import { cleanup, screen } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import type { AuditEntry } from '../../shared/accounts/schema.ts';
import { renderWithin } from '../testing/render-app.tsx';
import { useAuditWords } from './audit-words.ts';

const users = [
  {
    id: 'u1',
    username: 'wang',
    displayName: 'Old Wang',
    role: 'patrol' as const,
    reporterKind: null,
    teamId: null,
    stationId: null,
    disabled: true,
  },
];
const entry = (part: Partial<AuditEntry>): AuditEntry => ({
  id: 'e1',
  at: '2026-01-05T18:03:00.000Z',
  userId: 'u0',
  userName: 'Li',
  action: 'login.ok',
  subject: '',
  details: {},
  ...part,
});
function Line(props: { entry: AuditEntry }) {
  const { what, more } = useAuditWords(users)(props.entry);
  return <p data-testid="line">{`${what} | ${more}`}</p>;
}
const said = (part: Partial<AuditEntry>, language: 'en' | 'zh-CN' = 'en') => {
  renderWithin(<Line entry={entry(part)} />, { language });
  return screen.getByTestId('line').textContent;
};
afterEach(cleanup);

it('names the person an id stands for, and what changed in words', () => {
  const details = { role: 'reporter → patrol', disabled: 'false → true' };
  expect(said({ action: 'user.changed', subject: 'u1', details })).toBe(
    'Changed the user Old Wang | Role: Reporter → Patrol · Disabled: no → yes',
  );
});
it('says settings by the names they have on the form', () => {
  const details = { epsMeters: '80 → 120', maxDiameterMeters: '250 → null' };
  expect(said({ action: 'settings.changed', details }, 'zh-CN')).toBe(
    '修改城市设置 | 多近算在一起（米）: 80 → 120 · 一个地点最宽（米）: 250 → 无',
  );
});
it('shows an action it does not know as it is', () => {
  expect(said({ action: 'beds.counted', subject: 'x' })).toBe('beds.counted x | ');
});
it('says whose photo was opened', () => {
  const details = {
    medium: 'photo',
    belongsTo: 'sighting 019b8e3c-0000-7000-8000-00000000beef',
  };
  const subject = '019b8e3c-0000-7000-8000-00000000cafe';
  expect(said({ action: 'media.read', subject, details })).toBe(
    'Opened photo or voice note #CAFE | Kind: photo · Belongs to: report #BEEF',
  );
});
