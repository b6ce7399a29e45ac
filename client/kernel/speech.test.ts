import { describe, expect, it } from 'vitest';
import { pickVoice } from './speech.ts';

const voice = (lang: string, localService: boolean) => ({ lang, localService });

describe('the voice that reads aloud', () => {
  it('speaks the language on screen, Mandarin before other Chinese', () => {
    const voices = [voice('en-US', true), voice('zh-HK', true), voice('zh-CN', true)];
    expect(pickVoice(voices, 'zh-CN')?.lang).toBe('zh-CN');
    expect(pickVoice(voices, 'en')?.lang).toBe('en-US');
  });
  it('needs no network where there is a choice', () => {
    const near = voice('zh_CN', true);
    expect(pickVoice([voice('zh-CN', false), near], 'zh-CN')).toBe(near);
  });
  it('is the browser’s own choice when there is none of that language', () => {
    expect(pickVoice([voice('fr-FR', true)], 'zh-CN')).toBeNull();
  });
});
