import { useCallback, useEffect, useMemo, useState } from 'react';
import type { MediaSubject, MediaVariant, MediaView } from '../../shared/media/schema.ts';
import { api } from '../kernel/api.ts';
import { faultOf } from '../kernel/fault.ts';
import type { Fault } from '../kernel/fault.ts';
import { useMediaNews } from './store.ts';

/** What is there of these subjects, oldest first; null until it was heard. Asked again when something came or went. */
export function useMediaOf(
  subjectKind: MediaSubject,
  subjectIds: readonly string[],
): { media: MediaView[] | null; fault: Fault | null; reload: () => void } {
  const [media, setMedia] = useState<MediaView[] | null>(null);
  const [fault, setFault] = useState<Fault | null>(null);
  const [asked, setAsked] = useState(0);
  const wanted = subjectIds.join(' ');
  const news = useMediaNews((state) => state.byId);
  const newest = useMemo(() => {
    const ids = new Set(wanted.split(' '));
    return [...news.values()]
      .filter((view) => view.subjectKind === subjectKind && ids.has(view.subjectId))
      .map(({ id, removed }) => `${id}${removed}`)
      .join(' ');
  }, [news, subjectKind, wanted]);
  useEffect(() => {
    let current = true;
    setFault(null);
    if (wanted === '') return setMedia([]);
    api.media.list.query({ subjectKind, subjectIds: wanted.split(' ').slice(0, 100) }).then(
      (found) => current && setMedia(found),
      (error: unknown) => current && setFault(faultOf(error)),
    );
    return () => {
      current = false;
    };
  }, [subjectKind, wanted, newest, asked]);
  const reload = useCallback(() => setAsked((count) => count + 1), []);
  return { media, fault, reload };
}

/** Where the bytes are to be had for the next minutes; null id = not wanted yet. */
export function useAddress(
  id: string | null,
  variant: MediaVariant,
): { url: string | null; fault: Fault | null; renew: () => void } {
  const [url, setUrl] = useState<string | null>(null);
  const [fault, setFault] = useState<Fault | null>(null);
  const [asked, setAsked] = useState({ count: 0, at: 0 });
  useEffect(() => {
    setUrl(null);
    setFault(null);
    if (id === null) return;
    let current = true;
    api.media.address.query({ id, variant }).then(
      (address) => current && setUrl(address.url),
      (error: unknown) => current && setFault(faultOf(error)),
    );
    return () => {
      current = false;
    };
  }, [id, variant, asked]);
  // At most once a minute: what cannot be played at all must not ask for ever.
  const renew = useCallback(
    () =>
      setAsked((last) =>
        Date.now() - last.at > 60_000 ? { count: last.count + 1, at: Date.now() } : last,
      ),
    [],
  );
  return { url, fault, renew };
}
