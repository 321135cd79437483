/** The commands of cash: bank files, matching and its undoing, the shadow run, what is remembered of payers. */
import { type Command, InvalidArgumentError, Option } from 'commander';
import { printBank } from './bank-print.ts';
import type { CashCommands } from './cash-commands.ts';
import {
  printForgotten,
  printMatches,
  printPayers,
  printReplay,
  printReversed,
  printRun,
} from './cash-print.ts';
import { type As, as, day, examples, id, type Json, json, show, whole } from './chase-options.ts';
import { matchJson } from './match-json.ts';
import { printJson, type Streams } from './print.ts';

export type CashParts = {
  program: Command;
  commands: () => Promise<CashCommands>;
  streams: Streams;
  /** Makes the exit code 1. */
  fail: () => void;
};

const windowOf = (text: string): { from: string; to: string } => {
  const [from = '', to = '', more] = text.split('..');
  if (more !== undefined || to === '')
    throw new InvalidArgumentError('a window is written like 2026-08-01..2026-10-31');
  return { from: day(from), to: day(to) };
};

const share = (text: string): number => {
  const number = Number(text);
  if (text.trim() === '' || !(number >= 0 && number <= 1))
    throw new InvalidArgumentError('a share from 0 to 1, such as 0.98');
  return number;
};

const QUIET_MS = 1000;

/** Says how far it is, at most once a second, and nothing of what is done at once. */
const progress = (streams: Streams, options: Json) => {
  let last = performance.now();
  return (text: string): void => {
    if (options.json || performance.now() - last < QUIET_MS) return;
    last = performance.now();
    streams.err(`${text}\n`);
  };
};

function addBank({ program, commands, streams, fail }: CashParts): void {
  program
    .command('bank')
    .description('read bank statements: BAI2, CAMT.052/053/054, MT940/942, OFX/QFX, CSV')
    .argument('<file...>', 'statement files; the format is seen from the bytes')
    .option('--dry-run', 'only show what is in them; nothing is stored', false)
    .addOption(
      new Option('--csv-map <file>', 'how CSV is read: the JSON that --dry-run --json gives as csvMap'),
    )
    .option('--all', 'every line, not only the first', false)
    .addOption(as())
    .addOption(json())
    .addHelpText(
      'after',
      `\nA file or line that was read before adds nothing. A line that cannot be read is named; the rest goes in.${examples(
        'remy bank statement.xml',
        'remy bank *.sta --dry-run                    what is in them, and whether the balances add up',
        'remy bank export.csv --csv-map map.json',
        'remy bank today.bai && remy match',
      )}`,
    )
    .action(
      async (
        files: string[],
        options: { dryRun: boolean; csvMap?: string; all: boolean } & As & Json,
      ): Promise<void> => {
        const result = await (await commands()).bank(files, options, progress(streams, options));
        const { notes, ...output } = result;
        if (options.json) printJson(streams, output);
        else {
          printBank(streams, output, options);
          for (const note of notes) streams.err(`${note}\n`);
        }
        if (output.errors.some(({ line }) => line === null)) fail();
      },
    );
}

type MatchOptions = { dryRun: boolean; replay?: { from: string; to: string }; all: boolean } & As & Json;

function addMatch({ program, commands, streams }: CashParts): void {
  const match = program
    .command('match')
    .description('put money on the invoices it pays: apply what is certain, propose what is likely')
    .option('--dry-run', 'only show what would be done', false)
    .addOption(
      new Option(
        '--replay <from..to>',
        'match a past window as if nothing of it were applied, and hold it against what people applied; writes nothing',
      ).argParser(windowOf),
    )
    .option('--all', 'every payment, not only the first of each kind', false)
    .addOption(as())
    .addOption(json())
    .addHelpText(
      'after',
      examples(
        'remy match --dry-run',
        'remy match',
        'remy match --replay 2026-08-01..2026-10-31   how right it would have been, before going live',
        'remy match list --auto --below 1             what was applied without asking and not fully sure',
        'remy match undo 31',
      ),
    )
    .action(async (options: MatchOptions) => {
      if (options.replay) {
        const output = await (await commands()).replay(options.replay, options, progress(streams, options));
        return show(streams, options, output, printReplay);
      }
      const run = await (await commands()).match(options);
      if (options.json) printJson(streams, matchJson(run));
      else printRun(streams, run, options.all);
    });
  match
    .command('list')
    .description('what was applied, the newest first')
    .option('--from <day>', 'first day', day)
    .option('--to <day>', 'last day', day)
    .option('--auto', 'only what was applied without asking', false)
    .option('--below <share>', 'only what was less sure than this; 1: not fully sure', share)
    .option('--limit <n>', 'rows at most', whole(200), 20)
    .addOption(as())
    .addOption(json())
    .action(async (_own: object, command: Command) => {
      const { from, to, auto, below, limit, ...options } = command.optsWithGlobals<
        { from?: string; to?: string; auto: boolean; below?: number; limit: number } & As & Json
      >();
      const list = await (await commands()).matches(
        { from, to, ...(auto && { origin: 'auto' as const }), belowConfidence: below, limit },
        options,
      );
      show(streams, options, list, printMatches);
    });
  match
    .command('undo')
    .description('take an application back as a whole: its invoices are open again')
    .argument('<number>', 'as "remy match list" prints it', id)
    .option('--note <text>', 'why, for the audit trail')
    .addOption(as())
    .addOption(json())
    .action(async (matchId: number, _own: object, command: Command) => {
      const options = command.optsWithGlobals<{ note?: string } & As & Json>();
      show(streams, options, await (await commands()).undoMatch(matchId, options), printReversed);
    });
}

function addPayers({ program, commands, streams }: CashParts): void {
  const payers = program
    .command('payers')
    .description('what is remembered of who pays for whom')
    .option('--customer <name>', 'name or code')
    .option('--all', 'every one, not only the first', false)
    .addOption(as())
    .addOption(json())
    .addHelpText(
      'after',
      examples(
        'remy payers',
        'remy payers --customer acme',
        'remy payers forget "brt holdings"',
        'remy payers forget US64SVBKUS6S3300958879 --customer acme',
      ),
    )
    .action(async (options: { customer?: string; all: boolean } & As & Json) => {
      const output = await (await commands()).payers(options);
      show(streams, options, output, (to, list) => printPayers(to, list, options.all));
    });
  payers
    .command('forget')
    .description('forget a name or an account')
    .argument('<payer>', 'as "remy payers" prints it')
    .option('--customer <name>', 'only for this one, by name or code')
    .addOption(as())
    .addOption(json())
    .action(async (payer: string, _own: object, command: Command) => {
      const options = command.optsWithGlobals<{ customer?: string } & As & Json>();
      const output = await (await commands()).forgetPayer(payer, options);
      show(streams, options, output, (to, { forgotten }) => printForgotten(to, forgotten));
    });
}

/** Adds all commands of cash to the program. */
export function addCash(parts: CashParts): void {
  addBank(parts);
  addMatch(parts);
  addPayers(parts);
}
