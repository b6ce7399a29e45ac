/** Where to go after signing in: only a path of our own may be returned to. */
export const ownPath = (to: string | null): string | null =>
  to !== null && /^\/(?![/\\])/.test(to) && !to.startsWith('/login') ? to : null;
