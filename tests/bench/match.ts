/**
 * Cash application against what was really meant. Bars: payments wholly right 97 % (public set, one fault each) and
 * 88 % (several faults); 85 % can be applied without asking at 99.5 % precision; at most 0.1 % wrongly applied;
 * 10,000 payments against 100,000 open invoices in under 10 s, ten times the invoices at most twice the time.
 * `npm run bench -- match [public|faults|hard|learn|speed] [--tune] [--seeds N|A-B]`, with mistakes shown where they
 * may be looked at: in given data and in tuning seeds.
 * `... -- match product|csv [public|faults|hard] [folder]`: the command line over a set, or only the set's files.
 */
import { join, resolve } from 'node:path';
import { defaultMatchSettings } from '../../src/domain/matching/default-settings.ts';
import { matchPayments } from '../../src/domain/matching/match.ts';
import type { MatchResult } from '../../src/domain/matching/shapes.ts';
import { faultySet } from './match/faulty-set.ts';
import { hardSet } from './match/hard-set.ts';
import { judge, type Outcome } from './match/judge.ts';
import { printLearning } from './match/learning.ts';
import { measureProduct } from './match/product.ts';
import { type PublicData, readPublicData } from './match/public-files.ts';
import { type PublicNumbering, publicSet } from './match/public-set.ts';
import {
  printAdjustments,
  printKinds,
  printMeasures,
  printMistakes,
  printReliability,
} from './match/report.ts';
import { chooseSeeds, type SeedChoice } from './match/seeds.ts';
import { simpleRule } from './match/simple-rule.ts';
import { measureSpeed } from './match/speed.ts';
import { writeSet } from './match/to-csv.ts';
import type { MatchSet } from './match/truth.ts';

const NUMBERINGS: readonly PublicNumbering[] = ['assignment', 'billing', 'assignment only', 'billing only'];
const HARD_SEEDS = 40;
const FAULT_SEEDS = 5;

const matched = (set: MatchSet): MatchResult[] =>
  matchPayments(set.payments, set.pool, { ...defaultMatchSettings, ...set.settings });

/** Everything about one title: the measures of ours and of the simple rule, and of ours all the rest. */
function report(title: string, sets: readonly MatchSet[], withExamples: boolean): void {
  const judged = sets.map((set) => ({ set, outcomes: judge(set, matched(set)) }));
  const ours: Outcome[] = judged.flatMap((each) => each.outcomes);
  const simple = sets.flatMap((set) => judge(set, simpleRule(set.payments, set.pool)));
  printMeasures(title, [
    { name: 'remy', outcomes: ours },
    { name: 'simple rule', outcomes: simple },
  ]);
  printKinds(ours);
  printReliability(ours);
  printAdjustments(ours);
  printMistakes(judged, withExamples);
}

function reportPublic(data: PublicData): void {
  for (const numbering of NUMBERINGS) {
    const set = publicSet(data, numbering);
    // given data has no seeds to keep apart, so its mistakes may be looked at
    report(set.name, [set], true);
  }
}

function reportFaults(data: PublicData, { seeds, text, tuning }: SeedChoice): void {
  for (const numbering of NUMBERINGS.slice(0, 2)) {
    const sets = seeds.map((seed) => faultySet(data, numbering, seed));
    report(`${sets[0]!.name}, ${text}`, sets, tuning);
  }
}

function reportHard({ seeds, text, tuning }: SeedChoice): void {
  report(
    `hard set, ${text}`,
    seeds.map((seed) => hardSet(seed)),
    tuning,
  );
}

const withPublicData = (act: (data: PublicData) => void): void => {
  const data = readPublicData();
  if (data) act(data);
  else process.stdout.write('\nThe public set is not beside the project (../shared/data): left out.\n');
};

/** The sets for the whole product: one a seed, with nothing in them that ledger files cannot say. */
function productSets(kind: string, { seeds }: SeedChoice): MatchSet[] {
  if (kind === 'hard') return seeds.map((seed) => hardSet(seed, { fresh: true }));
  const sets: MatchSet[] = [];
  withPublicData((data) => {
    if (kind === 'faults') sets.push(...seeds.map((seed) => faultySet(data, 'assignment', seed)));
    else sets.push(publicSet(data, 'assignment'));
  });
  return sets;
}

function productOrFiles(name: string, args: readonly string[]): void {
  const [kind = 'hard', folder = 'match-sets'] = args.filter((each) => !/^(?:--|\d)/.test(each));
  const choice = chooseSeeds(args, 1);
  for (const set of productSets(kind, choice)) {
    if (name === 'product') {
      measureProduct(set, choice.tuning || kind === 'public');
      continue;
    }
    const path = join(
      resolve(folder),
      set.name.replace(/[^a-z0-9]+/gi, '-') + (kind === 'faults' ? `-${set.seeds}` : ''),
    );
    writeSet(set, path);
    process.stdout.write(`${path}: ${set.payments.length} payments, ${set.pool.invoices.length} invoices\n`);
  }
}

export async function run(args: string[]): Promise<void> {
  const [first] = args;
  const name = first === undefined || first.startsWith('--') ? 'all' : first;
  const wants = (part: string) => name === 'all' || name === part;
  const choose = (usual: number) => chooseSeeds(args, usual);
  if (wants('public')) withPublicData(reportPublic);
  if (wants('faults')) withPublicData((data) => reportFaults(data, choose(FAULT_SEEDS)));
  if (wants('hard')) reportHard(choose(HARD_SEEDS));
  if (wants('learn')) printLearning(choose(HARD_SEEDS), readPublicData());
  if (wants('speed')) measureSpeed();
  if (name === 'product' || name === 'csv') productOrFiles(name, args.slice(1));
}
