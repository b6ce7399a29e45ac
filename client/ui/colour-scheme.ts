/** Night or day, for the whole page: one stored choice that the component library follows, too. */
import { useSyncExternalStore } from 'react';

export type ColourScheme = 'dark' | 'light';

// The library's own store keeps the bare word under this key; so do we.
const key = 'nuanxun.theme';
const attribute = 'data-mantine-color-scheme';
const listeners = new Set<(scheme: ColourScheme) => void>();
let current: ColourScheme | undefined;

function stored(): ColourScheme {
  try {
    return localStorage.getItem(key) === 'light' ? 'light' : 'dark';
  } catch {
    return 'dark';
  }
}

export const colourScheme = (): ColourScheme => (current ??= stored());

export function subscribeToColourScheme(listener: (scheme: ColourScheme) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function setColourScheme(scheme: ColourScheme): void {
  if (colourScheme() === scheme) return;
  current = scheme;
  try {
    localStorage.setItem(key, scheme);
  } catch {
    // A browser that keeps nothing still shows what was chosen.
  }
  showColourScheme();
  for (const listener of listeners) listener(scheme);
}

/** Tells the style sheets; once at the start, then after each change. */
export function showColourScheme(): void {
  document.documentElement.setAttribute(attribute, colourScheme());
}

export const useColourScheme = (): ColourScheme =>
  useSyncExternalStore(subscribeToColourScheme, colourScheme);
