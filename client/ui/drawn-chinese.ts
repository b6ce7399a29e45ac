/**
 * Whether this device can draw Chinese by itself, as every phone sold where it is read can. Then our own faces (0.1 MB
 * of rules, and a slice per few characters) stay where they are: on a thin line they cost more than they show.
 */
let known: boolean | undefined;

export const drawsChinese = (): boolean => (known ??= look());

/** A face that lacks a character draws the same empty box for each. */
function look(): boolean {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = 24;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) return true;
  const pictureOf = (character: string) => {
    context.clearRect(0, 0, 24, 24);
    context.font = '20px sans-serif';
    context.fillText(character, 2, 20);
    return context.getImageData(0, 0, 24, 24).data.join();
  };
  return pictureOf('暖') !== pictureOf('巡');
}
