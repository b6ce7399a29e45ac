/** The simulated duty officer: follows what the rules propose, when nobody at a board has decided for a while. */
import type { ProposalView } from '../../shared/response/schema.ts';
import type { World } from './world.ts';

const lookEverySeconds = 10;
/** A worse night is for visitors to see and to decide on; the other way it goes sooner. */
const graceSeconds = { declare: 10 * 60, raise: 10 * 60, lower: 90, end: 90 };
/** Who is signed in at a desk has so much longer. */
const graceForPeople = 3;

export class DutyOfficer {
  private readonly world: World;
  private nextLook = 0;

  constructor(world: World) {
    this.world = world;
  }

  async step(): Promise<void> {
    const { world } = this;
    if (world.now < this.nextLook) return;
    this.nextLook = world.now + lookEverySeconds;
    const { proposal } = world.mirror;
    if (proposal && this.isDue(proposal)) await this.follow(proposal);
  }

  private isDue({ kind, madeAt }: ProposalView): boolean {
    const { presence, speed } = this.world;
    const waitedSeconds = ((Date.now() - Date.parse(madeAt)) / 1_000) * speed;
    return waitedSeconds >= graceSeconds[kind] * (presence.atTheDesk ? graceForPeople : 1);
  }

  private async follow(proposal: ProposalView): Promise<void> {
    const { cast, mirror, surroundings } = this.world;
    const { response } = cast.desk.api;
    const { id: proposalId, level } = proposal;
    if (level === null) return void (await response.end.mutate({ proposalId }));
    const chinese = surroundings.shareOfChinese > 0.5;
    await response.declare.mutate({
      level,
      temperatureCelsius: proposal.temperatureCelsius ?? mirror.activation?.temperatureCelsius ?? 0,
      windKmh: proposal.windKmh ?? mirror.activation?.windKmh ?? 0,
      note: chinese ? '按规则建议（模拟值班员）' : 'As the rules propose (simulated officer)',
      proposalId,
    });
  }
}
