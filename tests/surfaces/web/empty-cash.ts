/** A cash page with nothing on it: for tests of the other pages. */
import { NotFoundError } from '../../../src/domain/errors.ts';
import type { WebCash } from '../../../src/surfaces/web/cash-deps.ts';

const none = () => Promise.reject(new NotFoundError('There is no such payment here.'));

export const emptyCash = (): WebCash => ({
  list: async () => ({ total: 0, totals: [], payments: [] }),
  matches: async () => ({ total: 0, matches: [] }),
  payers: async () => ({ total: 0, payers: [] }),
  desk: none,
  explain: none,
  propose: none,
  choose: none,
  setAside: none,
  undoSetAside: none,
  reverse: none,
  forgetPayer: none,
  match: none,
  bank: none,
});
