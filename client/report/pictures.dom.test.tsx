import 'fake-indexeddb/auto';
import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { api } from '../kernel/api.ts';
import { dropItem, retryNow, setOutboxSender, useOutbox } from '../kernel/outbox/outbox.ts';
import { useSentReports } from '../sightings/sent-reports.ts';
import { renderWithin } from '../testing/render-app.tsx';
import { ReportScreen } from './report-screen.tsx';
import { giveVoice, named, phoneAt, press, send, spoken, unreachable } from './report-testing.ts';
import { setPictures } from './use-pictures.ts';

// Test files run side by side in one process, and a tab tells all others who is signed in.
vi.hoisted(() => Object.assign(globalThis, { BroadcastChannel: undefined }));
vi.mock('../kernel/api.ts', () => ({
  api: {
    tips: {
      report: { mutate: vi.fn() },
      track: { query: vi.fn(() => new Promise(() => undefined)) },
      places: { query: vi.fn(() => new Promise(() => undefined)) },
    },
    streets: { describe: { query: vi.fn() } },
  },
}));

const tip = vi.mocked(api.tips.report.mutate);
const describePlace = vi.mocked(api.streets.describe.query);
const receipt = { id: 'x', trackingCode: '7KQ2M9TX', receivedAt: '2026-01-05T18:03:00.000Z' };
giveVoice();
beforeEach(() => {
  localStorage.clear();
  useSentReports.setState({ reports: [] });
  setPictures(false);
  setOutboxSender(null);
  spoken.length = 0;
  phoneAt({ longitude: 116.4, latitude: 39.9, accuracy: 12 });
  describePlace.mockRejectedValue(unreachable());
});
afterEach(async () => {
  cleanup();
  await Promise.all(useOutbox.getState().items.map(({ id }) => dropItem(id)));
  retryNow();
  vi.resetAllMocks();
});

describe('how the person is', () => {
  it('is found in four taps and becomes part of the report', async () => {
    tip.mockResolvedValue(receipt);
    renderWithin(<ReportScreen />);
    fireEvent.click(press(/How is the person/));
    await screen.findByText('They respond');
    fireEvent.click(press('They respond'));
    fireEvent.click(press('Shivering'));
    fireEvent.click(press('Clear and steady'));
    fireEvent.click(press('Yes'));
    expect(screen.getByText('Cold, needs warmth')).toBeTruthy();
    fireEvent.click(press(/Put it in the report/));
    fireEvent.click(send());
    await screen.findByText('Received, thank you');
    expect(tip.mock.calls[0]?.[0].sighting).toMatchObject({
      flags: ['thinly_dressed'],
      needs: ['coat', 'quilt', 'heat_pack', 'hot_water'],
      note: 'State: wet, thinly dressed or on the ground, shivering',
    });
  });

  it('says call 120 after the second tap when shivering has stopped, and goes on reporting after it', async () => {
    tip.mockResolvedValue(receipt);
    renderWithin(<ReportScreen />);
    fireEvent.click(press(/How is the person/));
    await screen.findByText('They respond');
    fireEvent.click(press('They respond'));
    fireEvent.click(press('It has stopped'));
    expect(screen.getByText('Call 120 now').closest('section')?.getAttribute('role')).toBe('alert');
    expect(press('Call 120').getAttribute('href')).toBe('tel:120');
    fireEvent.click(press(/I have called/));
    fireEvent.click(press('Tell the patrol too'));
    await screen.findByText('Received, thank you');
    expect(tip.mock.calls[0]?.[0].sighting).toMatchObject({
      flags: ['unresponsive'],
      needs: ['ambulance'],
      note: 'State: has stopped shivering',
    });
  });

  it('can be taken back one answer, and left', async () => {
    renderWithin(<ReportScreen />);
    fireEvent.click(press(/How is the person/));
    await screen.findByText('No response');
    fireEvent.click(press('No response'));
    fireEvent.click(press('Back'));
    expect(screen.getByText('No response')).toBeTruthy();
    fireEvent.click(press('Not now'));
    expect(send()).toBeTruthy();
  });
});

describe('the report in pictures', () => {
  it('is two taps, every control has a name, and each tap is spoken', async () => {
    tip.mockResolvedValue(receipt);
    renderWithin(<ReportScreen />);
    fireEvent.click(press(/^Pictures/));
    await screen.findByLabelText('One more');
    for (const button of document.querySelectorAll('main form button'))
      expect(button.getAttribute('aria-label') ?? button.textContent).not.toBe('');
    fireEvent.click(named('Thinly dressed, cold'));
    expect(spoken.at(-1)).toBe('Thinly dressed, cold, chosen');
    fireEvent.click(named('One more'));
    expect(spoken.at(-1)).toBe('2 people');
    fireEvent.click(named('Send'));
    await waitFor(() => expect(spoken.at(-1)).toBe('Received, thank you.'));
    expect(tip.mock.calls[0]?.[0].sighting).toMatchObject({
      flags: ['thinly_dressed'],
      headcount: 2,
    });
  });

  it('is remembered, and reads itself aloud in the language on screen', async () => {
    setPictures(true);
    renderWithin(<ReportScreen />, { language: 'zh-CN' });
    fireEvent.click(await screen.findByLabelText('读给我听'));
    expect(spoken.at(-1)).toMatch(/^看到有人露宿/);
    expect(JSON.parse(localStorage.getItem('nuanxun.report.pictures') ?? 'null')).toBe(true);
  });

  it('speaks the questions about the person, and says call 120 aloud', async () => {
    setPictures(true);
    renderWithin(<ReportScreen />);
    fireEvent.click(await screen.findByLabelText('How is the person?'));
    await screen.findByLabelText('No response');
    expect(spoken.at(-1)).toMatch(/Do they respond/);
    fireEvent.click(named('No response'));
    expect(spoken.at(-1)).toMatch(/^No response。 Call 120 now/);
  });

  it('says what is missing when the phone has no position', async () => {
    phoneAt(null);
    setPictures(true);
    renderWithin(<ReportScreen />);
    fireEvent.click(await screen.findByLabelText('Send'));
    await waitFor(() => expect(spoken.at(-1)).toMatch(/Please tap the map/));
    expect(tip).not.toHaveBeenCalled();
  });
});
