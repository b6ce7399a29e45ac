/** What tests of the report page share: a phone somewhere, somebody signed in, a voice that is written down. */
import { configure, screen } from '@testing-library/react';
import type { SessionView } from '../../shared/accounts/schema.ts';
import type { WireError } from '../../shared/errors.ts';
import { CallError } from '../kernel/call-error.ts';

export const refusal = (app: WireError): Error => new CallError(app.code, { app });
export const unreachable = (): Error => new CallError('Failed to fetch');

export function phoneAt(
  coords: { longitude: number; latitude: number; accuracy: number } | null,
): void {
  Object.defineProperty(navigator, 'geolocation', {
    configurable: true,
    value: {
      watchPosition: (found: (fix: object) => void, failed: (error: object) => void) => {
        if (coords) found({ coords });
        else failed({ code: 1, PERMISSION_DENIED: 1 });
        return 1;
      },
      clearWatch: () => undefined,
    },
  });
}
export const courier: SessionView = {
  cityId: 'demo',
  user: {
    id: 'u1',
    username: 'li',
    displayName: 'Li',
    role: 'reporter',
    reporterKind: 'courier',
    teamId: null,
    stationId: null,
    disabled: false,
  },
};
// What is kept on disk first and answered after takes its time on a busy machine.
configure({ asyncUtilTimeout: 8_000 });

/** The pressable thing that wears these words; by text, since walking every role costs seconds in jsdom. */
export function press(words: RegExp | string): HTMLElement {
  const found = screen.getByText(words).closest<HTMLElement>('button, a');
  if (!found) throw new Error(`nothing to press says ${String(words)}`);
  return found;
}
export const send = (): HTMLElement => press('Send');
export const named = (name: RegExp | string): HTMLElement => screen.getByLabelText(name);

export const spoken: string[] = [];
class Utterance {
  readonly text: string;
  lang = '';
  constructor(text: string) {
    this.text = text;
  }
}
const voices = {
  cancel: () => undefined,
  getVoices: () => [],
  speak: ({ text }: Utterance) => void spoken.push(text),
};
/** What the page says aloud lands in `spoken`. */
export const giveVoice = (): void =>
  void Object.assign(window, { SpeechSynthesisUtterance: Utterance, speechSynthesis: voices });
