/** What is typed to declare or change a response, and what it begins with. Pure. */
import type { ActivationView, ProposalView, ResponseLevel } from '../../shared/response/schema.ts';
import { isHigher } from '../../shared/response/rules.ts';
import type { WeatherAt } from '../../shared/weather/schema.ts';

export interface DeclareDraft {
  level: ResponseLevel;
  /** '' = nothing typed yet */
  temperature: number | string;
  wind: number | string;
  note: string;
  drill: boolean;
  untilAt: string | null;
}

export type ValuesFrom = 'proposal' | 'weather' | 'night' | null;

export interface Known {
  night: ActivationView | null;
  proposal: ProposalView | null;
  /** of this hour, told lately */
  weather: WeatherAt | null;
}

const tenth = (value: number): number => Math.round(value * 10) / 10;

function valuesOf({ night, proposal, weather }: Known) {
  if (proposal?.temperatureCelsius != null)
    return {
      from: 'proposal' as const,
      temperature: tenth(proposal.temperatureCelsius),
      wind: proposal.windKmh === null ? '' : tenth(proposal.windKmh),
    };
  if (weather !== null)
    return {
      from: 'weather' as const,
      temperature: tenth(weather.temperatureCelsius),
      wind: tenth(weather.windKmh),
    };
  if (night !== null)
    return { from: 'night' as const, temperature: night.temperatureCelsius, wind: night.windKmh };
  return { from: null, temperature: '', wind: '' };
}

/** The proposal's own words first, else the weather's, else those in force. */
export function startOf(known: Known, now: number): { draft: DeclareDraft; from: ValuesFrom } {
  const { night, proposal } = known;
  const { from, temperature, wind } = valuesOf(known);
  const untilAt = proposal?.untilAt ?? night?.untilAt ?? null;
  const draft: DeclareDraft = {
    level: proposal?.level ?? night?.level ?? 'blue',
    temperature,
    wind,
    note: night?.note ?? '',
    // What is proposed is meant.
    drill: proposal === null && night?.drill === true,
    untilAt: untilAt !== null && Date.parse(untilAt) > now ? untilAt : null,
  };
  return { draft, from };
}

/** What saving does: it is said on the button, and lowering is asked once more. */
export function stepOf(
  night: ActivationView | null,
  draft: Pick<DeclareDraft, 'level' | 'drill'>,
): 'declare' | 'drill' | 'raise' | 'lower' | 'change' {
  if (night === null || night.drill !== draft.drill) return draft.drill ? 'drill' : 'declare';
  if (night.level === draft.level) return 'change';
  return isHigher(draft.level, night.level) ? 'raise' : 'lower';
}

const hourMs = 3_600_000;

/** Full hours ahead, and the one that is set already. */
export function untilChoices(now: number, set: string | null): string[] {
  const first = Math.ceil(now / hourMs) * hourMs + hourMs;
  const ahead = Array.from({ length: 48 }, (_, index) =>
    new Date(first + index * hourMs).toISOString(),
  );
  return [...new Set(set === null ? ahead : [...ahead, set])].sort();
}
