import { TRPCClientError } from '@trpc/client';
import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { SessionView } from '../../shared/accounts/schema.ts';
import type { WireError } from '../../shared/errors.ts';
import { api } from '../kernel/api.ts';
import { useOutbox } from '../sightings/outbox.ts';
import { useSentReports } from '../sightings/sent-reports.ts';
import { renderWithin } from '../testing/render-app.tsx';
import { ReportScreen } from './report-screen.tsx';

vi.mock('../kernel/api.ts', () => ({
  api: {
    sightings: {
      report: { mutate: vi.fn() },
      edit: { mutate: vi.fn() },
      withdraw: { mutate: vi.fn() },
    },
    tips: {
      report: { mutate: vi.fn() },
      track: { query: vi.fn(() => new Promise(() => undefined)) },
      places: { query: vi.fn(() => new Promise(() => undefined)) },
    },
  },
}));

const tip = vi.mocked(api.tips.report.mutate);
const report = vi.mocked(api.sightings.report.mutate);
const receipt = {
  id: 'x',
  trackingCode: '7KQ2M9TX',
  receivedAt: '2026-01-05T18:03:00.000Z',
  progress: 'received' as const,
};
const refusal = (app: WireError) =>
  new TRPCClientError(app.code, {
    result: { error: { message: app.code, code: -32600, data: { app } } },
  });
const unreachable = () => new TRPCClientError('Failed to fetch');

function phoneAt(coords: { longitude: number; latitude: number; accuracy: number } | null): void {
  Object.defineProperty(navigator, 'geolocation', {
    configurable: true,
    value: {
      watchPosition: (found: (fix: object) => void, failed: (error: object) => void) => {
        if (coords) found({ coords });
        else failed({ code: 1, PERMISSION_DENIED: 1 });
        return 1;
      },
      clearWatch: () => undefined,
    },
  });
}
const courier: SessionView = {
  cityId: 'demo',
  user: {
    id: 'u1',
    username: 'li',
    displayName: 'Li',
    role: 'reporter',
    reporterKind: 'courier',
    teamId: null,
    stationId: null,
    disabled: false,
  },
};
/** The pressable thing that wears these words; by text, since walking every role costs seconds in jsdom. */
function press(words: RegExp | string): HTMLElement {
  const found = screen.getByText(words).closest<HTMLElement>('button, a');
  if (!found) throw new Error(`nothing to press says ${String(words)}`);
  return found;
}
const send = () => press('Send');

beforeEach(() => {
  localStorage.clear();
  useOutbox.setState({ items: [], sending: new Set(), kept: true });
  useSentReports.setState({ reports: [] });
  phoneAt({ longitude: 116.4, latitude: 39.9, accuracy: 12 });
});
afterEach(() => {
  cleanup();
  vi.resetAllMocks();
});

