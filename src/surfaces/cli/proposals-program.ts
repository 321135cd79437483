/** The commands of proposals: the queue, one of it, and the decision on exactly what was seen. */
import { Option } from 'commander';
import type { ListProposalsInput } from '../../domain/chase/proposals.ts';
import { InvalidInputError } from '../../domain/errors.ts';
import type { Verdict } from './chase-commands.ts';
import { type As, as, day, examples, id, type Json, json, type Parts, show, whole } from './chase-options.ts';
import { printDecided, printProposal, printProposals } from './chase-print.ts';

type Deciding = { reason?: string; until?: string; revision?: number; yes?: boolean } & As & Json;

/** One decision: prints exactly what is decided on, then what came of it. */
const deciding =
  ({ commands, streams, fail }: Parts, verdictOf: (options: Deciding) => Verdict) =>
  async (proposalId: number, options: Deciding) => {
    const verdict = verdictOf(options);
    const seen = options.revision !== undefined || options.yes === true;
    const confirm = options.json ? undefined : streams.confirm;
    // it is let go by somebody who has seen exactly this, never by whoever runs the command on whatever is newest
    if (verdict.kind === 'approve' && !seen && !confirm)
      throw new InvalidInputError(
        `Nobody can be asked here, so nothing was approved. Look at it with: remy proposals show ${proposalId}; then give its --revision N, or --yes for whatever is newest.`,
      );
    const result = await (await commands()).decide(proposalId, verdict, options, async (view) => {
      if (!options.json) printProposal(streams, view);
      if (verdict.kind !== 'approve' || seen || !view.mayDecide) return true;
      return confirm!(`Approve exactly this, revision ${view.revision}?`);
    });
    if (result === null) {
      streams.err('Nothing was decided.\n');
      fail();
      return;
    }
    show(streams, options, result, printDecided);
    if (!result.applied) fail();
  };

const revision = () =>
  new Option('--revision <n>', 'only if this is still the newest revision, as "show" prints it').argParser(
    whole(Number.MAX_SAFE_INTEGER),
  );

export function addProposals(parts: Parts): void {
  const { program, commands, streams } = parts;
  const proposals = program
    .command('proposals')
    .description('what waits for a decision, and the decision')
    .addHelpText(
      'after',
      examples(
        'remy proposals',
        'remy proposals show 12',
        'remy proposals approve 12                     prints it and asks',
        'remy proposals approve 12 --revision 2        in a script: exactly what was looked at',
        'remy proposals reject 12 --reason "they called, will pay"',
        'remy proposals snooze 12 --until 2026-12-01',
        'remy proposals undo 12',
      ),
    );
  proposals
    .command('list', { isDefault: true })
    .description('the queue')
    .addOption(
      new Option('--state <state>', 'which')
        .choices(['waiting', 'approved', 'done', 'closed', 'all'])
        .default('waiting'),
    )
    .option('--limit <n>', 'rows at most', whole(200), 50)
    .addOption(as())
    .addOption(json())
    .action(async (options: { state: ListProposalsInput['state']; limit: number } & As & Json) => {
      show(streams, options, await (await commands()).proposals(options), printProposals);
    });
  const one = (name: string, description: string) =>
    proposals
      .command(name)
      .description(description)
      .argument('<id>', 'its number', id)
      .addOption(as())
      .addOption(json());
  one('show', 'everything about one').action(async (proposalId: number, options: As & Json) => {
    show(streams, options, await (await commands()).proposal(proposalId, options), printProposal);
  });
  one('approve', 'let exactly what is printed leave; asks first on a terminal')
    .addOption(revision())
    .option('--yes', 'without asking: whatever is newest, as it is printed')
    .action(deciding(parts, () => ({ kind: 'approve' })));
  one('reject', 'it does not leave')
    .requiredOption('--reason <text>', 'why, for whoever asked for it')
    .addOption(revision())
    .action(deciding(parts, ({ reason = '' }) => ({ kind: 'reject', reason })));
  one('snooze', 'decide later')
    .requiredOption('--until <day>', 'the day it comes back', day)
    .addOption(revision())
    .action(deciding(parts, ({ until = '' }) => ({ kind: 'snooze', untilOn: until })));
  one('undo', 'take an approval back while nothing has left').action(
    deciding(parts, () => ({ kind: 'undo' })),
  );
}
