/** Which transactions make up a batch that was booked as one amount. */

export type PartOf = { readonly minor: bigint; readonly reference: string | null; readonly group: number };

const FEWEST = 2;

/**
 * The one run of neighbours of a group (a notification) that adds up to the batch, as places in `parts`; with several,
 * the one that carries the batch's reference. Null when there is none or it cannot be told which.
 */
export function partsOfBatch(
  batch: { readonly minor: bigint; readonly reference: string | null },
  parts: readonly PartOf[],
): number[] | null {
  const runs: number[][] = [];
  let start = 0;
  let sum = 0n;
  for (let end = 0; end < parts.length; end++) {
    if (parts[end]!.group !== parts[start]!.group) [start, sum] = [end, 0n];
    sum += parts[end]!.minor;
    while (sum > batch.minor) sum -= parts[start++]!.minor;
    if (sum === batch.minor && end - start + 1 >= FEWEST)
      runs.push(Array.from({ length: end - start + 1 }, (_, at) => start + at));
  }
  if (runs.length <= 1) return runs[0] ?? null;
  const named = runs.filter((run) => run.every((at) => parts[at]!.reference === batch.reference));
  return batch.reference !== null && named.length === 1 ? named[0]! : null;
}
