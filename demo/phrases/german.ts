import type { Phrases } from './letter.ts';

const written = (day: string): string => `${day.slice(8)}.${day.slice(5, 7)}.${day.slice(0, 4)}`;

const promiseQuote: Phrases['promiseQuote'] = ({ invoices, day }) =>
  `Wir überweisen die Rechnung ${invoices} am ${written(day)}.`;

export const german: Phrases = {
  promiseQuote,
  wrote: (day, who) => `Am ${written(day)} schrieb ${who}:`,
  reminder: ({ invoices, amount }) => ({
    subject: `Zahlungserinnerung: ${invoices}`,
    body: `Guten Tag,\n\ndie Rechnung ${invoices} über ${amount} ist überfällig. Wann dürfen wir mit der Zahlung rechnen?\n\nMit freundlichen Grüßen\nDebitorenbuchhaltung, Remy Demo Company`,
  }),
  promise: (facts) => ({
    subject: `AW: Zahlungserinnerung: ${facts.invoices}`,
    body: `Guten Tag,\n\nbitte entschuldigen Sie die Verzögerung. ${promiseQuote(facts)}\n\nMit freundlichen Grüßen\n${facts.name}\n${facts.company}`,
  }),
  dispute: ({ invoices, quote, name, company }) => ({
    subject: `AW: Zahlungserinnerung: ${invoices}`,
    body: `Guten Tag,\n\nzu ${invoices}: ${quote} Bis zur Klärung halten wir die Zahlung zurück.\n\nMit freundlichen Grüßen\n${name}\n${company}`,
  }),
  'out of office': ({ day, name, company }) => ({
    subject: 'Abwesenheitsnotiz',
    body: `Vielen Dank für Ihre Nachricht. Ich bin bis einschließlich ${written(day)} nicht im Büro. Ihre Nachricht wird nicht weitergeleitet.\n\n${name}\n${company}`,
  }),
  remittance: ({ invoices, amount, day, company }) => ({
    subject: `Zahlungsavis ${company}`,
    body: `Sehr geehrte Damen und Herren,\n\nwir haben heute folgende Zahlung angewiesen.\n\nDatum: ${written(day)}\nBetrag: ${amount}\nRechnungen: ${invoices}\n\n${company}`,
  }),
  'already paid': ({ invoices, amount, day, name, company }) => ({
    subject: `AW: Zahlungserinnerung: ${invoices}`,
    body: `Guten Tag,\n\ndie Rechnung ${invoices} (${amount}) haben wir bereits am ${written(day)} bezahlt. Bitte prüfen Sie Ihren Zahlungseingang.\n\nFreundliche Grüße\n${name}\n${company}`,
  }),
  'copy request': ({ invoices, name, company }) => ({
    subject: `AW: Zahlungserinnerung: ${invoices}`,
    body: `Guten Tag,\n\ndie Rechnung ${invoices} liegt uns nicht vor. Bitte senden Sie uns eine Kopie als PDF.\n\nViele Grüße\n${name}\n${company}`,
  }),
  left: ({ company, name }) => ({
    subject: 'Automatische Antwort',
    body: `${name} ist nicht mehr für ${company} tätig. Bitte wenden Sie sich künftig an unsere Kreditorenbuchhaltung.`,
  }),
};
