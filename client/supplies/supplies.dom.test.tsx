import { act, cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { SessionView } from '../../shared/accounts/schema.ts';
import { movementDraftSchema } from '../../shared/supplies/schema.ts';
import type { MovementView, StockView, Store } from '../../shared/supplies/schema.ts';
import { storeKey } from '../../shared/supplies/store-key.ts';
import { api } from '../kernel/api.ts';
import { CallError } from '../kernel/call-error.ts';
import { useOutbox } from '../kernel/outbox/outbox.ts';
import { renderWithin } from '../testing/render-app.tsx';
import { SupplyForecastList } from './forecast-list.tsx';
import { LoadingLists } from './loading-lists.tsx';
import { listStores } from './store-choices.ts';
import { StockPanel } from './stock-panel.tsx';
import { useSupplyStore } from './store.ts';
import { VehicleStock } from './vehicle-stock.tsx';

vi.mock('../kernel/api.ts', () => ({
  api: {
    supplies: {
      record: { mutate: vi.fn() },
      movements: { query: vi.fn() },
      forecast: { query: vi.fn() },
      loadingLists: { query: vi.fn() },
    },
  },
}));
const record = vi.mocked(api.supplies.record.mutate);

const id = (end: string) => `01890000-0000-7000-8000-0000000000${end}`;
const depot: Store = { kind: 'depot', id: id('01') };
const van: Store = { kind: 'team', id: id('02') };
const stores = listStores({
  depots: [{ id: depot.id, name: 'Depot 1', lon: 0, lat: 0, removed: false }],
  stations: [{ id: id('03'), name: 'River House', removed: false }],
  teams: [
    { id: van.id, name: 'North', removed: false },
    { id: id('04'), name: 'Gone', removed: true },
  ],
});
const at = '2026-01-05T18:00:00.000Z';
const stock = (store: Store, quilts: number): StockView => ({
  store,
  levels: [{ item: 'quilt', quantity: quilts }],
  changedAt: at,
});
const line = (part: Partial<MovementView>): MovementView => ({
  id: id('10'),
  kind: 'load',
  item: 'quilt',
  quantity: 3,
  from: depot,
  to: van,
  encounterId: null,
  bookedBefore: null,
  corrected: false,
  recordedBy: 'Li',
  note: '',
  at,
  receivedAt: at,
  ...part,
});
const session = {
  cityId: 'demo',
  user: { id: id('0a'), teamId: van.id, displayName: 'Li', role: 'patrol' },
} as unknown as SessionView;

const press = (name: string) => fireEvent.click(screen.getByRole('button', { name }));
const levelOf = (item: string) =>
  screen.getByText(item, { selector: 'dt' }).parentElement!.querySelector('dd')!.textContent;
const save = () => fireEvent.submit(screen.getByRole('form', { name: 'Record supplies' }));

beforeEach(() => {
  vi.resetAllMocks();
  vi.mocked(api.supplies.movements.query).mockResolvedValue([]);
  useSupplyStore.setState({
    stocks: new Map([stock(depot, 20), stock(van, 4)].map((one) => [storeKey(one.store), one])),
  });
});
afterEach(cleanup);

describe('the stock of a store', () => {
  it('shows what is there and who moved what, corrections apart', async () => {
    vi.mocked(api.supplies.movements.query).mockResolvedValue([
      line({ id: id('11'), kind: 'give_out', to: null, quantity: 2 }),
      line({
        id: id('12'),
        kind: 'count',
        from: null,
        to: depot,
        quantity: 9,
        bookedBefore: 7,
        corrected: true,
      }),
      line({}),
    ]);
    renderWithin(<StockPanel store={depot} stores={stores} mayRecord={false} />);
    expect([levelOf('Quilt'), levelOf('Coat')]).toEqual(['20', '0']);
    await screen.findByText('Depot 1 → North · Li');
    expect(screen.getByText('Book corrected')).toBeTruthy();
    expect(screen.getByText('Quilt 9 (the book said 7)')).toBeTruthy();
    expect(screen.getByText('Depot 1 → a person · Li')).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Record supplies' })).toBeNull();
  });

  it('records what the server takes; what was typed stays when the book holds less, said at the number', async () => {
    renderWithin(<StockPanel store={depot} stores={stores} mayRecord />);
    press('Record supplies');
    press('Hand out');
    save();
    expect(screen.getByText('Please choose an item.')).toBeTruthy();
    expect(screen.getByText('Please choose a place.')).toBeTruthy();
    fireEvent.change(screen.getByLabelText('To'), { target: { value: storeKey(van) } });
    press('Quilt');
    fireEvent.change(screen.getByLabelText('Quantity'), { target: { value: '25' } });
    const app = { code: 'stock_missing' as const, field: 'quantity', params: { quantity: 20 } };
    record.mockRejectedValueOnce(new CallError(app.code, { app }));
    save();
    await screen.findByText(/The book holds only 20/);
    expect(screen.getByLabelText<HTMLInputElement>('Quantity').value).toBe('25');
    fireEvent.change(screen.getByLabelText('Quantity'), { target: { value: '5' } });
    record.mockResolvedValueOnce(line({}));
    save();
    await waitFor(() => expect(screen.queryByRole('form')).toBeNull());
    const [first, second] = record.mock.calls.map(([sent]) => sent);
    expect(second!.id).toBe(first!.id);
    expect(movementDraftSchema.parse(second)).toMatchObject({
      kind: 'load',
      item: 'quilt',
      quantity: 5,
      from: depot,
      to: van,
    });
  });

  it('takes goods back from vehicles alone, and counts down to nothing', () => {
    renderWithin(<StockPanel store={depot} stores={stores} mayRecord />);
    press('Record supplies');
    press('Take back');
    const options = [...screen.getByLabelText<HTMLSelectElement>('From').options];
    expect(options.map(({ text }) => text)).toEqual(['North']);
    press('Count');
    fireEvent.change(screen.getByLabelText('Counted'), { target: { value: '0' } });
    expect(screen.getByLabelText<HTMLInputElement>('Counted').value).toBe('0');
  });
});

describe('the stock of a vehicle on its tablet', () => {
  it('changes at once with what is recorded, says that it waits, and isn’t stopped by the book', async () => {
    renderWithin(<VehicleStock teamId={van.id} stores={stores} />, { session });
    expect(levelOf('Quilt')).toBe('4');
    press('Record supplies');
    expect(screen.queryByRole('button', { name: 'Received' })).toBeNull();
    press('Quilt');
    fireEvent.change(screen.getByLabelText('From'), { target: { value: storeKey(depot) } });
    fireEvent.change(screen.getByLabelText('Quantity'), { target: { value: '30' } });
    expect(screen.getByText(/The book holds only 20/)).toBeTruthy();
    save();
    await waitFor(() => expect(levelOf('Quilt')).toBe('34'));
    expect(screen.getByText('1 record waits to be sent')).toBeTruthy();
    const [item] = useOutbox.getState().items;
    expect(item).toMatchObject({ kind: 'supply.move', subject: 'supplies', title: 'Quilt ×30' });
    expect(item!.payload).toMatchObject({ movement: { kind: 'load', from: depot, to: van } });
  });
});

describe('tonight and before the shift', () => {
  it('say who runs out of what, and where to meet', async () => {
    vi.mocked(api.supplies.forecast.query).mockResolvedValue([
      {
        teamId: van.id,
        items: [
          { item: 'quilt', aboard: 0, perHour: 1.5, runsOutAt: at },
          { item: 'coat', aboard: 9, perHour: 0.1, runsOutAt: null },
        ],
        transfer: {
          from: depot,
          items: [{ item: 'quilt', quantity: 6 }],
          meetAt: { lon: 0, lat: 0 },
          minutes: 12,
        },
      },
    ]);
    renderWithin(<SupplyForecastList stores={stores} />);
    await screen.findByText('Quilt has run out');
    expect(screen.getByText('0 aboard, about 1.5 per hour')).toBeTruthy();
    expect(screen.getByText('Fetch at Depot 1, about 12 min')).toBeTruthy();
    expect(screen.queryByText(/Coat/)).toBeNull();
  });

  it('list what to load and from where, with what is missing', async () => {
    vi.mocked(api.supplies.loadingLists.query).mockResolvedValue([
      {
        teamId: van.id,
        items: [{ item: 'quilt', aboard: 4, wanted: 12, load: 6, from: depot }],
      },
    ]);
    renderWithin(<LoadingLists stores={stores} />);
    await screen.findByRole('heading', { name: 'North' });
    const row = screen.getByRole('row', { name: /Quilt/ });
    expect(row.textContent).toBe('Quilt4126Depot 12 short');
    expect(document.querySelector('[data-print-loads] table')).not.toBeNull();
    await act(async () => undefined);
  });
});
