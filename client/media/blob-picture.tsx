import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';

/** An address for a blob, for as long as it is shown. */
export function useBlobUrl(blob: Blob | undefined): string | undefined {
  const [url, setUrl] = useState<string>();
  useEffect(() => {
    if (blob === undefined) return setUrl(undefined);
    const made = URL.createObjectURL(blob);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [blob]);
  return url;
}

/** The photo itself where the browser can draw it, else the sign in its place. */
export function BlobPicture({ blob, sign }: { blob: Blob | undefined; sign: ReactNode }) {
  const url = useBlobUrl(blob);
  const [broken, setBroken] = useState(false);
  if (url === undefined || broken) return sign;
  return <img src={url} alt="" onError={() => setBroken(true)} />;
}
