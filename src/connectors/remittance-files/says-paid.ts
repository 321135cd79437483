/** Who speaks: a payer who says what was paid, or a seller who asks for it. Phrases in English, German, French, Spanish, Dutch. */
import { foldWords } from './clean-text.ts';

const any = (text: string): RegExp => new RegExp(`(?:^| )(?:${text})(?: |$)`, 'gu');

/** The title of an advice. */
const TITLE = any(
  'remittance (?:advice|detail|details|notice|notification|statement|information|info|report|summary|breakdown)|remittance|payment (?:advice|notification|details|breakdown|summary|allocation|specification|list)|advice of payment|ach (?:payment )?(?:advice|notification)|zahlungsavis|zahlungsankundigung|zahlungsmitteilung|zahlungsaufstellung|avis de (?:paiement|virement|reglement)|bordereau de (?:paiement|reglement)|detail (?:du|de|des|de notre|de nos|de votre) (?:paiement|reglement|virement)s?|aviso de (?:pago|transferencia)|notificacion de pago|detalle (?:del|de|de nuestro|de la|de nuestra) (?:pago|transferencia)|unser(?:e|er)? (?:zahlung|uberweisung)|aufstellung (?:der|unserer) (?:zahlung|uberweisung)|(?:overzicht|specificatie) van (?:de|onze) betaling|onze betaling|notre (?:paiement|virement|reglement)|nuestro pago|nuestra transferencia|relacion de pagos|betalingsadvies|betaaladvies|betalingsspecificatie|betaalspecificatie|betalingsoverzicht|lockbox',
);
/** A payer's word of a payment that is made or being made. */
const MADE = any(
  '(?:we|i) (?:have |ve |had |just |today |also |already |hereby ){0,8}(?:paid|sent|wired|transferred|remitted|made|issued|initiated|mailed|deposited|settled|processed|submitted|scheduled|applied)|(?:payment|wire|transfer|ach|check|cheque|remittance)(?: \\p{L}+){0,6} (?:has been|have been|was|were|is being|went|will be (?:credited|deposited)) ?(?:sent|made|issued|initiated|mailed|processed|paid|wired|transferred|out|released|remitted|credited|deposited|submitted)?|(?:this|our|the following|today s|attached) (?:payment|wire|transfer|check|cheque|ach|remittance) (?:\\p{L}+ )?(?:of|covers|is for|pays|includes|for|amount|in the amount)|(?:is|are|was|were|been) (?:being )?paid|paying (?:the following|invoices?|you)|payments? (?:for|of|covers|made|sent|issued|processed|released|remitted)|details of (?:the |our |this )?payment|(?:check|cheque|payment|wire|transfer|ach) (?:\\S+ ){0,6}(?:mailed|sent|issued|paid|wired|released)|(?:and|fully|partially|just|today) paid|paid (?:\\p{L}+ ){0,2}(?:inv|invoices?|bills?)|(?:bezahlt|gezahlt|uberwiesen) (?:wurden?|haben wir)|paid (?:by|via|with|today|as follows|the following)|wir haben (?:\\S+ ){0,20}(?:uberwiesen|bezahlt|gezahlt|angewiesen|beglichen|veranlasst)|(?:haben wir|wurden?|wird|werden|ist|sind)(?: \\S+){0,8} (?:uberwiesen|bezahlt|gezahlt|angewiesen|beglichen|gutgeschrieben|ausgeglichen)|nous (?:avons|venons de) (?:\\p{L}+ ){0,8}(?:regle|paye|vire|effectue|emis|regler|payer|virer)|(?:a|ont) ete (?:regle|payee?|paye|vire|effectue)e?s?|reglement des factures|(?:hemos|he) (?:pagado|transferido|realizado|enviado|efectuado|abonado)|(?:ha|han) sido pagad[ao]s?|pago de las facturas|(?:wij|we) hebben (?:\\S+ ){0,8}(?:betaald|overgemaakt|voldaan)|(?:is|zijn|werd|werden) (?:\\S+ ){0,6}(?:betaald|overgemaakt|voldaan)',
);
/** An order of how to place money that is there. */
const APPLY = any(
  '(?:please |pls |kindly )?(?:apply|allocate|post it|post this|credit it|match (?:it|this|them)|book (?:it|this)|put) (?:\\S+ ){0,8}?(?:to|against|on|towards|for)|bitte (?:\\S+ ){0,10}(?:verbuchen|zuordnen|verrechnen|buchen)|veuillez (?:\\S+ )?(?:imputer|affecter|appliquer)|(?:por favor )?(?:aplicar|apliquen|aplique|imputar|imputen)|graag (?:\\S+ ){0,8}(?:toewijzen|boeken|verwerken)',
);
/** A seller asks, or states what is owed. */
const ASKED = any(
  '(?:please|kindly|pls) (?:\\p{L}+ )?(?:pay|remit|send (?:us )?(?:the )?payment|make (?:the |your )?payments?|settle|transfer|arrange)|could you (?:please )?(?:pay|arrange|settle)|remit (?:to|payments? to)|make (?:checks?|cheques?) payable|amount due|total due|balance due|payment (?:is )?(?:due|terms?)|terms net|due (?:by|on|date|in|upon)|(?:past|over) ?due|still open|outstanding|unpaid|your (?:open |overdue |unpaid )(?:invoices?|bills?)|your (?:account|balance)|invoice (?:is )?attached|(?:our|new) invoices?|unsere rechnung(?:en)?|notre facture|nos factures|nuestras? facturas?|onze factu(?:ur|ren)|attached (?:is )?(?:your|our|the) invoice|new invoice|bill to|ship to|sold to|subtotal|qty|quantity|unit price|reminder|statement of account|account statement|detach|late (?:fee|charge)|bitte (?:\\S+ ){0,8}(?:uberweisen|zahlen|begleichen|bezahlen)|zahlbar|fallig(?:keit)?|offene posten|mahnung|zahlungserinnerung|rechnung im anhang|menge|einzelpreis|merci de (?:regler|payer|proceder)|veuillez (?:regler|payer|proceder|effectuer)|a payer avant|echeance|quantite|prix unitaire|relance|por favor (?:pague|pagar|realice|abone)|vencid[ao]s?|vencimiento|cantidad|precio unitario|recordatorio|gelieve (?:te betalen|\\S+ te betalen|over te maken)|te betalen voor|vervaldatum|openstaande?|aantal|herinnering|aanmaning',
);
/** What is not paid yet, or not at all. */
const NOT_YET = any(
  '(?:will|shall|going to|plan to|intend to|expect to|hope to|would like to|want to) (?:be )?(?:\\p{L}+ )?(?:pay|paid|send|sent|wire|transfer|release|remit|settle|process)|(?:not|never|n t|cannot|can t|unable to|haven t|hasn t|didn t|won t|wasn t) (?:\\p{L}+ ){0,3}(?:paid|pay|sent|send|received|receive|made|processed|release|released|approved)|nicht (?:\\p{L}+ )?(?:bezahlt|gezahlt|uberwiesen|erhalten)|werden (?:wir )?(?:\\S+ ){0,6}(?:zahlen|uberweisen|begleichen)|n avons pas|paierons|reglerons|no hemos|pagaremos|niet (?:\\p{L}+ )?(?:betaald|ontvangen)|zullen (?:\\S+ ){0,6}(?:betalen|overmaken)|zodra|sobald|once|as soon as|rejected|bounced|by mistake|refund',
);

const count = (pattern: RegExp, text: string): number => text.match(pattern)?.length ?? 0;

export type Voice = {
  readonly title: number;
  readonly made: number;
  readonly apply: number;
  readonly asked: number;
  readonly notYet: number;
};

/** Counts the phrases of a text of at most 200,000 characters. */
export function voiceOf(text: string): Voice {
  const folded = foldWords(text.slice(0, 200_000));
  return {
    title: count(TITLE, folded),
    made: count(MADE, folded),
    apply: count(APPLY, folded),
    asked: count(ASKED, folded),
    notYet: count(NOT_YET, folded),
  };
}

/** The payer speaks, and more clearly than a seller does. */
export const isPayer = ({ title, made, apply, asked, notYet }: Voice): boolean =>
  title * 2 + made + apply * 2 > asked + notYet;

/** A seller asks, or nobody paid yet. */
export const isSeller = ({ title, made, apply, asked, notYet }: Voice): boolean =>
  asked + notYet > 0 && title * 2 + made + apply * 2 <= asked + notYet;
