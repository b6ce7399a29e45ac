/** What a conflict means, in a sentence for those who did it and in one for the desk. */
import { useTranslation } from 'react-i18next';
import type { ConflictView } from '../../shared/field/schema.ts';

export type TeamName = (teamId: string) => string | null;

type Sentence = ConflictView['kind'] | 'dispatch_given' | 'dispatch_again';

/** Who has the place now makes three different things of a dispatch that is gone. */
function sentenceOf({ kind, teamId, otherTeamId }: ConflictView): Sentence {
  if (kind !== 'dispatch_gone' || otherTeamId === null) return kind;
  return otherTeamId === teamId ? 'dispatch_again' : 'dispatch_given';
}

export function useConflictWords(teamName: TeamName) {
  const { t } = useTranslation('field');
  const nameOf = (id: string | null) => (id === null ? null : teamName(id));
  return {
    own: (conflict: ConflictView): string =>
      t(`own.${sentenceOf(conflict)}`, {
        other: nameOf(conflict.otherTeamId) ?? t('unknownTeam'),
      }),
    desk: (conflict: ConflictView): string =>
      t(`desk.${sentenceOf(conflict)}`, {
        team: nameOf(conflict.teamId) ?? t('somebody'),
        other: nameOf(conflict.otherTeamId) ?? t('unknownTeam'),
      }),
  };
}
