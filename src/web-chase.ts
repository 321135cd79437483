/** The console's pages of chasing over the operations. */
import { type ChaseDesk, redraft } from './chase-desk.ts';
import type { Context } from './ports/actor.ts';
import type { As, WebChase } from './surfaces/web/chase-deps.ts';

const VIA = 'console';

type ContextOf = (thread: string, as: As) => Promise<Context>;
/** `contextOf` resolves the address that the console acts as; what it may do follows from that user's own row. */
export function webChase(desk: ChaseDesk, contextOf: ContextOf): WebChase {
  const at = (as: As): Promise<Context> => contextOf(VIA, as);
  return {
    now: () => desk.clock.now(),
    proposals: async (input, as) => desk.listProposals(input, await at(as)),
    decide: async (input, as) => desk.decide(input, await at(as), VIA),
    edit: async (input, as) => desk.editDraft(input, await at(as)),
    redraft: async (proposalId, as) => redraft(desk, proposalId, await at(as), VIA),
    attachment: async (of, as) => desk.readAttachment(of, await at(as)),
    plan: async (input, as) => desk.planBulk(input, await at(as)),
    approvePlan: async ({ planDigest, input }, as) =>
      desk.approveBulk({ planDigest, wish: input }, await at(as), VIA),
    worklist: async (input, as) => desk.worklist(input, await at(as)),
    draft: async (input, as) => desk.draftEmail({ ...input, cc: [] }, await at(as), VIA),
    outbox: async (as) => {
      const context = await at(as);
      const [open, dead] = await Promise.all(
        (['open', 'dead'] as const).map((state) => desk.listEffects({ state, limit: 200 }, context)),
      );
      return [...(dead?.effects ?? []), ...(open?.effects ?? [])];
    },
    retry: async (effectId, as) => {
      await desk.retryEffect({ effectId }, await at(as));
    },
    digest: async (as) => desk.digest.preview({}, await at(as)),
    tasks: async (as) => desk.listTasks({}, await at(as)),
    closeTask: async (input, as) => desk.closeTask(input, await at(as)),
    users: async () => {
      const users = await desk.listUsers({}, await at(undefined));
      return users
        .filter((user) => user.active && !user.isBot)
        .map(({ email, name, role }) => ({ email, name, role }));
    },
  };
}
