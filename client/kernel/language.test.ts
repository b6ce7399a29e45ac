import { describe, expect, it } from 'vitest';
import { pickLanguage } from './language.ts';

describe('the language a screen starts in', () => {
  it('is the stored choice before anything else', () => {
    expect(pickLanguage('en', ['zh-CN'])).toBe('en');
    expect(pickLanguage('zh-CN', ['en-GB'])).toBe('zh-CN');
  });
  it('follows the browser, and falls back to Chinese', () => {
    expect(pickLanguage(null, ['en-GB', 'zh'])).toBe('en');
    expect(pickLanguage('klingon', ['zh-TW'])).toBe('zh-CN');
    expect(pickLanguage(null, ['fi', 'sv'])).toBe('zh-CN');
  });
});
