/** Apart from the schemas, so that a screen that lists them need not load the checker. */
export const skills = ['medical', 'female_member', 'sign_language', 'minority_language'] as const;
export type Skill = (typeof skills)[number];