describe('the report screen', () => {
  it('is two taps from open to sent, without login', async () => {
    tip.mockResolvedValue(receipt);
    renderWithin(<ReportScreen />);
    fireEvent.click(press(/Thinly dressed/));
    fireEvent.click(send());
    expect(await screen.findByText('Received, thank you')).toBeTruthy();
    expect(screen.getByText('7 K Q 2 M 9 T X')).toBeTruthy();
    expect(tip.mock.calls[0]?.[0]).toMatchObject({
      cityId: 'demo',
      sighting: {
        flags: ['thinly_dressed'],
        headcount: 1,
        position: { lon: 116.4, lat: 39.9 },
        system: 'wgs84',
        positionSource: 'gps',
      },
    });
  });

  it('sends a signed-in courier’s report as theirs', async () => {
    report.mockResolvedValue(receipt);
    renderWithin(<ReportScreen />, { session: courier });
    fireEvent.click(press(/Elderly or a child/));
    fireEvent.click(send());
    await screen.findByText('Received, thank you');
    expect(report.mock.calls[0]?.[0]).toMatchObject({ flags: ['elderly', 'minor'] });
    expect(tip).not.toHaveBeenCalled();
  });

  it('keeps what was typed after an error and says it at the field', async () => {
    tip.mockRejectedValue(
      refusal({
        code: 'outside_city',
        field: 'position',
        fields: [
          { field: 'position', code: 'outside_city' },
          { field: 'sighting.note', code: 'text_too_long' },
        ],
      }),
    );
    renderWithin(<ReportScreen />);
    fireEvent.click(press(/Ill or injured/));
    fireEvent.click(press(/Add details/));
    const note = screen.getByLabelText<HTMLTextAreaElement>(/What else helps/);
    fireEvent.change(note, { target: { value: 'Second pillar' } });
    fireEvent.click(send());
    expect(await screen.findByText(/outside the city/)).toBeTruthy();
    expect(await screen.findByText(/The text is too long/)).toBeTruthy();
    expect(note.value).toBe('Second pillar');
    expect(press(/Ill or injured/).getAttribute('aria-pressed')).toBe('true');
    const first = tip.mock.calls[0]?.[0].sighting.id;
    tip.mockResolvedValue(receipt);
    fireEvent.click(send());
    await screen.findByText('Received, thank you');
    expect(tip.mock.calls[1]?.[0].sighting.id).toBe(first);
  });

  it('keeps a report that could not be sent, says so, and sends it again with the same id', async () => {
    tip.mockRejectedValueOnce(unreachable());
    renderWithin(<ReportScreen />);
    fireEvent.click(press(/Thinly dressed/));
    fireEvent.click(send());
    expect(await screen.findByText(/Not sent yet; it is kept/)).toBeTruthy();
    expect(localStorage.getItem('nuanxun.report.outbox')).toContain('thinly_dressed');
    tip.mockResolvedValue(receipt);
    fireEvent.click(press('Try now'));
    await screen.findByText('Received, thank you');
    expect(tip.mock.calls[1]?.[0].sighting).toEqual(tip.mock.calls[0]?.[0].sighting);
    await waitFor(() => expect(screen.queryByText(/Not sent yet/)).toBeNull());
  });

  it('restores a half-filled report after a reload', async () => {
    const first = renderWithin(<ReportScreen />);
    fireEvent.click(press(/Ill or injured/));
    first.unmount();
    renderWithin(<ReportScreen />);
    expect(press(/Ill or injured/).getAttribute('aria-pressed')).toBe('true');
  });

  it('says call 120 first when somebody cannot be woken, with the position to read out', async () => {
    renderWithin(<ReportScreen />);
    fireEvent.click(press(/Cannot be woken/));
    const call = press('Call 120');
    expect(call.getAttribute('href')).toBe('tel:120');
    expect(screen.getByText('39.90000° N, 116.40000° E')).toBeTruthy();
    const order = call.compareDocumentPosition(press(/Thinly dressed/));
    expect(order & Node.DOCUMENT_POSITION_FOLLOWING).toBeTruthy();
  });

  it('asks for words when the phone gives no position, and sends those', async () => {
    phoneAt(null);
    tip.mockResolvedValue(receipt);
    renderWithin(<ReportScreen />);
    fireEvent.click(press(/Thinly dressed/));
    fireEvent.click(send());
    expect(await screen.findByText('First tell us where it is')).toBeTruthy();
    fireEvent.change(screen.getByLabelText(/^Place/), { target: { value: 'North bridge' } });
    fireEvent.click(send());
    await screen.findByText('Received, thank you');
    expect(tip.mock.calls[0]?.[0].sighting).toMatchObject({
      positionSource: 'address',
      addressText: 'North bridge',
      position: { lon: 116.4, lat: 39.9 },
    });
  });

  it('explains in words when too many were sent', async () => {
    tip.mockRejectedValue(refusal({ code: 'too_many_attempts' }));
    renderWithin(<ReportScreen />);
    fireEvent.click(send());
    expect(await screen.findByText(/Too many attempts/)).toBeTruthy();
  });

  it('speaks Chinese', () => {
    renderWithin(<ReportScreen />, { language: 'zh-CN' });
    expect(press('叫不醒')).toBeTruthy();
    expect(screen.getByText('手机定位，误差约 12 米')).toBeTruthy();
  });
});
