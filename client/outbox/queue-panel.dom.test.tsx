import { cleanup, fireEvent, screen } from '@testing-library/react';
import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { OutboxItem } from '../kernel/outbox/item.ts';
import { useOutbox } from '../kernel/outbox/outbox.ts';
import { spaceOf } from '../kernel/outbox/space.ts';
import { renderWithin } from '../testing/render-app.tsx';
import { QueueBadge } from './queue-badge.tsx';
import { QueuePanel } from './queue-panel.tsx';

let order = 0;
const item = (more: Partial<OutboxItem>): OutboxItem => {
  order += 1;
  return {
    id: `i${order}`,
    subject: 'dispatch:d',
    kind: 'dispatch.accept',
    at: new Date(Date.now() - 600_000).toISOString(),
    madeAt: new Date(Date.now() - 600_000).toISOString(),
    cityId: 'demo',
    userId: 'u',
    payload: {},
    blobId: null,
    urgent: false,
    attempts: 0,
    lastTriedAt: null,
    state: 'waiting',
    fault: null,
    order,
    ...more,
  };
};
const track = (points: number) =>
  item({
    kind: 'track.points',
    subject: 'track',
    payload: { points: Array.from({ length: points }, () => []) },
  });

afterEach(cleanup);
beforeEach(() =>
  useOutbox.setState({
    items: [],
    answers: [],
    progress: new Map(),
    ready: true,
    kept: true,
    storage: null,
  }),
);

describe('the queue of this device', () => {
  it('tells what waits, since when, and that it goes by itself', () => {
    useOutbox.setState({ items: [item({ title: '人民路桥下' }), track(60), track(20)] });
    renderWithin(<QueuePanel userId="u" />);
    expect(screen.getByRole('heading', { name: '2 wait to be sent' })).toBeTruthy();
    expect(screen.getByText('人民路桥下')).toBeTruthy();
    expect(screen.getByText('80 track points')).toBeTruthy();
    expect(screen.getAllByText('10 min ago').length).toBeGreaterThan(1);
    expect(screen.getByText(/as soon as there is a network/)).toBeTruthy();
  });
  it('tells why something was refused, and offers to mend, send again or remove it', () => {
    const refused = item({ state: 'refused', fault: { code: 'dispatch_not_yours', fields: [] } });
    useOutbox.setState({ items: [refused, item({ kind: 'dispatch.setOff' })] });
    const onMend = vi.fn();
    renderWithin(<QueuePanel userId="u" onMend={onMend} />);
    expect(screen.getByText('1 was not accepted')).toBeTruthy();
    expect(screen.getByText(/another team/)).toBeTruthy();
    expect(screen.getByText('Waits for the one before it')).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Mend' }));
    expect(onMend).toHaveBeenCalledWith(refused);
    expect(screen.getByRole('button', { name: 'Send again' })).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Remove' })).toBeTruthy();
  });
  it('shows how far an upload is', () => {
    const upload = item({ kind: 'media.upload', state: 'sending' });
    useOutbox.setState({ items: [upload], progress: new Map([[upload.id, 0.426]]) });
    renderWithin(<QueuePanel userId="u" />);
    expect(screen.getByRole('progressbar', { name: '42% uploaded' })).toBeTruthy();
  });
  it('keeps a conflict on screen until it was seen', () => {
    const { state: _state, ...gone } = item({ kind: 'dispatch.arrive' });
    const answer = { id: gone.id, result: 'conflict', conflict: { kind: 'dispatch_gone' } };
    useOutbox.setState({ answers: [{ item: gone, answer, keptAt: gone.at }] });
    renderWithin(<QueuePanel userId="u" />);
    expect(screen.getByText(/withdrawn or given to another team/)).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Understood' })).toBeTruthy();
  });
  it('shows nobody what another person wrote, only that it is there', () => {
    useOutbox.setState({ items: [item({ userId: 'other', title: 'secret' })] });
    renderWithin(<QueuePanel userId="u" />);
    expect(screen.queryByText('secret')).toBeNull();
    expect(screen.getByText(/1 more was recorded by somebody else/)).toBeTruthy();
  });
  it('says that it waits for a sign-in', () => {
    useOutbox.setState({ items: [item({ fault: { code: 'not_signed_in', fields: [] } })] });
    renderWithin(<QueuePanel userId="u" />);
    expect(screen.getByText('Goes on by itself after you sign in.', { exact: false })).toBeTruthy();
  });
  it('warns before the device is full, and when it keeps nothing', () => {
    useOutbox.setState({ storage: spaceOf(960e6, 1000e6) });
    const { unmount } = renderWithin(<QueuePanel userId="u" sayEmpty />);
    expect(screen.getByText(/nearly full: 40 MB left/)).toBeTruthy();
    expect(screen.getByText(/Everything has been sent/)).toBeTruthy();
    unmount();
    useOutbox.setState({ kept: false });
    renderWithin(<QueuePanel userId="u" />, { language: 'zh-CN' });
    expect(screen.getByText(/请不要关掉页面/)).toBeTruthy();
  });
});

describe('the badge', () => {
  it('is silent when there is nothing, and says what there is', () => {
    const { unmount } = renderWithin(<QueueBadge userId="u" onOpen={() => undefined} />);
    expect(screen.queryByRole('button')).toBeNull();
    unmount();
    useOutbox.setState({ items: [item({}), item({ state: 'refused', subject: 'x' })] });
    const onOpen = vi.fn();
    renderWithin(<QueueBadge userId="u" onOpen={onOpen} />);
    const badge = screen.getByRole('button', { name: /1 was not accepted · 1 waits to be sent/ });
    expect(badge.textContent).toBe('2');
    fireEvent.click(badge);
    expect(onOpen).toHaveBeenCalled();
  });
});
