/**
 * The cadence a tenant starts with, until it changes it. Amounts of currencies other than dollar, euro and pound are
 * the same limits in their order of magnitude, rounded: a yen limit is 150 times a dollar one. They are no rates.
 */
import type { CadencePolicy, CadenceStep } from '../chase/policy.ts';

/** How many units stand for one dollar in a limit. */
export const magnitude: Readonly<Record<string, number>> = {
  ...Object.fromEntries('USD EUR GBP CHF CAD AUD NZD SGD'.split(' ').map((code) => [code, 1])),
  ...{ JPY: 150, KRW: 1500, INR: 80, CNY: 7, HKD: 8, TWD: 30, THB: 35, MYR: 4, PHP: 55, IDR: 15_000 },
  ...{ MXN: 20, BRL: 5, ARS: 1000, CLP: 900, COP: 4000, PEN: 4 },
  ...{
    SEK: 10,
    NOK: 10,
    DKK: 7,
    PLN: 4,
    CZK: 25,
    HUF: 350,
    RON: 5,
    TRY: 40,
    ILS: 4,
    ZAR: 18,
    AED: 4,
    SAR: 4,
  },
};

const inEveryCurrency = (dollars: number): Record<string, string> =>
  Object.fromEntries(Object.entries(magnitude).map(([code, units]) => [code, String(dollars * units)]));

const step = (
  id: string,
  day: number,
  rest: Pick<CadenceStep, 'letter' | 'tone'> & Partial<CadenceStep>,
): CadenceStep => ({ id, day, channel: 'email', cc: [], handOverTo: null, vetoHours: 0, ...rest });

const call = (id: string, day: number): CadenceStep =>
  step(id, day, { channel: 'call', letter: 'overdue', tone: 'firm' });

/** Sales can stop a hand-over to legal within the veto window; others see it at once. */
const handOver = (id: string, day: number, to: 'owner' | 'sales' | 'legal', vetoHours = 0): CadenceStep =>
  step(id, day, { channel: 'hand_over', letter: 'overdue', tone: 'urgent', handOverTo: to, vetoHours });

const standard: CadenceStep[] = [
  step('first', 3, { letter: 'overdue', tone: 'friendly' }),
  step('second', 10, { letter: 'overdue', tone: 'neutral' }),
  step('third', 20, { letter: 'overdue', tone: 'firm', cc: ['owner'] }),
  call('call', 35),
  step('final', 50, { letter: 'final_notice', tone: 'urgent', cc: ['owner'] }),
  handOver('to-sales', 65, 'sales'),
  handOver('to-legal', 85, 'legal', 72),
];

/** Large accounts: a word before the invoice is due, more time, and sales before the final notice. */
const enterprise: CadenceStep[] = [
  step('before-due', -5, { letter: 'reminder', tone: 'friendly' }),
  step('first', 5, { letter: 'overdue', tone: 'friendly' }),
  step('second', 12, { letter: 'overdue', tone: 'neutral' }),
  step('third', 25, { letter: 'overdue', tone: 'firm', cc: ['owner'] }),
  call('call', 40),
  handOver('to-sales', 50, 'sales'),
  step('final', 65, { letter: 'final_notice', tone: 'urgent', cc: ['owner'] }),
  handOver('to-legal', 95, 'legal', 120),
];

/** Small accounts: fewer and quicker steps, and their owner instead of a call by the receivables team. */
const small: CadenceStep[] = [
  step('first', 3, { letter: 'overdue', tone: 'friendly' }),
  step('second', 10, { letter: 'overdue', tone: 'neutral' }),
  step('third', 20, { letter: 'overdue', tone: 'firm' }),
  step('final', 35, { letter: 'final_notice', tone: 'urgent' }),
  handOver('to-owner', 50, 'owner'),
  handOver('to-legal', 80, 'legal', 72),
];

const spanish = 'ES MX AR BO CL CO CR CU DO EC GT HN NI PA PE PR PY SV UY VE';

export const defaultPolicy: CadencePolicy = {
  segments: { default: standard, enterprise, smb: small },
  minGapDays: 5,
  weeklyCap: 2,
  workingDays: [1, 2, 3, 4, 5],
  /**
   * Ten hours, because Los Angeles and Berlin are nine apart: only so is there an hour a day (17:00 to 18:00 in Berlin
   * while it is 08:00 in Los Angeles) in which a customer whose place nobody knows is written to within hours wherever
   * between the two it is. With 09:00 to 17:00 there would be none. 08:00 is also where US debt rules begin the day.
   */
  contactHours: { from: '08:00', to: '18:00' },
  unknownZones: ['America/Los_Angeles', 'Europe/Berlin'],
  minimumBalance: inEveryCurrency(25),
  justPaidDays: 3,
  languageByCountry: {
    ...{ DE: 'de', AT: 'de', CH: 'de', LI: 'de', FR: 'fr', LU: 'fr', MC: 'fr' },
    ...Object.fromEntries(spanish.split(' ').map((country) => [country, 'es' as const])),
  },
  escalateAfterUnanswered: 5,
  approval: {
    limits: { collector: inEveryCurrency(5_000), approver: inEveryCurrency(50_000) },
    secondPersonFrom: inEveryCurrency(20_000),
    expiresAfterHours: 72,
    sendingDelaySeconds: 60,
  },
  digestAt: '08:00',
};
