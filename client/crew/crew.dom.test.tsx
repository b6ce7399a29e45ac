import { act, cleanup, fireEvent, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { renderWithin } from '../testing/render-app.tsx';
import { CheckInBanner, checkInStage } from './check-in.tsx';
import { HoldButton, holdMs } from './hold-button.tsx';
import { SosPanel } from './sos-panel.tsx';
import type { RaisedSos } from './sos-panel.tsx';

// jsdom has no pointers of its own.
window.PointerEvent ??= MouseEvent as never;

beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse('2026-01-05T18:00:00.000Z') });
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

describe('the call for help', () => {
  const held = vi.fn();
  const asked = vi.fn();
  const show = () => {
    held.mockReset();
    asked.mockReset();
    renderWithin(
      <HoldButton label="Help" onHeld={held} onAsked={asked}>
        SOS
      </HoldButton>,
    );
    return screen.getByLabelText('Help');
  };
  const wait = (ms: number) =>
    act(() => {
      vi.advanceTimersByTime(ms);
    });

  it('goes out when it was held long enough, once', () => {
    const button = show();
    fireEvent.pointerDown(button, { button: 0, clientX: 5, clientY: 5 });
    expect(button.dataset['holding']).toBe('true');
    wait(holdMs - 10);
    expect(held).not.toHaveBeenCalled();
    wait(20);
    fireEvent.pointerUp(button);
    fireEvent.click(button, { detail: 1 });
    wait(holdMs * 2);
    expect(held).toHaveBeenCalledOnce();
    expect(asked).not.toHaveBeenCalled();
  });
  it('doesn’t when the finger lets go or slips away in time', () => {
    const button = show();
    fireEvent.pointerDown(button, { button: 0, clientX: 5, clientY: 5 });
    wait(holdMs / 2);
    fireEvent.pointerUp(button);
    fireEvent.pointerDown(button, { button: 0, clientX: 5, clientY: 5 });
    wait(holdMs / 2);
    fireEvent.pointerMove(button, { clientX: 300, clientY: 5 });
    wait(holdMs * 2);
    expect(held).not.toHaveBeenCalled();
  });
  it('asks first on the keyboard and for a screen reader', () => {
    const button = show();
    fireEvent.keyDown(button, { key: 'Enter' });
    fireEvent.keyDown(button, { key: 'Enter', repeat: true });
    expect(asked).toHaveBeenCalledOnce();
    fireEvent.click(button, { detail: 0 });
    expect(asked).toHaveBeenCalledTimes(2);
    expect(held).not.toHaveBeenCalled();
  });
});

describe('after the call for help', () => {
  const sos: RaisedSos = {
    id: 's',
    at: '2026-01-05T17:58:00.000Z',
    place: { lon: 125.3, lat: 43.9, accuracyMeters: 10 },
    waiting: true,
    alarm: null,
  };
  const show = (change: Partial<RaisedSos>) =>
    renderWithin(
      <SosPanel sos={{ ...sos, ...change }} hotline="12345" onRetry={() => undefined} />,
    );

  it('it says that it hasn’t left the tablet, and whom to phone', () => {
    show({ place: null });
    expect(screen.getByText(/has not left this tablet/)).toBeDefined();
    expect(screen.getByText(/position unknown/)).toBeDefined();
    const phones = [...document.querySelectorAll('a')].map((link) => link.getAttribute('href'));
    expect(phones).toEqual(['tel:110', 'tel:120', 'tel:12345']);
  });
  it('it says that the desk has it, and who confirmed', () => {
    show({ waiting: false });
    expect(screen.getByText(/waiting for somebody to confirm/)).toBeDefined();
    cleanup();
    show({
      waiting: false,
      alarm: { acknowledgedAt: '2026-01-05T17:59:00.000Z', acknowledgedByName: 'Zhao' },
    });
    expect(screen.getByText(/Zhao confirmed at/)).toBeDefined();
  });
});

describe('the sign of life', () => {
  const now = Date.parse('2026-01-05T18:00:00.000Z');
  const dueIn = (minutes: number) => new Date(now + minutes * 60_000).toISOString();
  it('is quiet, near, late, and missed once the desk looks for them', () => {
    expect(checkInStage(null, now, false)).toBe('quiet');
    expect(checkInStage(dueIn(6), now, false)).toBe('quiet');
    expect(checkInStage(dueIn(4), now, false)).toBe('near');
    expect(checkInStage(dueIn(-1), now, false)).toBe('late');
    expect(checkInStage(dueIn(-20), now, true)).toBe('missed');
  });
  it('is one big button when it is due, and nothing before', () => {
    const done = vi.fn();
    renderWithin(<CheckInBanner dueAt={dueIn(30)} missed={false} onCheckIn={done} />);
    expect(screen.queryByText('We are fine')).toBeNull();
    cleanup();
    renderWithin(<CheckInBanner dueAt={dueIn(-12)} missed={false} onCheckIn={done} />);
    expect(screen.getByText(/12 min late/)).toBeDefined();
    fireEvent.click(screen.getByText('We are fine'));
    expect(done).toHaveBeenCalledOnce();
  });
});
