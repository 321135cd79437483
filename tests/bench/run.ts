/** `npm run bench -- NAME`: each benchmark prints a table and the bar it is held to. */
const benches: Record<string, () => Promise<{ run(args: string[]): Promise<void> }>> = {
  ask: () => import('./ask.ts'),
  'bank-files': () => import('./bank-files.ts'),
  chase: () => import('./chase.ts'),
  clicks: () => import('./clicks.ts'),
  crash: () => import('./crash.ts'),
  import: () => import('./import.ts'),
  kill: () => import('./kill.ts'),
  match: () => import('./match.ts'),
  query: () => import('./query.ts'),
  worklist: () => import('./worklist.ts'),
};

const [name, ...args] = process.argv.slice(2);
const load = name === undefined ? undefined : benches[name];
if (!load) {
  process.stderr.write(`Name a benchmark: ${Object.keys(benches).join(', ')}\n`);
  process.exit(2);
}
await (await load()).run(args);
process.exit();
