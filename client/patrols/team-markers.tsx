/** Teams on the map: call sign, heading, and grey when nothing was heard for a while. */
import { IconNavigationFilled } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { TeamPosition, TeamView } from '../../shared/patrols/schema.ts';
import { useFormat } from '../kernel/use-format.ts';
import { MapMarker } from '../map/map-marker.tsx';
import classes from './team-markers.module.css';

const staleMs = 5 * 60_000;

export function TeamMarkers(props: {
  teams: readonly TeamView[];
  positions: ReadonlyMap<string, TeamPosition>;
  busyTeamIds: ReadonlySet<string>;
  ownTeamId?: string | null;
  onSelect?: (teamId: string) => void;
}) {
  const { t } = useTranslation('patrols');
  const format = useFormat();
  return props.teams
    .filter((team) => team.onDuty)
    .map((team) => {
      const position = props.positions.get(team.id);
      if (!position) return null;
      const stale = format.now - Date.parse(position.at) > staleMs;
      const busy = props.busyTeamIds.has(team.id);
      return (
        <MapMarker key={team.id} lon={position.lon} lat={position.lat}>
          <button
            type="button"
            className={classes['team']}
            data-own={team.id === props.ownTeamId || undefined}
            data-stale={stale || undefined}
            data-busy={busy || undefined}
            aria-label={`${team.name}, ${t(busy ? 'busy' : 'free')}, ${format.ago(position.at)}`}
            title={`${team.name} · ${format.ago(position.at)}`}
            onClick={() => props.onSelect?.(team.id)}
          >
            {position.headingDegrees !== null && (
              <IconNavigationFilled
                size={14}
                aria-hidden
                style={{ transform: `rotate(${Math.round(position.headingDegrees)}deg)` }}
              />
            )}
            {team.callSign}
          </button>
        </MapMarker>
      );
    });
}
