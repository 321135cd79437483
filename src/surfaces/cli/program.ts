/** The command line: parses, calls one command, prints. */
import { Command, CommanderError, Option } from 'commander';
import { RemyError } from '../../domain/errors.ts';
import { addCash } from './cash-program.ts';
import { addChasing } from './chase-program.ts';
import type { Commands } from './commands.ts';
import { printAnswer, printDoctor, printImport, printJson, type Streams } from './print.ts';
import { plain } from './render-text.ts';

const DONE = 0;
const FAILED = 1;
const WRONG_USAGE = 2;

const EXAMPLES = `
Examples:
  remy start                                     the console, with a demo company when the ledger is empty
  remy import customers.csv invoices.csv         your own ledger
  remy ask "who owes us the most?"
  remy ask "and in EUR?" --thread t-1a2b         goes on with a conversation
  remy ask "is Pied Piper past due?" --as rep@example.com --json
  remy bank statement.xml && remy match          what came in, put on what is owed
  remy worklist                                  whom to chase today, and why
  remy proposals                                 what waits for your decision

Configuration comes from the environment; see .env.example.`;

type Json = { json?: boolean };
/** Opens what the commands need: configuration, database, agent. */
export type LoadCommands = () => Promise<Commands>;

/** Words for a person, never a stack. */
const describe = (error: unknown): { code: string; message: string } =>
  error instanceof RemyError
    ? { code: error.code, message: error.message }
    : {
        code: 'internal',
        message: `Something failed inside Remy: ${error instanceof Error ? error.message : String(error)}`,
      };

function addAsk(program: Command, commands: LoadCommands, streams: Streams, json: Option): void {
  program
    .command('ask')
    .description('ask one question about the ledger')
    .argument('<question>', 'in plain words, in quotes')
    .option('--as <email>', 'ask as this user; sales see their own accounts only')
    .option('--thread <id>', 'go on with this conversation')
    .addOption(json)
    .action(async (text: string, options: { as?: string; thread?: string } & Json) => {
      const answer = await (await commands()).ask(
        { text, as: options.as, thread: options.thread },
        (event) => {
          if (event.type === 'progress' && !options.json) streams.err(`${event.text} ...\n`);
        },
      );
      if (options.json) printJson(streams, answer);
      else printAnswer(streams, answer);
    });
}

function addImport(
  program: Command,
  commands: LoadCommands,
  streams: Streams,
  json: Option,
  fail: () => void,
): void {
  program
    .command('import')
    .description('read ledger CSV files: customers, contacts, invoices, credits, payments, applications')
    .argument('<file...>', 'canonical files, or exports of QuickBooks, Xero, NetSuite or Stripe')
    .addHelpText(
      'after',
      '\nThe kind is seen from the headers. Importing a file again changes nothing. Bad lines are named and left out.',
    )
    .addOption(json)
    .action(async (files: string[], options: Json) => {
      let told = '';
      const result = await (await commands()).importFiles(files, (text) => {
        if (text !== told) streams.err(`${text}\n`);
        told = text;
      });
      if (options.json) printJson(streams, { files: result.files });
      else printImport(streams, result);
      if (result.files.some((file) => file.error)) fail();
    });
}

function addStart(program: Command, commands: LoadCommands, streams: Streams): void {
  program
    .command('start')
    .description('the web console in one process; loads a demo company into an empty database')
    .option('--empty', 'do not load the demo company', false)
    .option('--port <number>', 'instead of REMY_PORT', (text) => Number(text))
    .action(async (options: { empty: boolean; port?: number }) => {
      if (
        options.port !== undefined &&
        !(Number.isInteger(options.port) && options.port >= 0 && options.port < 65_536)
      )
        throw new CommanderError(WRONG_USAGE, 'port', 'error: --port takes a whole number below 65536');
      await (await commands()).start(options, {
        progress: (text) => streams.err(`${text}\n`),
        ready: (address, notes) => {
          for (const note of notes) streams.err(`${note}\n`);
          streams.out(`Remy is ready at ${address}\n`);
        },
      });
    });
}

function addOperating(
  program: Command,
  commands: LoadCommands,
  streams: Streams,
  json: Option,
  fail: () => void,
): void {
  program
    .command('doctor')
    .description('what is configured, reachable and stale, and what to do about it')
    .addOption(json)
    .action(async (options: Json) => {
      const { ok, checks } = await (await commands()).doctor();
      if (options.json) printJson(streams, { ok, checks });
      else printDoctor(streams, checks);
      if (!ok) fail();
    });
  program
    .command('migrate')
    .description('bring the database schema up to date')
    .addOption(json)
    .action(async (options: Json) => {
      const result = await (await commands()).migrate();
      if (options.json) printJson(streams, result);
      else
        streams.out(
          result.applied.length > 0
            ? `Applied ${result.applied.join(', ')}\n`
            : `Up to date (${result.current})\n`,
        );
    });
}

/** No command of any depth ends the process or writes past the given streams. */
function quietly(command: Command, streams: Streams): void {
  command.exitOverride().configureOutput({ writeOut: streams.out, writeErr: streams.err });
  for (const each of command.commands) quietly(each, streams);
}

/** Runs one command and returns the exit code: 0 done, 1 refused or failed, 2 wrong usage. */
export async function runProgram(
  argv: readonly string[],
  commands: LoadCommands,
  streams: Streams,
): Promise<number> {
  let code = DONE;
  const fail = () => {
    code = FAILED;
  };
  const json = new Option('--json', 'one JSON document on stdout');
  const program = new Command('remy')
    .description(
      'The accounts-receivable agent: ask the ledger in plain words, chase what is due, decide what leaves.',
    )
    .addHelpText('after', EXAMPLES)
    .showHelpAfterError('(remy --help shows what there is)');
  addStart(program, commands, streams);
  addAsk(program, commands, streams, json);
  addImport(program, commands, streams, json, fail);
  addCash({ program, commands, streams, fail });
  addChasing({ program, commands, streams, fail });
  addOperating(program, commands, streams, json, fail);
  quietly(program, streams);
  try {
    if (argv.length === 0) {
      program.outputHelp();
      return WRONG_USAGE;
    }
    await program.parseAsync([...argv], { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) {
      if (error.code === 'port') streams.err(`${error.message}\n`);
      if (error.exitCode === 0) return DONE;
      if (argv.includes('--json'))
        printJson(streams, {
          error: { code: 'wrong_usage', message: error.message.replace(/^error: /, '') },
        });
      return WRONG_USAGE;
    }
    const failure = describe(error);
    if (argv.includes('--json')) printJson(streams, { error: failure });
    streams.err(`${plain(failure.message)}\n`);
    return FAILED;
  }
}
