/** One record of the movement book: what happens, to what, how much, from or to where. What was typed outlives a failure. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MovementDraft, Store, SupplyItem } from '../../shared/supplies/schema.ts';
import { storeKey } from '../../shared/supplies/store-key.ts';
import { usualItems } from '../../shared/supplies/usual.ts';
import { serverNow } from '../kernel/clock.ts';
import { faultOf } from '../kernel/fault.ts';
import type { Fault } from '../kernel/fault.ts';
import { newId } from '../kernel/id.ts';
import { useFaultWords } from '../kernel/use-fault-words.ts';
import { BigButton } from '../ui/big-button.tsx';
import { ChipToggles } from '../ui/chip-toggle.tsx';
import { CountStepper } from '../ui/count-stepper.tsx';
import { notifyDone } from '../ui/notify.tsx';
import { SelectField } from '../ui/select-field.tsx';
import { TextField } from '../ui/text-field.tsx';
import { movementOf, movesAt, otherSide, othersFor, sourceOf } from './moves.ts';
import type { Move } from './moves.ts';
import type { StoreChoice } from './store-choices.ts';
import classes from './supplies.module.css';

const most = 100_000;

export interface MoveFormProps {
  store: Store;
  stores: readonly StoreChoice[];
  /** on a tablet: what is true is recorded whatever the book says */
  isCrew: boolean;
  /** what the book holds, as far as it is known here */
  levelOf: (store: Store, item: SupplyItem) => number;
  onSend: (movement: MovementDraft) => Promise<void>;
  onDone: () => void;
}

interface Draft {
  id: string;
  move: Move;
  item: SupplyItem | null;
  quantity: number;
  otherKey: string;
  note: string;
}

function useMoveForm(props: MoveFormProps) {
  const { t } = useTranslation('supplies');
  const moves = movesAt(props.store, props.isCrew);
  const [draft, setDraft] = useState<Draft>(() => ({
    id: newId(),
    move: moves[0]!,
    item: null,
    quantity: 1,
    otherKey: '',
    note: '',
  }));
  const [fault, setFault] = useState<Fault | null>(null);
  const [missing, setMissing] = useState<ReadonlySet<'item' | 'other'>>(new Set());
  const [busy, setBusy] = useState(false);
  const others = othersFor(draft.move, props.store, props.stores);
  const side = otherSide(draft.move);
  const other =
    side === null
      ? null
      : (others.find(({ store }) => storeKey(store) === draft.otherKey) ??
        (others.length === 1 ? others[0]! : null));
  const change = (part: Partial<Draft>) => {
    setDraft((before) => ({ ...before, ...part }));
    setFault(null);
    setMissing(new Set());
  };
  const choose = (move: Move) =>
    change({ move, quantity: move === 'count' ? draft.quantity : Math.max(1, draft.quantity) });
  const save = async () => {
    const { id, move, item, quantity, note } = draft;
    const lacks = new Set<'item' | 'other'>();
    if (item === null) lacks.add('item');
    if (side !== null && other === null) lacks.add('other');
    setMissing(lacks);
    if (item === null || lacks.size > 0 || busy) return;
    setBusy(true);
    setFault(null);
    const at = new Date(serverNow()).toISOString();
    const facts = { move, own: props.store, other: other?.store ?? null, item, quantity, note };
    try {
      await props.onSend(movementOf(facts, { id, at }));
      notifyDone(t(props.isCrew ? 'form.kept' : 'form.saved'));
      props.onDone();
    } catch (error) {
      setFault(faultOf(error));
      setBusy(false);
    }
  };
  return { draft, change, choose, moves, others, other, side, fault, missing, busy, save };
}
type FormState = ReturnType<typeof useMoveForm>;

