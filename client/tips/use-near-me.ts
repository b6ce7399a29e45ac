/** Where somebody is, for the distances of a public page: never asked for by itself, and it never leaves the device. */
import { useCallback, useEffect, useState } from 'react';
import type { Position } from '../../shared/geo/position.ts';

const patienceMs = 15_000;

export function useNearMe() {
  const [here, setHere] = useState<Position | null>(null);
  const [finding, setFinding] = useState(false);
  const [failed, setFailed] = useState(false);
  const ask = useCallback(() => {
    if (!('geolocation' in navigator)) return setFailed(true);
    setFinding(true);
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        setHere({ lon: coords.longitude, lat: coords.latitude });
        setFinding(false);
      },
      () => {
        setFailed(true);
        setFinding(false);
      },
      { maximumAge: patienceMs, timeout: patienceMs },
    );
  }, []);
  useEffect(() => {
    // Who has allowed it before isn't asked again.
    navigator.permissions?.query({ name: 'geolocation' }).then(
      ({ state }) => state === 'granted' && ask(),
      () => undefined,
    );
  }, [ask]);
  return { here, finding, failed, ask };
}
