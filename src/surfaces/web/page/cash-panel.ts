/** One payment on the desk: what it is, where it may go, and its money put on invoices by hand. */
import type { PaymentDeskOutput } from '../../../domain/cash/answers.ts';
import type { Placing } from '../../../domain/cash/applications.ts';
import type { ShownCard } from './api.ts';
import { cardView } from './card-view.ts';
import { type ActsHost, actButton, createActs } from './cash-acts.ts';
import { explain, readDesk } from './cash-api.ts';
import { customerChoice } from './cash-customer.ts';
import { createGap } from './cash-gap.ts';
import { acceptInvoices, invoiceTable } from './cash-invoices.ts';
import { paymentView, waysView } from './cash-payment.ts';
import { readProposal } from './chase-api.ts';
import { el, failure } from './dom.ts';
import { draftOf, emptyDraft, type PlacingDraft, problemsOf, restOf, restText } from './placing-draft.ts';
import { lastThread, openThread } from './routes.ts';

const say = (): void => openThread(lastThread());

/** Keeps the focus on the control of the same name while the part around it is drawn anew. */
function keepingFocus(place: HTMLElement, drawAnew: () => void): void {
  const active = document.activeElement;
  const key = active instanceof HTMLElement && place.contains(active) ? active.dataset.key : undefined;
  drawAnew();
  if (key)
    place.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`)?.focus({ preventScroll: true });
}

/** Picked invoices stand first when something is laid out; ticking then moves nothing. */
const inOrder = (desk: PaymentDeskOutput, draft: PlacingDraft): PaymentDeskOutput => {
  const picked = new Set(draft.lines.map((line) => line.invoice));
  const first = desk.openInvoices.filter((each) => picked.has(each.invoice));
  const rest = desk.openInvoices.filter((each) => !picked.has(each.invoice));
  return { ...desk, openInvoices: [...first, ...rest] };
};

class CashPanel {
  readonly element: HTMLElement;
  readonly below = el('div', { class: 'cash-below' });
  private readonly settled: () => void;
  private readonly top: HTMLElement;
  private readonly above = el('div', { attributes: { role: 'status' } });
  private readonly ways = el('div');
  private readonly customer = el('div');
  private readonly table = el('div', { class: 'cash-table' });
  private readonly rest = el('p', { class: 'cash-rest', attributes: { role: 'status' } });
  private readonly problems = el('ul', { class: 'problems' });
  private readonly gap = createGap(() => this.redraw());
  private readonly acts: ReturnType<typeof createActs>;
  private readonly host: ActsHost;
  private desk: PaymentDeskOutput;
  private draft: PlacingDraft;
  private laidOut: Placing | null;

  constructor(first: PaymentDeskOutput, settled: () => void) {
    const { payment, placing, decision } = first.matched;
    this.settled = settled;
    this.laidOut = decision !== 'none' && placing.applications.length > 0 ? placing : null;
    this.draft = this.laidOut
      ? draftOf(this.laidOut, first)
      : emptyDraft(payment.currency, payment.unapplied);
    this.desk = inOrder(first, this.draft);
    this.top = paymentView(payment);
    this.element = el('article', { class: 'cash-panel' });
    this.host = {
      element: this.element,
      below: this.below,
      desk: () => this.desk,
      draft: () => this.draft,
      showBelow: (card, message) => this.showBelow(card, message),
      lock: () => this.lock(),
      settled,
    };
    this.acts = createActs(this.host);
    this.element.append(
      ...[this.top, this.above, this.ways, this.customer, this.table, this.gap.element, this.problems],
      el('div', { class: 'cash-foot' }, this.rest, this.acts.element),
      this.below,
    );
    for (const place of [this.top, this.rest])
      acceptInvoices(
        place,
        () => this.desk.openInvoices,
        () => this.draft,
        () => this.redraw(),
      );
    this.begin();
  }

  private begin(): void {
    const { payment, proposalId } = this.desk.matched;
    if (proposalId !== null) this.showWaiting(proposalId);
    if (/[1-9]/.test(payment.unapplied)) {
      this.redraw();
      return;
    }
    this.lock();
    this.above.replaceChildren(
      el(
        'p',
        { class: 'cash-waits' },
        'Nothing of it waits: it is placed, or it was set aside or sent back.',
      ),
    );
    void explain(payment.id).then(
      (card) => this.showBelow(card),
      (error: unknown) => this.below.replaceChildren(failure((error as Error).message)),
    );
  }

  private showWaiting(proposalId: number): void {
    this.above.replaceChildren(
      el(
        'p',
        { class: 'cash-waits' },
        `Proposal ${proposalId} waits for a decision. What you place here takes its place. `,
        actButton(this.host, `Open proposal ${proposalId}`, 'quiet', async () =>
          this.showBelow(await readProposal(proposalId)),
        ),
      ),
    );
  }

  private showBelow(card: ShownCard, message?: string): void {
    this.below.replaceChildren(
      ...(message ? [el('p', { class: 'outcome', attributes: { role: 'status' } }, message)] : []),
      cardView(card, say, 'card', () => this.settled()),
    );
    this.below.scrollIntoView({ block: 'nearest' });
  }

  /** Leaves what it was and what came of it. */
  private lock(): void {
    for (const each of [this.above, this.ways, this.customer, this.table, this.gap.element, this.problems])
      each.hidden = true;
    this.rest.parentElement!.hidden = true;
  }

  /** After amounts were typed: sums and what can be done with them. */
  private follow(): void {
    const rest = restOf(this.draft);
    this.rest.textContent = restText(this.draft);
    this.rest.dataset.state = rest < 0n ? 'over' : rest === 0n ? 'placed' : 'left';
    this.problems.replaceChildren(...problemsOf(this.draft).map((text) => el('li', {}, text)));
    this.acts.follow();
    this.gap.show(this.desk.matched.payment.id, this.draft);
  }

  private redraw(): void {
    this.ways.replaceChildren(waysView(this.desk, this.laidOut, (placing) => this.take(placing)));
    this.customer.replaceChildren(customerChoice(this.desk.customer, (id) => void this.layOut(id)));
    keepingFocus(this.element, () => {
      const scrolled = this.table.querySelector('.scroll')?.scrollTop ?? 0;
      this.table.replaceChildren(
        invoiceTable(this.draft, this.desk, { picked: () => this.redraw(), typed: () => this.follow() }),
      );
      const box = this.table.querySelector('.scroll');
      if (box) box.scrollTop = scrolled;
      this.follow();
    });
  }

  /** Lays out one of the ways of matching, or nothing. */
  private take(placing: Placing | null): void {
    const { payment } = this.desk.matched;
    this.laidOut = placing;
    this.draft = placing ? draftOf(placing, this.desk) : emptyDraft(payment.currency, payment.unapplied);
    this.desk = inOrder(this.desk, this.draft);
    this.redraw();
  }

  /** Lays out the invoices of this customer; what is picked stays picked. */
  private async layOut(customerId: number): Promise<void> {
    try {
      const { customer, openInvoices, credits } = await readDesk(this.desk.matched.payment.id, customerId);
      this.desk = inOrder({ ...this.desk, customer, openInvoices, credits }, this.draft);
      this.redraw();
    } catch (error) {
      this.below.replaceChildren(failure((error as Error).message, () => void this.layOut(customerId)));
    }
  }
}

/** `settled`: something was placed, proposed or set aside, so lists are read again. */
export const createPanel = (desk: PaymentDeskOutput, settled: () => void): HTMLElement =>
  new CashPanel(desk, settled).element;
