/** Holds the layout: who imports whom, where each package lives, how long a file is, and that no import is a circle. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '..');
const roots = ['src', 'agents', 'tools', 'prompts', 'demo', 'tests'];

const walk = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.name === 'node_modules' || entry.name === 'dist') return [];
    const path = join(folder, entry.name);
    return entry.isDirectory() ? walk(path) : path.endsWith('.ts') ? [path] : [];
  });

type Import = { to: string; typeOnly: boolean };
type Source = { path: string; text: string; imports: Import[] };

const importPattern =
  /(?:^|\n)\s*(?:import|export)\s+(type\s)?[^'";]*?from\s*'([^']+)'|import\(\s*'([^']+)'\s*\)|(?:^|\n)import '([^']+)'/g;

const sources: Source[] = roots
  .flatMap((name) => walk(join(root, name)))
  .map((path) => {
    const text = readFileSync(path, 'utf8');
    const imports = [...text.matchAll(importPattern)].map((match) => {
      const target = (match[2] ?? match[3] ?? match[4])!;
      return {
        typeOnly: Boolean(match[1]),
        to: target.startsWith('.') ? relative(root, resolve(dirname(path), target)) : target,
      };
    });
    return { path: relative(root, path), text, imports };
  });

/** Each layer imports only from the layers before it, and from its own folder. */
const layers: string[][] = [
  ['src/domain', 'prompts'],
  ['src/cards'],
  ['src/ports'],
  ['src/connectors', 'src/store'],
  ['src/operations'],
  ['tools'],
  ['agents'],
  ['src/surfaces', 'src/jobs'],
  ['src/webhooks'],
];
const layerOf = (path: string): number =>
  layers.findIndex((folders) => folders.some((folder) => path.startsWith(`${folder}/`)));
const folderOf = (path: string): string | undefined =>
  layers.flat().find((folder) => path.startsWith(`${folder}/`));
const isLocal = (target: string): boolean => roots.some((name) => target.startsWith(`${name}/`));

/** The composition root and what only it may import. */
const top = new Set(
  [
    'main',
    'app',
    'commands',
    'config',
    'agent-operations',
    'alarm-clock',
    'chase-desk',
    'cash-desk',
    'cli-cash',
    'demo-bank',
    'cli-chase',
    'web-cash',
    'web-chase',
  ].map((name) => `src/${name}.ts`),
);

const packageHomes: [RegExp, string[]][] = [
  [/^(pg$|pg\/|@electric-sql\/)/, ['src/store/']],
  [/^(@langchain\/|langchain)/, ['agents/']],
  [/^express$/, ['src/surfaces/', 'src/webhooks/']],
  [/^adaptivecards$/, ['src/surfaces/web/']],
  [/^vite$/, ['src/surfaces/web/']],
  [/^echarts/, ['src/surfaces/']],
  [/^csv-parse/, ['src/connectors/csv-records.ts', 'src/connectors/remittance-files/']],
  [/^sax$/, ['src/connectors/bank-files/']],
  [/^(read-excel-file|unpdf)/, ['src/connectors/remittance-files/']],
  [/^chrono-node$/, ['agents/']],
  [/^commander$/, ['src/surfaces/cli/']],
  [/^date-holidays$/, ['src/domain/cadence/']],
  [/^pg-boss$/, ['src/jobs/']],
  [/^(nodemailer|postal-mime)$/, ['src/connectors/']],
  [/^pdfkit$/, ['src/connectors/statement-files/']],
];

const product = sources.filter((source) => !source.path.startsWith('tests/'));

