/** A year of the demo company, day by day: the cadence drafts, people approve, what may leave leaves. */
import { keepBooks } from '../../../demo/books.ts';
import { createRandom, type Random } from '../../../demo/random.ts';
import { roster } from '../../../demo/roster.ts';
import { defaultPolicy } from '../../../src/domain/cadence/default-policy.ts';
import { nextStep } from '../../../src/domain/cadence/next-step.ts';
import { nextSendingTime } from '../../../src/domain/cadence/sending-time.ts';
import { stopsFor } from '../../../src/domain/cadence/stops.ts';
import { addDays, type Day, daysBetween } from '../../../src/domain/calendar.ts';
import type { LetterKind } from '../../../src/domain/chase/policy.ts';
import { Agenda } from './agenda.ts';
import { type Cast, DAY, HOUR, live, react, share } from './customers.ts';
import { type Fault, judge } from './judge.ts';
import { places } from './places.ts';
import { type Account, COMPANY_ZONE, factsAt, openAt, ourDay, type Send, wall } from './world.ts';

const policy = defaultPolicy;
const company = { country: 'US', holidayRegion: null, timezone: COMPANY_ZONE };

export type Year = {
  readonly sends: number;
  readonly asked: number;
  readonly zones: number;
  readonly stopped: ReadonlyMap<string, number>;
  readonly happened: ReadonlyMap<string, number>;
  readonly steps: ReadonlyMap<string, number>;
  readonly faults: ReadonlyMap<Fault, string[]>;
};

/** The roster's customers with the invoices of their books, each in a place of its own. */
function accounts(seed: number, lastDay: Day): Account[] {
  const { invoices } = keepBooks(seed, lastDay);
  return roster.map((customer, index) => {
    const place = places[index % places.length]!;
    const mine = invoices.filter((each) => each.customer === customer);
    return {
      customer: {
        ...{ id: index + 1, code: customer.code, name: customer.name, segment: customer.segment },
        ...{ owner: customer.ownerEmail, language: null, region: null },
        ...{ timezone: place.timezone, country: place.country },
      },
      place,
      // every tenth owes in two currencies
      invoices: mine.map((each, at) => ({
        ...{ id: index * 1_000 + at, number: each.number, issuedOn: each.issuedOn, dueOn: each.dueOn },
        ...{
          currency: index % 10 === 0 && at % 3 === 0 ? 'EUR' : each.currency,
          amountMinor: each.amountMinor,
        },
        ...{ paid: [], disputes: [] },
      })),
      contacts: [0, 1].map((at) => ({
        ...{ id: index * 2 + at, email: `${at === 0 ? 'ap' : 'cfo'}@${customer.slug}.test` },
        ...{ optedOutAt: null, bouncedAt: null },
      })),
      ...{ promises: [], holds: [], sends: [], tasks: [], messagesIn: [], answers: [], loose: [] },
      live: new Map(),
    };
  });
}

type Draft = {
  readonly account: Account;
  readonly currency: string;
  readonly invoices: readonly number[];
  readonly balances: readonly bigint[];
  readonly to: readonly string[];
  readonly letter: LetterKind;
  /** Null: a person asked. */
  readonly stepId: string | null;
  readonly madeAt: number;
};

/** What a live draft itself causes. */
const OWN = new Set(['draft_waiting', 'on_its_way']);

const tally = () => {
  const counts = new Map<string, number>();
  return { counts, count: (what: string) => void counts.set(what, (counts.get(what) ?? 0) + 1) };
};

class Office {
  readonly stopped = tally();
  readonly happened = tally();
  readonly steps = tally();
  readonly faults = new Map<Fault, string[]>();
  readonly zones = new Set<string>();
  readonly agenda = new Agenda();
  readonly random: Random;
  readonly cast: Cast;
  sends = 0;
  asked = 0;
  private drafts = 0;

  constructor(seed: number) {
    this.random = createRandom(seed, 'chase year');
    this.cast = { agenda: this.agenda, random: this.random, count: this.happened.count };
  }

  /** The morning of a day: what the cadence says about each account, and drafts that people ask for. */
  morning(all: readonly Account[], at: number): void {
    for (const account of all)
      for (const currency of new Set(account.invoices.map((each) => each.currency))) {
        this.step(account, currency, at);
        if (share(this.random) < 0.02) this.ask(account, currency, at + share(this.random) * 10 * HOUR);
      }
  }

  private step(account: Account, currency: string, at: number): void {
    const facts = factsAt(account, currency, at);
    const decision = nextStep(facts, policy, ourDay(at), company);
    if (decision.act === 'wait') {
      for (const { kind } of decision.reasons) this.stopped.count(kind);
      return;
    }
    const { step, invoices, to } = decision;
    this.steps.count(step.id);
    if (step.channel === 'email') {
      const emails = to.flatMap((each) => each.email ?? []);
      const ids = invoices.map((each) => each.id);
      this.draft({ account, currency, invoices: ids, to: emails, letter: step.letter, stepId: step.id }, at);
      return;
    }
    const span = { from: at, to: at + this.random.int(2, 12) * DAY };
    account.tasks.push({ on: ourDay(at), stepId: step.id, currency, kind: step.handOverTo ?? 'call', span });
  }

