/** Words that say nothing beyond the act of cash they stand in. */
import type { Scanner } from '../text/scanner.ts';
import type { CashAct } from './slots.ts';

const paymentWords =
  'payment payments wire wires ach check checks cheque cheques transfer transfers deposit deposits receipt money cash funds bank card sepa swift direct debit customer invoice received came in got arrived booked it that this them they their its one 1 the of on from for to with by our we us';

const actWords: Readonly<Record<CashAct, string>> = {
  apply: `${paymentWords} match apply applied allocate put post assign book place split distribute move link tie net settle use pay paid pays clear divide against between towards toward onto across over into rest remainder remaining account unapplied left leave leaving keep credit credits half evenly equally each all everything whole lot go goes going belongs covers no not wait actually sorry instead rather already was were is has been credited wrong void cancelled canceled closed disputed take add also too plus replace swap change drop without skip excluding remove exclude except minus make including include alternative option choice suggestion solution proposal other next want number as and then should be only just but both oops my bad mistake meant mean i said`,
  adjust: `${paymentWords} write wrote writing written off write-off writeoff fee fees charge charges discount withheld withholding tax fx exchange rate difference gap rest remainder remaining missing short shortfall amount open small balance accept allow grant book take took treat as count adjust post because due looks like must probably should deducted kept keep taken just is was be so go ahead fine ok let let's close early prompt payment cash rounding a an cost costs currency loss gain percent terms skonto wht tds correspondent intermediary has have and then we'll will`,
  reverse: `${paymentWords} taken chargeback charge-back chargebacks charged back clawed bounced bounce bouncing nsf dishonoured dishonored insufficient returned return sent reversed recalled refunded refund undo reverse revert roll take off out cancel remove delete unwind unapply un-apply unmatch un-match unpost unallocate application applications match matches matching allocation posting applied last latest recent reopen re-open open again put made just was were is has been please mistake wrong up did you i me my all any because due reason code for on with not enough unpaid then and so invoice's`,
  explain: `${paymentWords} chargeback charge-back charged back bounce bounced nsf returned return recalled refunded reversed short-paid underpaid under-paid why how come did does do is are was were has have been not match matched matching matches unmatched apply applied unapplied post posted allocated reconcile reconciled clear short by difference gap shortfall rest remainder missing explain show tell me about look at open what what's happened became where go going up status or fx fee fees charge charges discount withheld withholding tax exchange deduct deducted deduction deductions take took keep kept something they invoice only bill amount should be supposed instead vs versus against but because early prompt currency rate if and then a so paid pay pays sitting still waiting on account first second third fourth fifth number reconciling need details detail`,
  duplicates: `${paymentWords} paid pay pays payed paying twice double duplicate duplicates duplicated dup dupe two 2 times time 2x refund or credit keep is was are any a did does do have has been customer should shall we you i think looks like seems same same time again there what now give back them leave on account if and invoice bill bills invoices`,
  find_payer: `${paymentWords} who whose which what customer is are was it that this be could can might they pays paid paying send sends sent wired wires transferred find identify look up trace search payer sender remitter account iban acct got received there have has no without memo reference ref remittance text description idea unknown know any do us behind just new who's he she belong belongs something strange name named called says saying with using via from`,
  matches: `${paymentWords} undo reverse revert take back off last latest that shall should i auto auto-posted auto-applied auto-matched autoposted autoapplied automatched automatically anything everything what which show list see all posted post applied apply matched match allocated allocate matches applications application made did do does has have had was were been get got by on its your own itself yourself remy bot you it who under below less than sure certain confidence confident fully not percent % without asking us me i my we last latest recent most how much any yesterday's today's so far of the with at were reversed undone people person manually hand`,
  run: `${paymentWords} run start do kick off rerun re-run trigger launch perform execute redo a another new our all today today's auto automatic automatically application applications app posting matching match matches reconcile reconciliation auto-match auto-apply apply allocate post everything every whatever anything sure certain certainly are is you you're youre about unmatched unapplied open what what's which show list would could can should will propose suggest suggestions preview dry simulate left there not been yet still again hasn't haven't isn't aren't how up incoming the rest ones others first second third last now with be matched applied posted reconciled waiting needs need to these those bills invoices statement safe confident clear have has any`,
  returns: '',
  memory:
    'who do you remember remembered learned learnt know memory memorised memorized pays pay paying paid for account accounts payer payers payment payments what have has is in your about names name which customer the of on behalf their them show list',
  on_account:
    'leave keep put hold credit it that this the rest on account as a unapplied their for now them money payment with customer',
};

const ruleWords = `
auto-posted auto-applied auto-matched auto-allocated auto-apply auto-match auto-cash charge-back un-apply un-match
r01 r02 r03 r04 r05 r07 r08 r09 r10 r16 r20 r29 unapply unmatch unpost unallocate chargeback chargebacks clawed nsf dishonoured dishonored insufficient recalled
bounce bouncing reopen wires transfers duplicates duplicated dupe dup withheld withholding wht tds skonto rounding
alternative solution variant allocating reconciled reconciling evenly equally iban acct lockbox remitter originator
sender trace identify autoposted autoapplied automatched preview simulate rerun redo posting postings correspondent
intermediary deduct deducted deduction deductions shortfall whatever confident confidence unwind revert cents cent
refunded credited meant memorised memorized learned learnt swap replace distribute divide onto towards oops
transaction processing handling pence posts pymt rcpt visa mastercard ending reads unnamed
underpaid under-paid short-paid fee fees euro euros charge charges twice double hasn haven half gain loss early prompt kept behalf
`;

/** Words of all acts: they are no names. */
export const cashWords: ReadonlySet<string> = new Set(
  [...Object.values(actWords), ruleWords].flatMap((each) => each.trim().split(/\s+/)),
);

/** Words behind a typing error in a message about cash; none that takes anything back. */
export const cashTargets =
  'apply match matched matches matching unmatched allocate alternative discount withheld duplicate chargeback application applications'.split(
    ' ',
  );

/** Explains the words of the act that no rule took. */
export function takeCashWords(scan: Scanner, act: CashAct): void {
  const words = new Set(actWords[act].split(' '));
  for (const token of scan.tokens)
    if (token.by === null && !token.quoted && (words.has(token.word) || words.has(token.raw.toLowerCase())))
      token.by = 'act';
}
