/**
 * Words of a screen: Chinese first, English with the same keys. `_other` marks a counted phrase; English
 * may add its `_one` form, Chinese needs none.
 */
export interface WordTree {
  [key: string]: string | WordTree;
}

export type English<Zh> = {
  [K in keyof Zh]: Zh[K] extends string ? string : English<Zh[K]>;
} & {
  [K in keyof Zh as K extends `${infer Base}_other` ? `${Base}_one` : never]?: string;
};

export interface Words<Zh> {
  zh: Zh;
  en: English<Zh>;
}

/** Declares one namespace; a key missing in English does not compile. */
export const defineWords = <Zh extends WordTree>(zh: Zh, en: English<Zh>): Words<Zh> => ({
  zh,
  en,
});

/** Two parts of one namespace; at build time either language may be missing. */
export const joinWords = <A extends object, B extends object>(
  a: { zh: A; en: object },
  b: { zh: B; en: object },
): { zh: A & B; en: A & B } => ({
  zh: { ...a.zh, ...b.zh },
  en: { ...a.en, ...b.en } as A & B,
});
