import type { Phrases } from './letter.ts';

const written = (day: string): string => `${day.slice(8)}/${day.slice(5, 7)}/${day.slice(0, 4)}`;

const promiseQuote: Phrases['promiseQuote'] = ({ invoices, day }) =>
  `Nous réglerons la facture ${invoices} le ${written(day)}.`;

export const french: Phrases = {
  promiseQuote,
  wrote: (day, who) => `Le ${written(day)}, ${who} a écrit :`,
  reminder: ({ invoices, amount }) => ({
    subject: `Relance : ${invoices}`,
    body: `Bonjour,\n\nla facture ${invoices} d'un montant de ${amount} est échue. Quand pouvons-nous attendre votre règlement ?\n\nCordialement,\nComptabilité clients, Remy Demo Company`,
  }),
  promise: (facts) => ({
    subject: `RE: Relance : ${facts.invoices}`,
    body: `Bonjour,\n\nveuillez excuser ce retard. ${promiseQuote(facts)}\n\nBien cordialement,\n${facts.name}\n${facts.company}`,
  }),
  dispute: ({ invoices, quote, name, company }) => ({
    subject: `RE: Relance : ${invoices}`,
    body: `Bonjour,\n\nconcernant ${invoices} : ${quote} Nous suspendons le paiement en attendant votre réponse.\n\nCordialement,\n${name}\n${company}`,
  }),
  'out of office': ({ day, name, company }) => ({
    subject: 'Réponse automatique : absence du bureau',
    body: `Bonjour, je suis absent(e) jusqu'au ${written(day)} inclus et ne consulterai pas mes messages.\n\n${name}\n${company}`,
  }),
  remittance: ({ invoices, amount, day, company }) => ({
    subject: `Avis de paiement ${company}`,
    body: `Bonjour,\n\nnous avons émis le virement suivant.\n\nDate : ${written(day)}\nMontant : ${amount}\nFactures : ${invoices}\n\n${company}`,
  }),
  'already paid': ({ invoices, amount, day, name, company }) => ({
    subject: `RE: Relance : ${invoices}`,
    body: `Bonjour,\n\nla facture ${invoices} (${amount}) a déjà été réglée par virement le ${written(day)}. Merci de vérifier.\n\nCordialement,\n${name}\n${company}`,
  }),
  'copy request': ({ invoices, name, company }) => ({
    subject: `RE: Relance : ${invoices}`,
    body: `Bonjour,\n\nnous n'avons pas reçu la facture ${invoices}. Pourriez-vous nous en envoyer une copie ?\n\nMerci,\n${name}\n${company}`,
  }),
  left: ({ company, name }) => ({
    subject: 'Réponse automatique',
    body: `${name} ne travaille plus chez ${company}. Merci de contacter notre comptabilité fournisseurs.`,
  }),
};