export function MoveForm(props: MoveFormProps) {
  const { t } = useTranslation(['supplies', 'common']);
  const form = useMoveForm(props);
  const { draft, change } = form;
  return (
    <form
      className={classes['form']}
      aria-label={t('supplies:record')}
      onSubmit={(event) => {
        event.preventDefault();
        void form.save();
      }}
    >
      <div>
        <p className={classes['label']}>{t('supplies:form.what')}</p>
        <ChipToggles
          label={t('supplies:form.what')}
          chosen={new Set([draft.move])}
          onToggle={form.choose}
          chips={form.moves.map((key) => ({ key, label: t(`supplies:move.${key}`) }))}
        />
      </div>
      {form.side !== null && <OtherStore form={form} side={form.side} />}
      <Items form={form} />
      <Quantity form={form} props={props} />
      <TextField
        label={t('supplies:form.note')}
        maxLength={300}
        value={draft.note}
        onChange={(note) => change({ note })}
      />
      <FaultLine fault={form.fault} />
      <div className={classes['pair']}>
        <BigButton tone="quiet" disabled={form.busy} onClick={props.onDone}>
          {t('common:cancel')}
        </BigButton>
        <BigButton tone="main" type="submit" loading={form.busy}>
          {t('supplies:form.save')}
        </BigButton>
      </div>
    </form>
  );
}

function OtherStore({ form, side }: { form: FormState; side: 'from' | 'to' }) {
  const { t } = useTranslation('supplies');
  const { atField } = useFaultWords();
  const said = form.missing.has('other') ? t('form.chooseStore') : atField(form.fault, side);
  if (form.others.length === 0) return <p className={classes['notice']}>{t('form.noStore')}</p>;
  return (
    <div>
      <SelectField
        label={t(`form.${side}`)}
        value={form.other === null ? '' : storeKey(form.other.store)}
        onChange={(otherKey) => form.change({ otherKey })}
        options={[
          ...(form.other === null ? [{ value: '', label: t('form.choose') }] : []),
          ...form.others.map(({ store, name }) => ({ value: storeKey(store), label: name })),
        ]}
      />
      {said !== null && <ErrorLine>{said}</ErrorLine>}
    </div>
  );
}

function Items({ form }: { form: FormState }) {
  const { t } = useTranslation(['supplies', 'sightings']);
  return (
    <div>
      <p className={classes['label']}>{t('supplies:form.item')}</p>
      <ChipToggles
        label={t('supplies:form.item')}
        chosen={new Set(form.draft.item === null ? [] : [form.draft.item])}
        onToggle={(item) => form.change({ item })}
        chips={usualItems.map((key) => ({ key, label: t(`sightings:need.${key}`) }))}
      />
      {form.missing.has('item') && <ErrorLine>{t('supplies:form.chooseItem')}</ErrorLine>}
    </div>
  );
}

/** At a desk what isn't there is refused with the number; out there it is said, and recorded all the same. */
function Quantity({ form, props }: { form: FormState; props: MoveFormProps }) {
  const { t } = useTranslation('supplies');
  const { atField } = useFaultWords();
  const { move, item, quantity } = form.draft;
  const source = sourceOf(move, props.store, form.other?.store ?? null);
  const counted = move === 'count' ? props.store : null;
  const looked = source ?? counted;
  const held = item === null || looked === null ? null : props.levelOf(looked, item);
  const isShort = source !== null && held !== null && held < quantity;
  return (
    <div>
      <CountStepper
        label={t(move === 'count' ? 'form.counted' : 'form.quantity')}
        value={quantity}
        min={move === 'count' ? 0 : 1}
        max={most}
        onChange={(count) => form.change({ quantity: Math.min(most, count) })}
        error={atField(form.fault, 'quantity')}
      />
      {held !== null && (
        <p className={isShort && props.isCrew ? classes['notice'] : classes['quiet']}>
          {t(isShort && props.isCrew ? 'form.short' : 'form.booked', { count: held })}
        </p>
      )}
    </div>
  );
}

function ErrorLine({ children }: { children: string }) {
  return (
    <p className={classes['error']} role="alert">
      {children}
    </p>
  );
}

/** What isn't said at a field already. */
function FaultLine({ fault }: { fault: Fault | null }) {
  const { sentence } = useFaultWords();
  const isSaid = fault?.fields.some(({ field }) => ['quantity', 'from', 'to'].includes(field));
  if (fault === null || isSaid === true) return null;
  return <ErrorLine>{sentence(fault)}</ErrorLine>;
}
