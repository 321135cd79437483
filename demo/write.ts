/** Writes the demo company to a folder: `node demo/write.ts FOLDER [--seed N] [--today YYYY-MM-DD]`. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { generateDemoCompany } from './company.ts';

/** Today in the machine's own time zone. */
function localToday(): string {
  const now = new Date();
  const two = (value: number) => String(value).padStart(2, '0');
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

/** Returns how many files it wrote. */
export function writeDemoCompany(folder: string, seed: number, today: string): number {
  const { files, bankStatements, emails } = generateDemoCompany({ seed, today });
  const parts = { ledger: files, bank: bankStatements, mail: emails };
  let written = 0;
  for (const [part, byName] of Object.entries(parts)) {
    mkdirSync(join(folder, part), { recursive: true });
    for (const [name, text] of Object.entries(byName)) {
      writeFileSync(join(folder, part, name), text);
      written += 1;
    }
  }
  return written;
}

if (import.meta.main) {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { seed: { type: 'string', default: '1' }, today: { type: 'string' } },
  });
  const [folder] = positionals;
  const seed = Number(values.seed);
  if (folder === undefined || !Number.isSafeInteger(seed)) {
    process.stderr.write('usage: node demo/write.ts FOLDER [--seed N] [--today YYYY-MM-DD]\n');
    process.exitCode = 2;
  } else {
    try {
      const count = writeDemoCompany(folder, seed, values.today ?? localToday());
      process.stdout.write(`${count} files of the fictional demo company are in ${folder}\n`);
    } catch (error) {
      process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
      process.exitCode = 1;
    }
  }
}