describe('architecture', () => {
  test('a file imports only from layers before its own, or from its own folder', () => {
    const wrong = product.flatMap((source) => {
      const own = layerOf(source.path);
      if (own < 0) return [];
      return source.imports
        .filter((each) => isLocal(each.to))
        .filter(
          (each) =>
            folderOf(each.to) !== folderOf(source.path) && (layerOf(each.to) < 0 || layerOf(each.to) >= own),
        )
        .map((each) => `${source.path} -> ${each.to}`);
    });
    expect(wrong).toEqual([]);
  });

  test('nobody but the entry imports the composition root', () => {
    const wrong = product.flatMap((source) =>
      top.has(source.path)
        ? []
        : source.imports.filter((each) => top.has(each.to)).map((each) => `${source.path} -> ${each.to}`),
    );
    expect(wrong).toEqual([]);
  });

  test('a vendor folder imports no other vendor folder', () => {
    const vendor = (path: string) => /^src\/connectors\/([^/]+)\//.exec(path)?.[1];
    const wrong = product.flatMap((source) =>
      source.imports
        .filter((each) => vendor(source.path) && vendor(each.to) && vendor(source.path) !== vendor(each.to))
        .map((each) => `${source.path} -> ${each.to}`),
    );
    expect(wrong).toEqual([]);
  });

  test('the domain has no package (zod in typed shapes and public holidays excepted), no node module, no clock', () => {
    const wrong = product
      .filter((source) => source.path.startsWith('src/domain/'))
      .flatMap((source) => [
        ...source.imports
          .filter((each) => !isLocal(each.to))
          .filter(
            (each) =>
              !(each.to === 'zod' && /^src\/domain\/(ledger-query|chase|cash)\//.test(source.path)) &&
              !(each.to === 'date-holidays' && source.path.startsWith('src/domain/cadence/')),
          )
          .map((each) => `${source.path} -> ${each.to}`),
        ...(/\bDate\.now\(|new Date\(\)|\bawait\b|console\./.test(source.text)
          ? [`${source.path}: clock, await or log`]
          : []),
      ]);
    expect(wrong).toEqual([]);
  });

  test('every package has one home', () => {
    const wrong = product.flatMap((source) =>
      source.imports.flatMap((each) => {
        const home = packageHomes.find(([pattern]) => pattern.test(each.to));
        if (!home || (each.typeOnly && each.to === 'pg')) return [];
        return home[1].some((folder) => source.path.startsWith(folder))
          ? []
          : [`${source.path} -> ${each.to}`];
      }),
    );
    expect(wrong).toEqual([]);
  });

  test('SQL and the environment have one home each', () => {
    const sql = product.filter(
      (source) =>
        !source.path.startsWith('src/store/') &&
        /`\s*(select|insert into|update|delete from)\s/i.test(source.text),
    );
    const environment = product.filter(
      (source) => source.path !== 'src/config.ts' && /process\.env/.test(source.text),
    );
    expect({ sql: sql.map((s) => s.path), environment: environment.map((s) => s.path) }).toEqual({
      sql: [],
      environment: [],
    });
  });

  test('files stay under 300 lines (tests 400), and there is no utils file', () => {
    const long = sources
      .map((source) => ({ path: source.path, lines: source.text.split('\n').length - 1 }))
      .filter(({ path, lines }) => lines > (path.startsWith('tests/') ? 400 : 300));
    expect(long).toEqual([]);
    expect(sources.filter((source) => /\/(utils?|helpers?|common)\.ts$/.test(source.path))).toEqual([]);
  });

  test('nothing imports in a circle', () => {
    const graph = new Map(
      sources.map((source) => [
        source.path,
        source.imports.filter((each) => isLocal(each.to)).map((each) => each.to),
      ]),
    );
    const done = new Set<string>();
    const circles: string[] = [];
    const visit = (path: string, trail: string[]): void => {
      if (trail.includes(path)) {
        circles.push([...trail.slice(trail.indexOf(path)), path].join(' -> '));
        return;
      }
      if (done.has(path)) return;
      for (const next of graph.get(path) ?? []) visit(next, [...trail, path]);
      done.add(path);
    };
    for (const path of graph.keys()) visit(path, []);
    expect(circles).toEqual([]);
  });
});
