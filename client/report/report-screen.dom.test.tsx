import 'fake-indexeddb/auto';
import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { api } from '../kernel/api.ts';
import { registerFieldDeliverers } from '../kernel/outbox/field-deliverers.ts';
import { dropItem, retryNow, setOutboxSender, useOutbox } from '../kernel/outbox/outbox.ts';
import { useSentReports } from '../sightings/sent-reports.ts';
import { renderWithin } from '../testing/render-app.tsx';
import { ReportScreen } from './report-screen.tsx';
import { courier, phoneAt, press, refusal, send, unreachable } from './report-testing.ts';
import { setPictures } from './use-pictures.ts';

// Test files run side by side in one process, and a tab tells all others who is signed in.
vi.hoisted(() => Object.assign(globalThis, { BroadcastChannel: undefined }));
vi.mock('../kernel/api.ts', () => ({
  asPerson: () => ({}),
  api: {
    field: { submit: { mutate: vi.fn() } },
    tips: {
      report: { mutate: vi.fn() },
      track: { query: vi.fn(() => new Promise(() => undefined)) },
      places: { query: vi.fn(() => new Promise(() => undefined)) },
    },
    streets: { describe: { query: vi.fn() } },
  },
}));

const tip = vi.mocked(api.tips.report.mutate);
const submit = vi.mocked(api.field.submit.mutate);
const describePlace = vi.mocked(api.streets.describe.query);
const receipt = { id: 'x', trackingCode: '7KQ2M9TX', receivedAt: '2026-01-05T18:03:00.000Z' };
registerFieldDeliverers();
beforeEach(() => {
  localStorage.clear();
  useSentReports.setState({ reports: [] });
  setPictures(false);
  setOutboxSender(null);
  phoneAt({ longitude: 116.4, latitude: 39.9, accuracy: 12 });
  describePlace.mockRejectedValue(unreachable());
});
afterEach(async () => {
  cleanup();
  await Promise.all(useOutbox.getState().items.map(({ id }) => dropItem(id)));
  retryNow();
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
    setOutboxSender('u1');
    submit.mockResolvedValue({ id: 'x', result: 'applied', receivedAt: '', conflict: null });
    renderWithin(<ReportScreen />, { session: courier });
    fireEvent.click(press(/Elderly or a child/));
    fireEvent.click(send());
    await screen.findByText('Received, thank you');
    expect(submit.mock.calls[0]?.[0]).toMatchObject({
      kind: 'sighting.report',
      sighting: { flags: ['elderly', 'minor'] },
    });
    expect(tip).not.toHaveBeenCalled();
    expect(useSentReports.getState().reports[0]).toMatchObject({ userId: 'u1', version: 1 });
  });

  it('brings a refused report back to the form, says what is wrong at the field, and mends it', async () => {
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
    fireEvent.change(screen.getByLabelText(/What else helps/), {
      target: { value: 'Second pillar' },
    });
    fireEvent.click(send());
    expect(await screen.findByText(/outside the city/)).toBeTruthy();
    expect(await screen.findByText(/The text is too long/)).toBeTruthy();
    const note = screen.getByLabelText<HTMLTextAreaElement>(/What else helps/);
    expect(note.value).toBe('Second pillar');
    expect(press(/Ill or injured/).getAttribute('aria-pressed')).toBe('true');
    const first = tip.mock.calls[0]?.[0].sighting;
    tip.mockResolvedValue(receipt);
    fireEvent.change(note, { target: { value: 'Pillar 2' } });
    fireEvent.click(send());
    await screen.findByText('Received, thank you');
    expect(tip.mock.calls[1]?.[0].sighting).toEqual({ ...first, note: 'Pillar 2' });
  });

  it('keeps a report with no network, says so, and sends it again with the same id', async () => {
    tip.mockRejectedValueOnce(unreachable());
    renderWithin(<ReportScreen />);
    fireEvent.click(press(/Thinly dressed/));
    fireEvent.click(send());
    expect(await screen.findByText(/Kept on this phone, goes by itself/)).toBeTruthy();
    await waitFor(() => expect(useOutbox.getState().items[0]?.fault?.code).toBe('unreachable'));
    tip.mockResolvedValue(receipt);
    fireEvent.click(press('Try now'));
    await screen.findByText('Received, thank you');
    expect(tip.mock.calls[1]?.[0].sighting).toEqual(tip.mock.calls[0]?.[0].sighting);
    expect(useOutbox.getState().items).toEqual([]);
  });

  it('restores a half-filled report after a reload', async () => {
    const first = renderWithin(<ReportScreen />);
    fireEvent.click(press(/Ill or injured/));
    first.unmount();
    renderWithin(<ReportScreen />);
    expect(press(/Ill or injured/).getAttribute('aria-pressed')).toBe('true');
  });

  it('says call 120 first when somebody cannot be woken, with the place to read out', async () => {
    describePlace.mockResolvedValue({
      zh: '北辰路，鼓楼站东南口旁',
      en: 'Beichen Road, by Gulou station',
      meters: 5,
      crossing: null,
      place: null,
    });
    renderWithin(<ReportScreen />);
    fireEvent.click(press(/Cannot be woken/));
    const call = press('Call 120');
    expect(call.getAttribute('href')).toBe('tel:120');
    expect(await screen.findByText('Beichen Road, by Gulou station')).toBeTruthy();
    expect(screen.getByText('39.90000')).toBeTruthy();
    expect(screen.getByText('116.40000')).toBeTruthy();
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

  it('explains in words when too many were sent, and keeps the report', async () => {
    tip.mockRejectedValue(refusal({ code: 'too_many_attempts' }));
    renderWithin(<ReportScreen />);
    fireEvent.click(send());
    expect(await screen.findByText(/Too many attempts/)).toBeTruthy();
    expect(useOutbox.getState().items).toHaveLength(1);
  });

  it('speaks Chinese', () => {
    renderWithin(<ReportScreen />, { language: 'zh-CN' });
    expect(press('叫不醒')).toBeTruthy();
    expect(screen.getByText('手机定位，误差约 12 米')).toBeTruthy();
  });
});
