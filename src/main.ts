/** The command line's entry. */
import { createCommands } from './commands.ts';
import { forbidTracing, readConfig } from './config.ts';
import { runProgram } from './surfaces/cli/program.ts';

forbidTracing();
process.exitCode = await runProgram(process.argv.slice(2), createCommands(readConfig), {
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
});
