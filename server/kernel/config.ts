import path from 'node:path';
import { z } from 'zod';

const flag = (fallback: 'on' | 'off') =>
  z
    .string()
    .default(fallback)
    .transform((value) => value.toLowerCase())
    .pipe(z.enum(['on', 'off', '1', '0', 'true', 'false']))
    .transform((value) => ['on', '1', 'true'].includes(value));

const whole = (min: number, max: number, fallback: number) =>
  z.string().default(String(fallback)).transform(Number).pipe(z.number().int().min(min).max(max));

/** Every variable the server reads, with its default; `.env` files are not read. */
const environmentSchema = z.object({
  PORT: whole(0, 65535, 3000),
  HOST: z.string().min(1).default('0.0.0.0'),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//)
    .optional(),
  DATABASE_POOL: whole(2, 200, 10),
  DATA_DIR: z.string().min(1).default('.data'),
  NUANXUN_DEMO: flag('on'),
  NUANXUN_DEMO_CITY: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{1,39}$/)
    .default('nuanhe'),
  NUANXUN_DEMO_SPEED: z.string().default('1').transform(Number).pipe(z.number().min(0).max(60)),
  NUANXUN_DEMO_SEED: whole(0, 2 ** 31 - 1, 20260105),
  /** 1 when a reverse proxy in front sets X-Forwarded-For and X-Forwarded-Proto */
  TRUST_PROXY: flag('off'),
  TIP_LIMIT_DEVICE: whole(1, 100_000, 6),
  TIP_LIMIT_ADDRESS: whole(1, 100_000, 30),
  /** where photos and voice notes lie: in DATA_DIR, or in a store that speaks S3 */
  MEDIA_STORE: z.enum(['disk', 's3']).default('disk'),
  S3_ENDPOINT: z
    .string()
    .regex(/^https?:\/\/[^/?#\s]+\/?$/)
    .optional(),
  S3_BUCKET: z
    .string()
    .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/)
    .optional(),
  S3_REGION: z.string().min(1).default('us-east-1'),
  S3_ACCESS_KEY_ID: z.string().min(1).optional(),
  S3_SECRET_ACCESS_KEY: z.string().min(1).optional(),
  /** answers for the roads of cities that have no tiles of their own */
  VALHALLA_URL: z
    .string()
    .regex(/^https?:\/\/[^?#\s]+$/)
    .optional(),
  /** what a source of this kind asks that names no address of its own */
  OPEN_METEO_URL: z
    .string()
    .regex(/^https?:\/\/[^?#\s@]+$/)
    .default('https://api.open-meteo.com'),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
});

export interface S3Config {
  endpoint: string;
  bucket: string;
  region: string;
  accessKeyId: string;
  secretAccessKey: string;
}

export interface Config {
  port: number;
  host: string;
  databaseUrl: string | undefined;
  databasePool: number;
  dataDir: string;
  demo: { on: boolean; cityId: string; speed: number; seed: number };
  trustProxy: boolean;
  tipLimits: { perDevice: number; perAddress: number };
  media: { store: 'disk' } | ({ store: 's3' } & S3Config);
  valhallaUrl: string | undefined;
  openMeteoUrl: string;
  logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent';
}

const expectations: Record<string, string> = {
  PORT: 'a port number from 0 to 65535',
  HOST: 'an address to listen on, such as 127.0.0.1',
  DATABASE_URL: 'an address such as postgres://user:password@host:5432/name',
  DATABASE_POOL: 'a whole number from 2 to 200',
  DATA_DIR: 'a folder',
  NUANXUN_DEMO: 'on or off',
  NUANXUN_DEMO_CITY: 'the short name of a city: lower-case letters, digits and dashes',
  NUANXUN_DEMO_SPEED: 'a number from 0 (standing still) to 60',
  NUANXUN_DEMO_SEED: 'a whole number',
  TRUST_PROXY: 'on or off',
  TIP_LIMIT_DEVICE: 'a whole number of tips per device in ten minutes',
  TIP_LIMIT_ADDRESS: 'a whole number of tips per address in ten minutes',
  MEDIA_STORE: 'disk or s3',
  S3_ENDPOINT: 'an address such as https://s3.example.org, without the bucket',
  S3_BUCKET: 'the name of a bucket',
  S3_REGION: 'a region such as us-east-1',
  S3_ACCESS_KEY_ID: 'the id of an access key',
  S3_SECRET_ACCESS_KEY: 'the secret of that access key',
  VALHALLA_URL: 'an address such as http://roads.example.org:8002',
  OPEN_METEO_URL: 'an address such as https://api.open-meteo.com, without name and password',
  LOG_LEVEL: 'debug, info, warn, error or silent',
};

/** @throws Error naming each wrong variable, its value and what is expected. An empty value counts as not set. */
export function readConfig(environment: Record<string, string | undefined>): Config {
  const given = Object.fromEntries(
    Object.keys(environmentSchema.shape)
      .map((name) => [name, environment[name]] as const)
      .filter(([, value]) => value !== undefined && value !== ''),
  );
  const parsed = environmentSchema.safeParse(given);
  if (!parsed.success) {
    const names = [...new Set(parsed.error.issues.map((issue) => String(issue.path[0])))];
    throw new Error(
      names
        .map(
          (name) =>
            `${name} is ${JSON.stringify(shown(name, given[name]))}, expected ${expectations[name]}`,
        )
        .join('\n'),
    );
  }
  const env = parsed.data;
  return {
    port: env.PORT,
    host: env.HOST,
    databaseUrl: env.DATABASE_URL,
    databasePool: env.DATABASE_POOL,
    dataDir: path.resolve(env.DATA_DIR),
    demo: {
      on: env.NUANXUN_DEMO,
      cityId: env.NUANXUN_DEMO_CITY,
      speed: env.NUANXUN_DEMO_SPEED,
      seed: env.NUANXUN_DEMO_SEED,
    },
    trustProxy: env.TRUST_PROXY,
    tipLimits: { perDevice: env.TIP_LIMIT_DEVICE, perAddress: env.TIP_LIMIT_ADDRESS },
    media: env.MEDIA_STORE === 'disk' ? { store: 'disk' } : { store: 's3', ...s3Of(env) },
    valhallaUrl: env.VALHALLA_URL?.replace(/\/+$/, ''),
    openMeteoUrl: env.OPEN_METEO_URL.replace(/\/+$/, ''),
    logLevel: env.LOG_LEVEL,
  };
}

/** @throws Error naming what a store that speaks S3 needs and was not given */
function s3Of(env: z.infer<typeof environmentSchema>): S3Config {
  const needed = ['S3_ENDPOINT', 'S3_BUCKET', 'S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY'] as const;
  const missing = needed.filter((name) => env[name] === undefined);
  if (missing.length > 0)
    throw new Error(
      missing
        .map((name) => `${name} is not set, expected with MEDIA_STORE=s3: ${expectations[name]}`)
        .join('\n'),
    );
  return {
    endpoint: env.S3_ENDPOINT!.replace(/\/$/, ''),
    bucket: env.S3_BUCKET!,
    region: env.S3_REGION,
    accessKeyId: env.S3_ACCESS_KEY_ID!,
    secretAccessKey: env.S3_SECRET_ACCESS_KEY!,
  };
}

/** An address may hold a password: show only how it starts. */
const shown = (name: string, value: string | undefined) =>
  ['DATABASE_URL', 'OPEN_METEO_URL'].includes(name) && value !== undefined
    ? `${value.slice(0, 11)}…`
    : value;
