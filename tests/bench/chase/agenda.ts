/** What will happen when, in order of time; equal instants in the order they were put in. */
export class Agenda {
  private readonly heap: { at: number; turn: number; act: (at: number) => void }[] = [];
  private turn = 0;

  add(at: number, act: (at: number) => void): void {
    const { heap } = this;
    heap.push({ at, turn: this.turn++, act });
    for (let child = heap.length - 1; child > 0; ) {
      const parent = (child - 1) >> 1;
      if (!this.before(child, parent)) break;
      this.swap(child, parent);
      child = parent;
    }
  }

  /** Does everything before `end`, including what is added on the way. */
  runUntil(end: number): void {
    while (this.heap.length > 0 && this.heap[0]!.at < end) {
      const { at, act } = this.take();
      act(at);
    }
  }

  private take() {
    const { heap } = this;
    const first = heap[0]!;
    const last = heap.pop()!;
    if (heap.length === 0) return first;
    heap[0] = last;
    for (let parent = 0; ; ) {
      const [left, right] = [parent * 2 + 1, parent * 2 + 2];
      let next = parent;
      if (left < heap.length && this.before(left, next)) next = left;
      if (right < heap.length && this.before(right, next)) next = right;
      if (next === parent) return first;
      this.swap(parent, next);
      parent = next;
    }
  }

  private before(a: number, b: number): boolean {
    const [x, y] = [this.heap[a]!, this.heap[b]!];
    return x.at < y.at || (x.at === y.at && x.turn < y.turn);
  }

  private swap(a: number, b: number): void {
    const { heap } = this;
    [heap[a], heap[b]] = [heap[b]!, heap[a]!];
  }
}
