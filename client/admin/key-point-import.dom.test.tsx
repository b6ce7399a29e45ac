import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { api } from '../kernel/api.ts';
import { renderWithin, testCity } from '../testing/render-app.tsx';
import { KeyPointImport } from './key-point-import.tsx';
import { nothingSent, sendPieces } from './send-key-points.ts';
import type { Sendable } from './send-key-points.ts';

vi.mock('../kernel/api.ts', () => ({ api: { keyPoints: { import: { mutate: vi.fn() } } } }));

const call = vi.mocked(api.keyPoints.import.mutate);
const choose = (text: string) => {
  const file = new File([text], 'points.csv');
  // jsdom's files can't be read this way yet.
  file.arrayBuffer = () => Promise.resolve(new TextEncoder().encode(text).buffer);
  const picker = screen.getByLabelText('Choose a CSV or GeoJSON file');
  fireEvent.change(picker, { target: { files: [file] } });
};

afterEach(() => {
  cleanup();
  vi.resetAllMocks();
});

describe('importing a file', () => {
  it('shows the faults first, sends the good rows in pieces of 100, and goes on after an error', async () => {
    renderWithin(<KeyPointImport />);
    const [west, south] = testCity.bounds;
    const lines = Array.from(
      { length: 250 },
      (_, n) => `p${n},${west + 0.01},${south + 0.01},r${n}`,
    );
    choose(['name,lon,lat,ref', ...lines, 'far,1,1,x'].join('\n'));
    expect(await screen.findByText('250 rows can be imported')).toBeTruthy();
    expect(screen.getByText(/Line 252/).textContent).toContain('outside of the city');
    expect(call).not.toHaveBeenCalled();

    call.mockResolvedValueOnce({
      added: 99,
      changed: 0,
      refused: [{ index: 3, code: 'outside_city' }],
    });
    call.mockRejectedValueOnce(new Error('no network'));
    fireEvent.click(screen.getByText('Import 250 key points'));
    expect(await screen.findByText(/100 of 250 sent/)).toBeTruthy();
    expect(await screen.findByText('Go on with the 150 left')).toBeTruthy();
    expect(screen.getByText(/^p3:/).textContent).toContain('outside of the city');

    call.mockResolvedValueOnce({ added: 100, changed: 0, refused: [] });
    call.mockResolvedValueOnce({ added: 0, changed: 50, refused: [] });
    fireEvent.click(screen.getByText('Go on with the 150 left'));
    await waitFor(() => expect(screen.getByText(/250 of 250 sent/)).toBeTruthy());
    expect(screen.getByText(/199 added, 50 changed/)).toBeTruthy();
    const sizes = call.mock.calls.map(([input]) => input.keyPoints.length);
    expect(sizes).toEqual([100, 100, 100, 50]);
    const names = call.mock.calls.map(([input]) => input.keyPoints[0]!.name);
    expect(names).toEqual(['p0', 'p100', 'p100', 'p200']);
  });

  it('sends fewer at once where the rows are long: no call is larger than the server takes', async () => {
    const row = (n: number): Sendable => ({
      id: `0199aaaa-bbbb-7ccc-8ddd-${String(n).padStart(12, '0')}`,
      name: '桥'.repeat(60),
      kind: 'bridge',
      position: { lon: 116.4, lat: 39.9 },
      radiusMeters: 40,
      fromHour: 0,
      toHour: 0,
      normalEveryMinutes: 60,
      coldEveryMinutes: 30,
      note: '暖'.repeat(400),
      sourceRef: `r${n}`,
    });
    const rows = Array.from({ length: 130 }, (_, n) => row(n));
    const sent: Sendable[] = [];
    const answer = await sendPieces(rows, nothingSent, takeAll, () => {});
    function takeAll(part: Sendable[]) {
      expect(new Blob([JSON.stringify({ source: 'imported', keyPoints: part })]).size).toBeLessThan(
        64 * 1024,
      );
      sent.push(...part);
      return Promise.resolve({ added: part.length, changed: 0, refused: [] });
    }
    expect(sent).toEqual(rows);
    expect([answer.done, answer.added, answer.fault]).toEqual([130, 130, null]);
  });

  it('says what is wrong with a file that has none', async () => {
    renderWithin(<KeyPointImport />);
    choose('title,x\nA,1');
    expect(await screen.findByText(/columns name, lon and lat were not found/)).toBeTruthy();
  });
});
