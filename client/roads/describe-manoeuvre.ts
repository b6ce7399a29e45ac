import type { TFunction } from 'i18next';
import type { Manoeuvre } from '../../shared/roads/schema.ts';

/** What to do there, in the person's language: "左转，进入中山路". */
export function describeManoeuvre(
  t: TFunction<'roads'>,
  { kind, street, exit }: Pick<Manoeuvre, 'kind' | 'street' | 'exit'>,
): string {
  if (kind === 'roundabout' && exit !== undefined)
    return street === null
      ? t('roundaboutExit', { exit })
      : t('roundaboutExitInto', { exit, street });
  return street === null ? t(`turn.${kind}`) : t(`turnInto.${kind}`, { street });
}
