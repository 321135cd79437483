/** The time until an approved email leaves, and a look at what became of it once that has passed. */
import { el } from './dom.ts';

const SOON_MS = 60 * 60_000;
const FIRST_LOOK_MS = 1500;
const LOOKS = 20;

/** What was approved on this page, oldest first; `until` is when it leaves, by this machine's clock. */
let approved: { id: number; until: number }[] = [];

/** Remembers an approval for as long as it can be taken back. */
export function rememberApproved(id: number, leavesAt: string, serverNow: string): void {
  forgetApproved(id);
  approved.push({ id, until: Date.now() + Date.parse(leavesAt) - Date.parse(serverNow) });
}

/** Without an id, all of them. */
export function forgetApproved(id?: number): void {
  approved = id === undefined ? [] : approved.filter((each) => each.id !== id);
}

/** The proposal that was approved last and has not left yet; null when there is none. */
export const lastApproved = (): number | null =>
  approved.findLast((each) => each.until > Date.now())?.id ?? null;

/** "0:43", "12:05". */
export const clockText = (milliseconds: number): string => {
  const seconds = Math.max(0, Math.ceil(milliseconds / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
};

/** In the reader's own time: "today at 14:05", "Wed, 25 Nov at 09:00". */
function momentText(instant: Date, now: Date): string {
  const time = instant.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
  if (instant.toDateString() === now.toDateString()) return `today at ${time}`;
  return `${instant.toLocaleDateString([], { weekday: 'short', day: 'numeric', month: 'short' })} at ${time}`;
}

/**
 * Counts down to `leavesAt` by the server's clock (`serverNow` is what it said when this was read). When the time has
 * come it asks `look` now and then until that says the proposal moved on. It ends by itself when it leaves the page.
 */
export function countdown(leavesAt: string, serverNow: string, look: () => Promise<boolean>): HTMLElement {
  const ahead = Date.parse(serverNow) - Date.now();
  const left = () => Date.parse(leavesAt) - (Date.now() + ahead);
  const words = el('span', { attributes: { role: 'timer' } });
  const element = el('p', { class: 'countdown' }, el('i'), words);
  let looks = 0;
  const tick = async (): Promise<void> => {
    const remaining = left();
    if (remaining > 0) {
      words.textContent =
        remaining > SOON_MS
          ? `Leaves ${momentText(new Date(leavesAt), new Date(Date.now() + ahead))}`
          : `Leaves in ${clockText(remaining)}`;
      // far away it need not be counted by the second
      setTimeout(
        () => void (element.isConnected && tick()),
        remaining > SOON_MS ? 60_000 : Math.min(1000, remaining),
      );
      return;
    }
    words.textContent = 'Leaving';
    looks += 1;
    if (looks > LOOKS) {
      words.textContent = 'Its time has come; it leaves as soon as remy start does its next round.';
      return;
    }
    setTimeout(async () => {
      if (!element.isConnected) return;
      if (!(await look().catch(() => false))) void tick();
    }, FIRST_LOOK_MS * Math.min(looks, 5));
  };
  void tick();
  return element;
}
