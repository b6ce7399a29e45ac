/** A set of words in one language, as the build cuts it (see `scripts/one-language.ts`). */
declare module '*words.ts?zh' {
  export const namespaces: Record<string, { zh?: object; en?: object }>;
}
declare module '*words.ts?en' {
  export const namespaces: Record<string, { zh?: object; en?: object }>;
}
