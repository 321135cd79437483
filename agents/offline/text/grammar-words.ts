/**
 * Every word that stands in a rule of the grammar; a word that is not among them, and is no everyday English, may be
 * a customer's name. A test holds the list against the rules.
 */
export const grammarWords: ReadonlySet<string> = new Set(
  `
about above account accounting accounts across act active activity actual actually add addition
address adds adjust advice ae africa after afternoon again against age aged aging ago agreed ahead
all allocate allowance alone alphabet alphabetical alphabetically already alright also altogether
always am amend amer america american americas among amount an analysis and ang another answer any
anybody anyone anything anytime ap apac apart application applied apply appreciated approve
approving april ar are area around arrears arrive arrived arriving ars as asap asc ascending ase
asia asian aside ask asking asks asof assign assigned at ate audit auditor auditors august authori
authorie authorise authorize auto available average awesome back backed background bad baddest
badly balance bam band bank bare baree barek barey based basic basically be became become becomes
becoming been before beginning begins behavio behaviou behind being belong belonging below best
better between beyond bhe big bigger biggest bill bille billed billing bit blast block blown bn
board bob book booked booking books boss bot both bpast bpdso branch breached break breakdown brief
briefing bring british broke broken brought bshe bthat bthey bthis btw bucket bucks but by bye
calculate calculation calendar call came can cancel canceled cancell cancelled card case cash
cashed catch category cei ceo cfo chance change changed changing channel charge chase chased
chasing check checking child children choice chronic city class classic clear clerk close closed
code codes colleague collect collecte collected collection collections collector combined come
comes coming command commands committee company compare compared complete compose concentrat
concentrated concentration concerning consolidated contact contacting contacts controller
conversion convert converted converting cool cop copies copy corporate correct could count country
couple cover covered covers create created credit credits csv cup curiosity curious currency
current currently customer customers dark data dataset date dated dates daughter day days deal
dealing debt debtor debtors debts december deck decrease decreased default defaulted define defined
delay delete deleting delinq delinquent delivered demo denominated department deposit deposits
derive derived desc descending detail details determine determined develop developed did different
digits director discipline discount dispute disputed disputes distinct do does doing dollar dollars
domain done down download draft drill droppe dropped dso due dues dun dunning during each earl
earlier earliest early east ed edit effectiveness efficiency either else email emails emea end
enter entire entities entity equivalent equivalents er erase erp es escalate eur euro europe
european euros evening event events ever every everybody everyone everything exactly example
examples exceed exceeding exceeds excel excluded excluding exec executive exhaustion expect
expected expecting expense expenses explain export exposure extend failed fall fallen falling falls
family far fast fastest february fee fees fell few fewer field fifth figure figured figures file
filed fill filler filter filters final finance fire firm first fix flag flagging floating flow
focus folks follow followed following for forecast forgive formula four fourth fraction fresh
freshness friday friendly from fulfilled full fully fund funds furthest future fx fyi gbp gel
general generally get gets getting gip give given go goes going gone gonna good goodbye got gotten
grand great greater greeting greetings gross group groupe grouped grow grown guy guys habit habits
habitual habitually had haha half handle handled handles handling happen happened happening has
have having he head heading hear heard held hello help her here hey hi hide high higher him his
historically history hit hiya hmm hold holding holds hono honou hook hour hours how howdy hr hroni
hronie hronise hronised hronize hronized hrs hurry idea ideal ies iest if ignor ignore ignored
ignoring ility ime import imported in incl includ include included including incoming increase
increased index individual industry info information ing instead interest into inv invoice invoiced
invoices ion is issue issued it item items its itself january job join jpy july june just keep
keeps kept key kind kindly kinds know lacking lady lak landed lapsed large larger largest last lat
latam late lately lateness later latest le lead leadership least leave leaving ledger left less let
letter letters level lift like likelihood likely limit line list live lmk load loaded location log
logged lol long longer longest look looked looking looks lot low lower mad made mail main major
make makes manage managed management manager manages many map march margin mark market marking
match matching mate math maths matur mature matures maturing max maximum may me mean meant measure
measured median meeting member memo memos ment menu merge message met method methodology metric
middle million min mind mine minimum mins minus minute minutes mio missed missing mm mn modify
moment monday money month monthly months mop morale more morning most mother move moved mtg much
must my na nam name names narrow nd near nearest need needs net never new newest newly news next
nice nits no non normally north not note notes notice notices november now nr nudge number numbers
october odds of off offender offenders offer office offs often oh ok okay old older oldest on once
one ones only open opened option options or order ordered ordering ords other others our ours out
outdated outstanding over overall overdue overview owe owing own owned owner owners owns pacific
pack pad page paid pair parent parked part partially partly past patch pattern patterns pause pay
payable payables payer payers paying payment payments pays pen penalt penalties penalty pending
people per percent perfect performance period person phone pick picture ping place placed places
plain play please plus pm po point polite portfolio portion possible post pound pounds pper predict
prepare preparing prepping present presentation previous primary prior prioriti prioritie
prioritise prioritize probab probability probable product profile profit project projected
projection promise promised promises prompt promptest promptly pronoun proportion provision pull
pulled punctual punctually purchase purge put qbr quarter question questions quick quickest quickly
quid quiet quite ra raise raised ran rank ranked ranking rate rates rather rating rd rder re reach
reache reached real really reason reasons reassign recap receipt receivable receivables receive
received recent recently recommend reconcile record recording records red reduce ref reference
refresh refreshed refund regarding region regions register reject relationship relative release
releasing reliabl reliable reliably remind reminder reminders remittance remove remy rename renewal
rep replied reply report represent resend reserve resolved responsible rest restate restated
restrict result retracted revenue reverse reversing review revoked right risk riskiest risky rolled
rolling roup row rows run rundown running runs rush said sale sales salesman salesperson same
saturday save say scan schedule scoop score sec second see segment send sending sent september
serial seriously set settle settled shall share she shoot short should show si side sign silent
simple simply since single sit sitrep sits sitting situation size sized sku slice sliced slipped
slipping sll slots slow slowest slowly small smaller smallest snapshot so some somebody someone
something sometime soon sorry sort sorted sorting sos source span speak speed split src st stale
stand standard standing stands standup start started starting starts state statement statements
status std sterling still stood stop store story structure stuck stuff sub subsidiary subtotal
subtotals sugges suggest suggestio suggestion suggestions suggests sum summar summari summarie
summaried summarise summarised summarize summarized summary summed sunday super superlative
supplier sure suspend switch sync synced synchronised synchronized system table tag take taken
takes talk tart task team tell tend term terms text th than thanks that the their theirs them then
theoretical there these they thing things third this those thousand three through thursday tied
till time timeline timer timers times to today together toggle tokens tomorrow too took top total
totaled totall totalled totally totals touch track trade trail trailing transfer translat translate
translated tree trend trending trendline trends trial tring true try ts tuesday turn turned twice
type types typical typically uh um unapplied unassigned unblock unconverted under underlying undo
unidentified unresponsive unsupported until unused up upcoming updat update updated updates upload
upwards urgent urgently us usa usd use used user using usual usually value vendor verb very view
viewer void voided vp wait waiting waive walk walking want wants ward wards was way we wednesday
week weekdays weekly well went were what whats when where whether which who whole whom whose why
wide will window wipe with withdrawn within without wonder wondering word words work worked working
worklist works worse worst worth would write writeoff writing written wrt yeah year yen yep yes
yesterday yet yo you younger your zero
comes must write wrote said tell something settled exposed breaking breaks break keeps keep honor meet behaviour behavior collections collection owns new old growing shrinking rising falling increasing decreasing improving trending moving regularly showing stuck hanging unresolved pending redeemed allocated besides looking doing going nobody reminder reminders dunning statement statements soa
`
    .trim()
    .split(/\s+/),
);
