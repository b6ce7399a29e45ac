/** Sends reports through the public intake, several at once, and counts what became of them. */
import http from 'node:http';
import https from 'node:https';
import type { Role } from '../../shared/accounts/schema.ts';
import type { WireError } from '../../shared/errors.ts';
import type { SightingDraft } from '../../shared/sightings/schema.ts';
import { ReplayError } from './columns.ts';

export type Sent =
  | { verdict: 'acknowledged'; isNew: boolean }
  | { verdict: 'refused'; reason: string };

const tries = 6;
const answerMs = 30_000;

export class Intake {
  private readonly baseUrl: string;
  private readonly agent: http.Agent;
  private cookie = '';

  constructor(baseUrl: string, parallel: number) {
    this.baseUrl = baseUrl;
    const Agent = baseUrl.startsWith('https:') ? https.Agent : http.Agent;
    this.agent = new Agent({ keepAlive: true, maxSockets: parallel });
  }

  close(): void {
    this.agent.destroy();
  }

  /** @throws ReplayError when the server refuses */
  async signIn(cityId: string, account: { user: string; password: string } | null): Promise<void> {
    const [procedure, input] = account
      ? ['accounts.login', { cityId, username: account.user, password: account.password }]
      : ['accounts.enterDemo', { cityId, role: 'dispatcher' }];
    const { status, body, cookie } = await this.post(procedure, input);
    if (status !== 200)
      throw new ReplayError(
        account
          ? `Signing in as ${account.user} was refused (${codeOf(body)}).`
          : `${cityId} is not a demo city: give an account with --user NAME --password-file FILE.`,
      );
    this.cookie = cookie;
  }

  /** One-click entry into a demo city. */
  async enterAs(cityId: string, role: Role): Promise<void> {
    const { status, body, cookie } = await this.post('accounts.enterDemo', { cityId, role });
    if (status !== 200) throw new ReplayError(`Entering ${cityId} was refused (${codeOf(body)}).`);
    this.cookie = cookie;
  }

  /** Tries again while the server is busy or away. @throws ReplayError when it stays away */
  async report(draft: SightingDraft): Promise<Sent> {
    const sentAt = Date.now();
    for (let attempt = 1; ; attempt++) {
      const answer = await this.post('sightings.report', draft).catch(
        (error: unknown) => error as Error,
      );
      if (!(answer instanceof Error)) {
        if (answer.status === 200) {
          const { receivedAt } = (answer.body as { result: { data: { receivedAt: string } } })
            .result.data;
          return {
            verdict: 'acknowledged',
            isNew: attempt > 1 || Date.parse(receivedAt) >= sentAt - 1_000,
          };
        }
        if (answer.status < 500 && answer.status !== 429)
          return { verdict: 'refused', reason: codeOf(answer.body) };
      }
      if (attempt === tries)
        throw new ReplayError(
          `The server at ${this.baseUrl} stopped answering: ${answer instanceof Error ? answer.message : codeOf(answer.body)}`,
        );
      await new Promise((resolve) => setTimeout(resolve, 200 * 2 ** attempt));
    }
  }

  /** Places open now; null when this account may not see them. */
  async countOpenPlaces(): Promise<number | null> {
    const input = encodeURIComponent(JSON.stringify({ cells: null }));
    const { status, body } = await this.call('GET', `snapshots.read?input=${input}`, null);
    if (status !== 200) return null;
    const { clusters, sightings } = (
      body as { result: { data: { clusters: unknown[]; sightings: unknown[] } } }
    ).result.data;
    return sightings.length === 0 ? null : clusters.length;
  }

  post(procedure: string, input: unknown): ReturnType<Intake['call']> {
    return this.call('POST', procedure, JSON.stringify(input));
  }

  private call(
    method: string,
    path: string,
    body: string | null,
  ): Promise<{ status: number; body: unknown; cookie: string }> {
    const { request } = this.baseUrl.startsWith('https:') ? https : http;
    return new Promise((resolve, reject) => {
      const headers = {
        cookie: this.cookie,
        ...(body === null
          ? {}
          : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }),
      };
      const call = request(
        `${this.baseUrl}/api/${path}`,
        { method, agent: this.agent, headers, timeout: answerMs },
        (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('error', reject);
          response.on('end', () => {
            const text = Buffer.concat(chunks).toString('utf8');
            const cookie = (response.headers['set-cookie'] ?? [])
              .map((line) => line.split(';')[0])
              .join('; ');
            const body = parseJson(text);
            const status = response.statusCode ?? 0;
            if (body === undefined)
              reject(new Error(`an answer that is no JSON (status ${status})`));
            else resolve({ status, body, cookie });
          });
        },
      );
      call.on('timeout', () => call.destroy(new Error('no answer in time')));
      call.on('error', reject);
      call.end(body ?? undefined);
    });
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

const codeOf = (body: unknown): string =>
  (body as { error?: { data?: { app?: WireError } } } | null)?.error?.data?.app?.code ??
  'unexpected';
