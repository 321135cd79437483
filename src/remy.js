#!/usr/bin/env node
// Plain JavaScript, so that an old Node can say what is wrong instead of failing on TypeScript.
const major = Number(process.versions.node.split('.')[0]);
if (major < 24) {
  process.stderr.write(
    `Remy needs Node 24 or newer; this is ${process.versions.node}.\n` +
      'Run it through npm, which uses the Node 24 that comes with the project:\n' +
      '  npm start            (or: npx remy ask "who owes us the most?")\n',
  );
  process.exit(1);
}
await import('./main.ts');
