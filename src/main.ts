/** The command line's entry. What a command needs is loaded when it runs, so that help and wrong usage answer at once. */
import { createInterface } from 'node:readline/promises';
import { forbidTracing, readConfig } from './config.ts';
import { runProgram } from './surfaces/cli/program.ts';

const confirm = async (question: string): Promise<boolean> => {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  // the end of the input is no
  const ended = new Promise<string>((resolve) => terminal.once('close', () => resolve('')));
  const answer = await Promise.race([terminal.question(`${question} [y/N] `), ended]);
  terminal.close();
  return /^y(es)?$/i.test(answer.trim());
};

forbidTracing();
// a reader that has seen enough (`remy ask ... | head`) is no failure; the command still closes its database
for (const stream of [process.stdout, process.stderr])
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
const commands = async () => {
  const config = readConfig();
  return (await import('./commands.ts')).createCommands(config);
};
process.exitCode = await runProgram(process.argv.slice(2), commands, {
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  confirm: process.stdin.isTTY ? confirm : undefined,
});
