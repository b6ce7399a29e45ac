/** Says a sentence aloud where the browser can; whoever cannot read, or has no hand free, hears what was tapped. */
import type { Language } from '../../shared/accounts/schema.ts';

export const canSpeak = (): boolean =>
  'speechSynthesis' in window && 'SpeechSynthesisUtterance' in window;

/** The voice of this language that works without a network goes first. */
export function pickVoice<V extends Pick<SpeechSynthesisVoice, 'lang' | 'localService'>>(
  voices: readonly V[],
  language: Language,
): V | null {
  const wanted = language === 'en' ? 'en' : 'zh';
  const spoken = voices.filter((voice) =>
    voice.lang.toLowerCase().replace('_', '-').startsWith(wanted),
  );
  // Of Chinese voices the one of the mainland: Cantonese answers to `zh-HK`.
  const near = (voice: V) => (/^zh[-_]cn$/i.test(voice.lang) || wanted === 'en' ? 0 : 1);
  const rank = (voice: V) => near(voice) * 2 + (voice.localService ? 0 : 1);
  return spoken.toSorted((a, b) => rank(a) - rank(b))[0] ?? null;
}

/** A new sentence cuts off the one before: the last tap is what counts. */
export function speak(text: string, language: Language): void {
  if (!canSpeak()) return;
  const { speechSynthesis } = window;
  speechSynthesis.cancel();
  const utterance = new SpeechSynthesisUtterance(text);
  const voice = pickVoice(speechSynthesis.getVoices(), language);
  if (voice) utterance.voice = voice;
  utterance.lang = voice?.lang ?? language;
  utterance.rate = 0.95;
  speechSynthesis.speak(utterance);
}

export function stopSpeaking(): void {
  if (canSpeak()) window.speechSynthesis.cancel();
}

/** A short knock on the hand that holds the phone, where it can. */
export const knock = (): void => {
  try {
    navigator.vibrate?.(25);
  } catch {
    // some browsers forbid it before the first touch
  }
};
