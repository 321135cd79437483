/** The command line's entry. What a command needs is loaded when it runs, so that help and wrong usage answer at once. */
import { forbidTracing, readConfig } from './config.ts';
import { runProgram } from './surfaces/cli/program.ts';

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
});
