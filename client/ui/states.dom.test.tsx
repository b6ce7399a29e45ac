import { cleanup, fireEvent, screen } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';
import { useConnection } from '../kernel/connection.ts';
import { renderWithin } from '../testing/render-app.tsx';
import { BottomSheet, nearestHeight } from './bottom-sheet.tsx';
import { ConnectionBanner } from './connection-banner.tsx';
import { CountStepper } from './count-stepper.tsx';
import { NightBar } from './night-bar.tsx';
import { StateBlock } from './state-block.tsx';

afterEach(cleanup);

it('an error can be tried again', () => {
  const retry = vi.fn();
  renderWithin(<StateBlock kind="error" onRetry={retry} />);
  fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
  expect(retry).toHaveBeenCalledOnce();
  expect(screen.getByRole('alert')).toBeTruthy();
});

it('a lost connection says since when, and nothing while all is well', () => {
  const at = new Date(Date.now() - 5 * 60_000).toISOString();
  useConnection.setState({ state: 'live', lastHeardAt: at });
  const { container } = renderWithin(<ConnectionBanner />);
  expect(container.querySelector('p')).toBeNull();
  cleanup();
  useConnection.setState({ state: 'offline', lastHeardAt: at });
  renderWithin(<ConnectionBanner />);
  expect(screen.getByText(/5 min ago/)).toBeTruthy();
});

it('a night wears level, word and felt temperature', () => {
  renderWithin(<NightBar night={{ level: 'red', feltCelsius: -31.4 }} />, { language: 'zh-CN' });
  expect(screen.getByText('红色')).toBeTruthy();
  expect(screen.getByText('体感 −31 °C')).toBeTruthy();
});

it('a number stays within its bounds and can be typed', () => {
  const change = vi.fn();
  renderWithin(<CountStepper label="People" value={1} min={1} max={200} onChange={change} />);
  expect(screen.getByRole<HTMLButtonElement>('button', { name: /One fewer/ }).disabled).toBe(true);
  fireEvent.change(screen.getByRole('textbox', { name: 'People' }), { target: { value: '12' } });
  expect(change).toHaveBeenCalledWith(12);
});

it('a sheet is moved by its keys and settles at the nearest height', () => {
  const move = vi.fn();
  renderWithin(
    <BottomSheet height="half" onHeight={move} label="Queue">
      rows
    </BottomSheet>,
  );
  const handle = screen.getByRole('slider');
  fireEvent.keyDown(handle, { key: 'ArrowUp' });
  fireEvent.keyDown(handle, { key: 'ArrowDown' });
  expect(move.mock.calls).toEqual([['full'], ['low']]);
  expect(nearestHeight(0.7)).toBe('half');
  expect(nearestHeight(0.75)).toBe('full');
});
