import { describe, expect, it } from 'vitest';
import { readConfig } from './config.ts';

describe('the configuration', () => {
  it('has a default for everything', () => {
    const config = readConfig({});
    expect(config.port).toBe(3000);
    expect(config.databaseUrl).toBeUndefined();
    expect(config.dataDir.endsWith('.data')).toBe(true);
    expect(config.openMeteoUrl).toBe('https://api.open-meteo.com');
    expect(config.demo).toMatchObject({ on: true, cityId: 'nuanhe', speed: 1 });
  });

  it('takes an empty value as not set', () => {
    expect(readConfig({ PORT: '', DATABASE_URL: '' }).port).toBe(3000);
  });

  it('reads what is set', () => {
    const config = readConfig({
      PORT: '8080',
      NUANXUN_DEMO: 'off',
      DATABASE_URL: 'postgres://a:b@h/n',
      TRUST_PROXY: '1',
      OPEN_METEO_URL: 'http://weather.office.example:8080/mirror/',
    });
    expect(config).toMatchObject({
      port: 8080,
      databaseUrl: 'postgres://a:b@h/n',
      trustProxy: true,
      openMeteoUrl: 'http://weather.office.example:8080/mirror',
    });
    expect(config.demo.on).toBe(false);
  });

  it.each([
    ['PORT', '70000'],
    ['PORT', 'http'],
    ['DATABASE_URL', 'mysql://h/n'],
    ['DATABASE_POOL', '1'],
    ['NUANXUN_DEMO', 'maybe'],
    ['NUANXUN_DEMO_SPEED', 'fast'],
    ['NUANXUN_DEMO_CITY', 'Nuan He'],
    ['LOG_LEVEL', 'loud'],
    ['OPEN_METEO_URL', 'ftp://weather.example'],
    ['OPEN_METEO_URL', 'https://name:secret@weather.example'],
    ['TIP_LIMIT_DEVICE', '0'],
  ])('names %s when it is %s', (name, value) => {
    expect(() => readConfig({ [name]: value })).toThrow(new RegExp(`^${name} is "`));
  });

  it('names every wrong variable at once', () => {
    expect(() => readConfig({ PORT: 'x', LOG_LEVEL: 'y' })).toThrow(/PORT[\s\S]*LOG_LEVEL/);
  });

  it('does not print the password of a wrong database address', () => {
    expect(() => readConfig({ DATABASE_URL: 'mysql://admin:secret@h/n' })).not.toThrow(/secret/);
    expect(() => readConfig({ DATABASE_URL: 'mysql://admin:secret@h/n' })).toThrow(/DATABASE_URL/);
  });
});
