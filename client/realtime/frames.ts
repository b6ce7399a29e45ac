/** Runs work on the next frame; a hidden page draws no frames, so there a slow timer does. */
export function onNextFrame(work: () => void): void {
  if (document.visibilityState === 'hidden') {
    setTimeout(work, 500);
    return;
  }
  let done = false;
  const once = () => {
    if (done) return;
    done = true;
    work();
  };
  requestAnimationFrame(once);
  // A page that is hidden before the frame comes must still be brought up to date.
  setTimeout(once, 1_000);
}
