/**
 * Felt temperature in °C from the air temperature in °C and the 10 m wind in km/h: the wind chill index of
 * Environment Canada and the US National Weather Service, 2001,
 * `13.12 + 0.6215·T − 11.37·V^0.16 + 0.3965·T·V^0.16`. It holds for T ≤ 10 and V > 4.8; elsewhere the air
 * temperature itself is what is felt. Within its range it is always below the air temperature, and colder air or more
 * wind never make it milder. The US service’s own form in °F and mph has coefficients rounded apart from these: the two
 * differ by at most 0.32 °C over its chart.
 */
export function feltTemperature(temperatureCelsius: number, windKmh: number): number {
  if (temperatureCelsius > 10 || windKmh <= 4.8) return temperatureCelsius;
  const wind = windKmh ** 0.16;
  return 13.12 + 0.6215 * temperatureCelsius - 11.37 * wind + 0.3965 * temperatureCelsius * wind;
}
