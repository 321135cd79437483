/** Run as a process of its own: `node build-page.ts SOURCES TARGET`. */
import { build } from 'vite';

const [root, outDir] = process.argv.slice(2);
if (!root || !outDir) throw new Error('usage: build-page.ts SOURCES TARGET');

await build({
  root,
  configFile: false,
  envFile: false,
  logLevel: 'error',
  base: '/',
  build: {
    outDir,
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1000,
  },
});