  /** A person picks some of what is overdue, without looking at why it might be wrong. */
  private ask(account: Account, currency: string, at: number): void {
    this.agenda.add(at, () => {
      const facts = factsAt(account, currency, at);
      const overdue = facts.invoices.filter((each) => each.dueOn < ourDay(at));
      const some = overdue.filter(() => share(this.random) < 0.7).map((each) => each.id);
      if (some.length === 0 || account.live.has(currency)) return;
      const to = account.contacts.slice(0, 1).map((each) => each.email);
      const stops = this.stops(
        { account, currency, invoices: some, to, letter: 'overdue', stepId: null },
        at,
      );
      this.happened.count(
        stops > 0 ? 'drafts that were asked for and refused' : 'drafts that were asked for',
      );
      if (stops === 0)
        this.draft({ account, currency, invoices: some, to, letter: 'overdue', stepId: null }, at);
    });
  }

  private stops(of: Omit<Draft, 'balances' | 'madeAt'>, at: number, now?: Date): number {
    const found = stopsFor(factsAt(of.account, of.currency, at), {
      ...{
        today: ourDay(at),
        now,
        policy,
        invoices: of.invoices,
        letter: of.letter,
        asked: of.stepId === null,
      },
    }).filter((each) => !OWN.has(each.kind));
    // a person wrote the address by hand; the sender knows who may be written to
    const barred = of.account.contacts.filter(
      (each) =>
        of.to.includes(each.email) &&
        ((each.optedOutAt !== null && each.optedOutAt <= at) ||
          (each.bouncedAt !== null && each.bouncedAt <= at)),
    );
    for (const { kind } of found) this.stopped.count(`${kind} before sending`);
    return found.length + barred.length;
  }

  private draft(made: Omit<Draft, 'balances' | 'madeAt'>, at: number): void {
    const { account, currency, invoices } = made;
    const balances = invoices.map((id) => openAt(account.invoices.find((each) => each.id === id)!, at));
    const draft: Draft = { ...made, balances, madeAt: at };
    account.live.set(currency, { id: ++this.drafts, state: 'pending' });
    const decided = at + share(this.random) * (share(this.random) < 0.8 ? 20 : 70) * HOUR;
    this.agenda.add(decided, (when) => {
      if (share(this.random) < 0.05 || this.overtaken(draft, when)) return void account.live.delete(currency);
      account.live.set(currency, { id: this.drafts, state: 'approved' });
      this.release(draft, when + policy.approval.sendingDelaySeconds * 1_000);
    });
  }

  /** At the next instant at which it may leave. */
  private release(draft: Draft, from: number): void {
    const { at } = nextSendingTime(new Date(from), draft.account.customer, policy, company);
    this.agenda.add(at.getTime(), (when) => this.leave(draft, when));
  }

  private overtaken(
    { account, invoices, balances, madeAt, ...rest }: Draft,
    at: number,
    now?: Date,
  ): boolean {
    const changed = invoices.some(
      (id, index) => openAt(account.invoices.find((each) => each.id === id)!, at) !== balances[index],
    );
    const replied = account.messagesIn.some((each) => each > madeAt && each <= at);
    if (changed || replied) this.stopped.count(changed ? 'balance before sending' : 'reply before sending');
    return changed || replied || this.stops({ account, invoices, ...rest }, at, now) > 0;
  }

  private leave(draft: Draft, at: number): void {
    const { account, currency, invoices, to, stepId } = draft;
    const due = nextSendingTime(new Date(at), account.customer, policy, company).at.getTime();
    if (due > at) {
      this.release(draft, at);
      return;
    }
    account.live.delete(currency);
    if (this.overtaken(draft, at, new Date(at))) return;
    const send: Send = { at, account, currency, invoices, to, stepId };
    for (const fault of judge(send)) this.note(fault, send);
    account.sends.push(send);
    for (const zone of account.place.mayBeIn) this.zones.add(zone);
    this.sends++;
    if (stepId === null) this.asked++;
    react(this.cast, send);
  }

  private note(fault: Fault, { at, account, stepId, currency }: Send): void {
    const zone = account.place.mayBeIn[0]!;
    const { day, time } = wall(at, zone);
    const where = `${account.customer.name}, ${currency}, ${stepId ?? 'asked'}: ${day} ${time} in ${zone} (${new Date(at).toISOString()})`;
    this.faults.set(fault, [...(this.faults.get(fault) ?? []), where]);
  }
}

/** Both clock changes of the northern and of the southern half are between the days. The same seed gives the same year. */
export function simulateYear(seed: number, from: Day, to: Day): Year {
  const office = new Office(seed);
  const all = accounts(seed, to);
  const days = daysBetween(from, to);
  const start = Date.parse(`${from}T00:00:00Z`);
  for (const account of all) live(office.cast, account, start, days);
  for (let at = 0; at <= days; at++)
    // between 06:00 and 07:00 of the company, whatever its clock
    office.agenda.add(Date.parse(`${addDays(from, at)}T11:00:00Z`), (when) => office.morning(all, when));
  office.agenda.runUntil(start + (days + 1) * DAY);
  const { sends, asked, faults } = office;
  return {
    ...{ sends, asked, faults, zones: office.zones.size },
    ...{ stopped: office.stopped.counts, happened: office.happened.counts, steps: office.steps.counts },
  };
}
