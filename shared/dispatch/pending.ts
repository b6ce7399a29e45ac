/**
 * A dispatch as it will be once the server has heard what this device has recorded: the crew sees its own steps at
 * once, with or without a network. Where the server is further, or has ended it, its word stands.
 */
import type { FieldAction } from '../field/schema.ts';
import type { DispatchState, DispatchView } from './schema.ts';

const rank: Record<DispatchState, number> = {
  offered: 0,
  accepted: 1,
  en_route: 2,
  on_scene: 3,
  closed: 4,
  declined: 4,
  cancelled: 4,
};
const ended = rank.closed;

/** `actions` in the order they were made; those about other things are passed over. */
export function withPending(dispatch: DispatchView, actions: readonly FieldAction[]): DispatchView {
  return actions.reduce(after, dispatch);
}

function after(dispatch: DispatchView, action: FieldAction): DispatchView {
  if (!('dispatchId' in action) || action.dispatchId !== dispatch.id) return dispatch;
  const { at } = action;
  const mayStep = (to: DispatchState) =>
    rank[dispatch.state] < ended && rank[dispatch.state] < rank[to];
  switch (action.kind) {
    case 'dispatch.accept':
      return mayStep('accepted') ? { ...dispatch, state: 'accepted', acceptedAt: at } : dispatch;
    case 'dispatch.setOff':
      return mayStep('en_route') ? { ...dispatch, state: 'en_route', enRouteAt: at } : dispatch;
    case 'dispatch.arrive':
      return mayStep('on_scene') ? { ...dispatch, state: 'on_scene', onSceneAt: at } : dispatch;
    case 'dispatch.close':
      return mayStep('closed') ? { ...dispatch, state: 'closed', endedAt: at } : dispatch;
    case 'dispatch.decline':
      return rank[dispatch.state] < rank.en_route
        ? { ...dispatch, state: 'declined', declineReason: action.reason, endedAt: at }
        : dispatch;
  }
}
