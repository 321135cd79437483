/** The commands of chasing: worklist, digest, proposals, outbox, tasks, settings, users, contacts, audit. */
import { Option } from 'commander';
import type { Role } from '../../ports/actor.ts';
import { type As, as, day, examples, id, type Json, json, type Parts, show, whole } from './chase-options.ts';
import {
  printAudit,
  printDigest,
  printOutbox,
  printSettings,
  printSettingsChange,
  printTasks,
  printUsers,
  printWorklist,
} from './chase-print.ts';
import { addProposals } from './proposals-program.ts';
import { plain } from './render-text.ts';

function addReading({ program, commands, streams }: Parts): void {
  program
    .command('worklist')
    .description('whom to chase today, ranked by expected cash, with the reasons')
    .option('--on <day>', 'another day: what would go out then', day)
    .option('--not-chased', 'what is not chased, and why', false)
    .option('--limit <n>', 'rows at most', whole(200), 20)
    .addOption(as())
    .addOption(json())
    .addHelpText(
      'after',
      examples('remy worklist', 'remy worklist --on 2026-12-01', 'remy worklist --not-chased --json'),
    )
    .action(async (options: { on?: string; notChased: boolean; limit: number } & As & Json) => {
      const output = await (await commands()).worklist(options);
      show(streams, options, output, (to, result) => printWorklist(to, result, options.notChased));
    });
  program
    .command('digest')
    .description('the digest as it would be posted today')
    .option('--audience <email>', "a person's: of that person's accounts only, for sales")
    .addOption(json())
    .addHelpText('after', examples('remy digest', 'remy digest --audience rep@example.com'))
    .action(async (options: { audience?: string } & Json) => {
      show(streams, options, await (await commands()).digest(options), printDigest);
    });
  program
    .command('tasks')
    .description('calls and hand-overs that wait for a person')
    .addOption(as())
    .addOption(json())
    .action(async (options: As & Json) => {
      show(streams, options, await (await commands()).tasks(options), (to, { tasks }) =>
        printTasks(to, tasks),
      );
    });
}

function addOutbox({ program, commands, streams, fail }: Parts): void {
  const outbox = program
    .command('outbox')
    .description('what was approved, on its way out')
    .addHelpText('after', examples('remy outbox', 'remy outbox --send', 'remy outbox retry 31'));
  outbox
    .command('list', { isDefault: true })
    .description('what is on its way, what left, what could not')
    .option('--send', 'first send everything whose time has come', false)
    .addOption(json())
    .action(async (options: { send: boolean } & Json) => {
      const result = await (await commands()).outbox(options);
      show(streams, options, result, printOutbox);
    });
  outbox
    .command('retry')
    .description('put one that could not be sent on its way again')
    .argument('<id>', 'its number', id)
    .addOption(as())
    .addOption(json())
    .action(async (effectId: number, options: As & Json) => {
      const effect = await (await commands()).retry(effectId, options);
      show(streams, options, effect, (to, each) => printOutbox(to, { acted: null, effects: [each] }));
      if (effect.state === 'dead') fail();
    });
}

const ROLES: readonly Role[] = ['viewer', 'collector', 'approver', 'controller', 'admin'];

function addSettings({ program, commands, streams }: Parts): void {
  const settings = program
    .command('settings')
    .description('the chasing rules and the company that writes')
    .addHelpText(
      'after',
      examples(
        'remy settings --json > now.json',
        'remy settings set company company.json',
        'remy settings set cadence cadence.json',
      ),
    );
  settings
    .command('show', { isDefault: true })
    .description('what is in force')
    .addOption(json())
    .action(async (options: Json) =>
      show(streams, options, await (await commands()).settings(), printSettings),
    );
  settings
    .command('set')
    .description('the first settings from a JSON file, or a change of them for another person to approve')
    .addArgument(program.createArgument('<kind>', 'which').choices(['cadence', 'company', 'cash']))
    .argument('<file>', 'the whole document')
    .addOption(as())
    .addOption(json())
    .action(async (kind: 'cadence' | 'company' | 'cash', file: string, options: As & Json) => {
      const changed = await (await commands()).setSettings(kind, file, options);
      show(streams, options, changed, printSettingsChange);
    });
  const users = program
    .command('users')
    .description('who may ask and decide')
    .addHelpText(
      'after',
      examples('remy users', 'remy users add ana@example.com --role approver --name "Ana Ruiz"'),
    );
  users
    .command('list', { isDefault: true })
    .description('all of them')
    .addOption(json())
    .action(async (options: Json) =>
      show(streams, options, await (await commands()).users(), (to, result) => printUsers(to, result.users)),
    );
  users
    .command('add')
    .description('let somebody in')
    .argument('<email>')
    .addOption(new Option('--role <role>', 'what they may do').choices([...ROLES]).makeOptionMandatory())
    .option('--name <name>')
    .addOption(json())
    .action(async (email: string, options: { role: Role; name?: string } & Json) => {
      const result = await (await commands()).addUser({
        email,
        role: options.role,
        name: options.name ?? null,
      });
      show(streams, options, result, (to, { users: all }) => printUsers(to, all));
    });
}

function addContacts({ program, streams, commands }: Parts): void {
  program
    .command('contacts')
    .description('the people that are written to')
    .addHelpText('after', examples('remy contacts restore ap@acme.example'))
    .command('restore')
    .description('write to an address again that mail came back from')
    .argument('<email>', 'the address')
    .addOption(as())
    .addOption(json())
    .action(async (email: string, options: As & Json) =>
      show(streams, options, await (await commands()).restoreContact(email, options), (to, restored) =>
        to.out(`${plain(restored.email)} is written to again.\n`),
      ),
    );
}

function addAudit({ program, commands, streams, fail }: Parts): void {
  program
    .command('audit')
    .description('who did what, and what left on whose word')
    .option('--from <day>', 'first day', day)
    .option('--to <day>', 'last day', day)
    .option('--customer <name>', 'name or code')
    .option('--sent', 'only emails that left: word by word, and who approved them', false)
    .option('--limit <n>', 'entries at most', whole(200), 50)
    .option('--export <file>', 'write every entry of these days with its hash: CSV, or JSON a line')
    .addOption(json())
    .addHelpText(
      'after',
      examples(
        'remy audit --from 2026-11-01',
        'remy audit --customer acme --sent',
        'remy audit --export trail.jsonl',
      ),
    )
    .action(
      async (
        options: {
          from?: string;
          to?: string;
          customer?: string;
          sent: boolean;
          limit: number;
          export?: string;
        } & Json,
      ) => {
        const { export: exportTo, ...rest } = options;
        const output = await (await commands()).audit({ ...rest, exportTo });
        show(streams, options, output, printAudit);
        if (!output.chainIntact) fail();
      },
    );
}

/** Adds all commands of chasing to the program. */
export function addChasing(parts: Parts): void {
  addReading(parts);
  addProposals(parts);
  addOutbox(parts);
  addSettings(parts);
  addContacts(parts);
  addAudit(parts);
}
