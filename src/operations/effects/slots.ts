/** A number of places: whoever finds none free waits for its turn. */
export type Slots = <Value>(work: () => Promise<Value>) => Promise<Value>;

/** At most `count` pieces of work at once, in the order they came. */
export function createSlots(count: number): Slots {
  let free = count;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (free > 0) free--;
    else await new Promise<void>((turn) => waiting.push(turn));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else free++;
    }
  };
}
