/** What every step of a run looks at. */

import { type PayerEvidence, payerEvidence } from './payer-evidence.ts';
import { type NameFit, nameFit } from './payer-name.ts';
import type { PaymentView } from './payment-view.ts';
import type { PoolIndex } from './pool-index.ts';
import type { RunState } from './run-state.ts';
import type { MatchCustomer, MatchSettings } from './shapes.ts';
import { type Tolerances, tolerancesOf } from './tolerances.ts';

export type RunContext = {
  readonly index: PoolIndex;
  readonly state: RunState;
  readonly settings: MatchSettings;
  readonly tolerances: (currency: string, withholds?: boolean) => Tolerances;
  readonly payer: (view: PaymentView, customer: MatchCustomer) => PayerEvidence;
};

/** Name comparisons kept, since payers come again. */
const MOST_FITS = 200_000;

export function createRunContext(index: PoolIndex, state: RunState, settings: MatchSettings): RunContext {
  const byCurrency = new Map<string, Tolerances>();
  const fits = new Map<string, NameFit>();
  const fit = (names: readonly string[], customer: MatchCustomer): NameFit => {
    const key = `${customer.id} ${names.join('|')}`;
    let known = fits.get(key);
    if (known === undefined) {
      known = nameFit(names, customer);
      if (fits.size >= MOST_FITS) fits.clear();
      fits.set(key, known);
    }
    return known;
  };
  const payerContext = { customers: index.customers, learned: state.learned, fit };
  return {
    index,
    state,
    settings,
    tolerances(currency, withholds = false) {
      const key = `${currency} ${withholds}`;
      let known = byCurrency.get(key);
      if (!known) {
        known = tolerancesOf(currency, settings, withholds);
        byCurrency.set(key, known);
      }
      return known;
    },
    payer: (view, customer) => payerEvidence(view, customer, payerContext),
  };
}
