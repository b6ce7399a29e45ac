import 'fake-indexeddb/auto';
import { cleanup, screen } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { renderWithin } from '../testing/render-app.tsx';
import { ReportScreen } from './report-screen.tsx';
import { phoneAt, press, send } from './report-testing.ts';

vi.hoisted(() => Object.assign(globalThis, { BroadcastChannel: undefined }));
vi.mock('../kernel/api.ts', () => ({
  asPerson: () => ({}),
  api: { tips: { places: { query: vi.fn(() => new Promise(() => undefined)) } } },
}));
// The line broke after the form had come and before its camera had.
const asked = vi.hoisted(() => ({ times: 0 }));
vi.mock('./attachments.tsx', () => ({
  get Attachments(): never {
    asked.times += 1;
    throw new TypeError('Failed to fetch dynamically imported module');
  },
}));
afterEach(cleanup);

describe('a report page whose line breaks while it loads', () => {
  it('keeps the form when camera and microphone do not come', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    phoneAt({ longitude: 116.4, latitude: 39.9, accuracy: 12 });
    renderWithin(<ReportScreen />);
    await vi.waitFor(() => expect(asked.times).toBeGreaterThan(0));
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(press(/Thinly dressed/)).toBeTruthy();
    expect(send()).toBeTruthy();
    expect(screen.queryByText(/load it again|Load again/i)).toBeNull();
  });
});
