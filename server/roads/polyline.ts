/** Lines as road engines write them: steps of 1e-6 degrees, five bits at a time in printable characters. */
export function decodePolyline(text: string): [lon: number, lat: number][] {
  const line: [number, number][] = [];
  let [at, lat, lon] = [0, 0, 0];
  const step = (): number => {
    let [bits, shift, five] = [0, 0, 0];
    do {
      five = text.charCodeAt(at++) - 63;
      if (!(five >= 0 && five < 64)) throw new Error('a broken line');
      bits += (five & 31) * 2 ** shift;
      shift += 5;
    } while (five >= 32);
    return bits % 2 === 1 ? -(bits + 1) / 2 : bits / 2;
  };
  while (at < text.length) {
    lat += step();
    lon += step();
    line.push([lon / 1e6, lat / 1e6]);
  }
  return line;
}
