/** Makes a photo small enough for a weak network. Drawing it anew also leaves behind where and with what it was taken. */

const maxSidePixels = 1600;
const jpegQuality = 0.8;
const patienceMs = 20_000;

interface Picture {
  source: CanvasImageSource;
  width: number;
  height: number;
  close(): void;
}

/** The photo as a JPEG of at most 1600 px; the original itself where this browser cannot draw it: the server can. */
export async function shrinkPhoto(original: Blob): Promise<Blob> {
  try {
    return await withinTime(redraw(original));
  } catch {
    return original;
  }
}

async function redraw(original: Blob): Promise<Blob> {
  const picture = await decode(original);
  try {
    const scale = Math.min(1, maxSidePixels / Math.max(picture.width, picture.height));
    const canvas = document.createElement('canvas');
    canvas.width = Math.max(1, Math.round(picture.width * scale));
    canvas.height = Math.max(1, Math.round(picture.height * scale));
    const pen = canvas.getContext('2d');
    if (pen === null) throw new Error('no canvas');
    pen.imageSmoothingQuality = 'high';
    pen.drawImage(picture.source, 0, 0, canvas.width, canvas.height);
    return await new Promise<Blob>((resolve, reject) =>
      canvas.toBlob(
        (blob) => (blob === null ? reject(new Error('no picture')) : resolve(blob)),
        'image/jpeg',
        jpegQuality,
      ),
    );
  } finally {
    picture.close();
  }
}

/** By the quick way; some browsers show a kind of picture (HEIC) that this way does not take. */
async function decode(original: Blob): Promise<Picture> {
  try {
    const bitmap = await createImageBitmap(original, { imageOrientation: 'from-image' });
    const { width, height } = bitmap;
    return { source: bitmap, width, height, close: () => bitmap.close() };
  } catch {
    return await decodeByElement(original);
  }
}

async function decodeByElement(original: Blob): Promise<Picture> {
  const url = URL.createObjectURL(original);
  const close = () => URL.revokeObjectURL(url);
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    return { source: image, width: image.naturalWidth, height: image.naturalHeight, close };
  } catch (error) {
    close();
    throw error;
  }
}

function withinTime<T>(work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('took too long')), patienceMs);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
