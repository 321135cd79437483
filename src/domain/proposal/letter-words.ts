/**
 * Words that state a figure, a day, a bank detail or a threat, by the language of the letter. Prose that holds one is
 * not used: figures are put in by code, and nothing is threatened that the company does not do.
 */
import type { Language } from '../chase/policy.ts';

const whole = (pattern: string): RegExp =>
  new RegExp(`(?<![\\p{L}\\p{M}])(?:${pattern})(?![\\p{L}\\p{M}])`, 'iu');
const anyOf = (text: string): string => text.trim().split(/\s+/).join('|');

const NUMBERS: Record<Language, string> = {
  en: `${anyOf(`two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
    eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundreds? thousands? millions? dozens?`)}|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)-\\p{L}+`,
  de: `${anyOf(`zwei drei vier fünf sechs sieben neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn
    achtzehn neunzehn zwanzig dreißig dreissig vierzig fünfzig sechzig siebzig achtzig neunzig hundert tausend million
    millionen dutzend`)}|\\p{L}+(?:tausend|hundert|undzwanzig|unddreißig|undvierzig|undfünfzig|undsechzig)\\p{L}*|acht(?=\\s+(?:tag|woche|prozent|euro|stunde|rechnung)\\p{L}*)`,
  fr: anyOf(`deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize vingt trente quarante
    cinquante soixante quatre-vingts? cents? mille millions? douzaines? quinzaine`),
  es: `${anyOf(`dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis veinte treinta
    cuarenta cincuenta sesenta setenta ochenta noventa cien ciento mil millón millones docenas?`)}|\\p{L}*cientos|veinti\\p{L}+`,
};

const DAYS: Record<Language, string> = {
  en: `${anyOf(`tomorrow monday tuesday wednesday thursday friday saturday sunday january february april june july
    september october november december`)}|next (?:week|month)|end of (?:the )?(?:week|month)`,
  de: `${anyOf(`übermorgen montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag januar februar märz
    april mai juni juli august september oktober november dezember`)}|nächste\\p{L}? (?:woche|monat)|(?:ende der woche|monatsende|wochenende)`,
  fr: `${anyOf(`demain après-demain lundi mardi mercredi jeudi vendredi samedi dimanche janvier février mars avril mai
    juin juillet août septembre octobre novembre décembre`)}|(?:semaine|mois) prochaine?|fin (?:de la semaine|du mois)`,
  es: `${anyOf(`lunes martes miércoles jueves viernes sábado domingo enero febrero marzo abril mayo junio julio agosto
    septiembre octubre noviembre diciembre`)}|mañana mismo|(?:próxim[oa]) (?:semana|mes)|fin de (?:semana|mes)`,
};

/** "within a week", "in einem Monat"; not "a day", since "have a nice day" is none. */
const SPANS: Record<Language, string> = {
  en: '(?:an?|one) (?:week|month|hour|percent|dollar|euro|pound)|one day|percent|dollars?|euros?|pounds sterling|yen',
  de: 'ein(?:e[mnrs]?)? (?:woche|monat|stunde|prozent|euro)|einem tag|prozent|dollar|euro',
  fr: 'une? (?:semaine|mois|heure|jour)|pour cent|pourcents?|dollars?|euros?',
  es: 'una? (?:semana|mes|hora)|un día|por ciento|dólar(?:es)?|euros?',
};

/** Figures, days and money in words. */
export const figureWords = (language: Language): readonly RegExp[] => [
  whole(NUMBERS[language]),
  whole(DAYS[language]),
  whole(SPANS[language]),
  ...(language === 'en' ? [/(?<=\p{Ll}[ ,]+)(?:March|May|August)\b/u] : []),
  /[€$£¥₹%‰]/u,
];

export const bankWords: readonly RegExp[] = [
  whole(
    'iban|bic|swift|sort code|routing number|account (?:number|no)|kontonummer|bankleitzahl|blz|rib|code banque|numéro de compte|número de cuenta|clabe|new bank|bank (?:account|details) (?:has|have) changed|neue bankverbindung|nouvelles? coordonnées bancaires|nuevos datos bancarios|bitcoin|paypal|western union|gift cards?',
  ),
];

const THREATS: Record<Language, string> = {
  en: 'lawyers?|attorneys?|solicitors?|courts?|legal (?:action|steps|proceedings|consequences)|lawsuit|sue|debt collect(?:or|ors|ion)|collection agenc(?:y|ies)|credit (?:report|bureau|rating)|late fees?|interest|penalt(?:y|ies)|blacklist\\p{L}*|insolven\\p{L}*',
  de: '(?:rechts)?anw[aä]lt\\p{L}*|gericht|gerichts\\p{L}*|gerichtlich\\p{L}*|rechtliche\\p{L}* schritte\\p{L}*|klage|verklagen|inkasso\\p{L}*|mahnbescheid\\p{L}*|mahnverfahren|mahngebühr\\p{L}*|verzugszins\\p{L}*|zinsen|schufa\\p{L}*|insolvenz\\p{L}*|zwangsvollstreckung',
  fr: 'avocats?|tribuna(?:l|ux)|huissiers?|poursuites?|justice|mise en demeure|recouvrement|intérêts|pénalités?|contentieux|saisie',
  es: 'abogad[oa]s?|tribunal(?:es)?|juzgados?|acciones (?:legales|judiciales)|vía judicial|demandar(?:emos)?|embargos?|intereses|recargos?|morosos?|cobro judicial|burofax',
};

/** Consequences that no letter of ours announces. */
/** In every language: a hand may write in another one than the letter's. "Court" alone is French for short. */
export const threatWords = (language: Language): readonly RegExp[] =>
  (Object.keys(THREATS) as Language[]).map((each) =>
    whole(each === 'en' && language === 'fr' ? THREATS.en.replace('|courts?', '') : THREATS[each]),
  );
