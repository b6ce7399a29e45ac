/** The four levels of a response, as the official signals name them. Apart from the schemas: no checker. */
export const responseLevels = ['blue', 'yellow', 'orange', 'red'] as const;
export type ResponseLevel = (typeof responseLevels)[number];
