/** What a minute outside weighs. */

/** Felt degrees below which the cold alone adds to the weight, and how fast *(ours)*. */
const mildCelsius = 0;
const celsiusPerDoubling = 20;

/**
 * What a minute outside weighs: 1 for score 0 in mild cold, 10 for score 100; twice as much for every 20 degrees of
 * felt temperature below zero. Grows with the square of the score: an emergency isn't two ordinary places.
 * @param levelFactor what the level in force makes of it, against driving
 */
export function jobWeight(score: number, feltCelsius: number | null, levelFactor = 1): number {
  const share = Math.min(100, Math.max(0, score)) / 100;
  const below = Math.max(0, mildCelsius - (feltCelsius ?? mildCelsius));
  return (1 + 9 * share * share) * 2 ** (below / celsiusPerDoubling) * levelFactor;
}
