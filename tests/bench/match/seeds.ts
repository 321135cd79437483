/** Which seeds a run may use: 1 to 100 to tune with, 1001 and up to report with, never both in one run. */

/** The first seed of those kept for reporting. */
export const REPORT_FROM = 1001;
const LAST_TUNING = 100;

export type SeedChoice = {
  readonly tuning: boolean;
  readonly seeds: readonly number[];
  readonly text: string;
};

/**
 * Reads `--tune` and `--seeds N` or `--seeds A-B` (N of the kind at hand, or a range).
 * Throws: Error for reporting seeds with `--tune`, and for tuning seeds without it.
 */
export function chooseSeeds(args: readonly string[], usual: number): SeedChoice {
  const tuning = args.includes('--tune');
  const given = args.includes('--seeds') ? (args[args.indexOf('--seeds') + 1] ?? '') : String(usual);
  const range = /^(?:(\d+)-)?(\d+)$/.exec(given);
  if (!range) throw new Error(`"${given}" are no seeds; write --seeds 20 or --seeds 5-12`);
  const first = tuning ? 1 : REPORT_FROM;
  const [from, to] =
    range[1] === undefined ? [first, first + Number(range[2]) - 1] : [Number(range[1]), Number(range[2])];
  if (tuning && (from < 1 || to > LAST_TUNING))
    throw new Error(`with --tune only seeds 1 to ${LAST_TUNING}: the others are kept for reporting`);
  if (!tuning && from < REPORT_FROM) throw new Error(`seeds below ${REPORT_FROM} are for tuning: add --tune`);
  if (to < from) throw new Error(`no seeds in "${given}"`);
  return {
    tuning,
    seeds: Array.from({ length: to - from + 1 }, (_, at) => from + at),
    text: `${tuning ? 'TUNING' : 'reporting'} seeds ${from === to ? from : `${from} to ${to}`}`,
  };
}
