/** A set of exact values that can also be asked whether one of them rounds to a given value. */
import type { Scaled } from './decimal.ts';

export class Pool {
  private readonly values = new Set<Scaled>();
  private sorted: Scaled[] | null = null;

  add(value: Scaled): void {
    this.values.add(value);
    this.sorted = null;
  }

  has(value: Scaled): boolean {
    return this.values.has(value);
  }

  /** True when a value lies within half a step of the given one; a tie rounds either way. */
  hasRounded(value: Scaled, step: Scaled): boolean {
    this.sorted ??= [...this.values].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
    const lowest = value * 2n - step;
    let from = 0;
    let to = this.sorted.length;
    while (from < to) {
      const middle = (from + to) >> 1;
      if (this.sorted[middle]! * 2n < lowest) from = middle + 1;
      else to = middle;
    }
    const found = this.sorted[from];
    return found !== undefined && found * 2n <= value * 2n + step;
  }
}
