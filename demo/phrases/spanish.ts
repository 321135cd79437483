import type { Phrases } from './letter.ts';

const written = (day: string): string => `${day.slice(8)}/${day.slice(5, 7)}/${day.slice(0, 4)}`;

const promiseQuote: Phrases['promiseQuote'] = ({ invoices, day }) =>
  `Pagaremos la factura ${invoices} el ${written(day)}.`;

export const spanish: Phrases = {
  promiseQuote,
  wrote: (day, who) => `El ${written(day)}, ${who} escribió:`,
  reminder: ({ invoices, amount }) => ({
    subject: `Recordatorio de pago: ${invoices}`,
    body: `Hola:\n\nla factura ${invoices} por ${amount} está vencida. ¿Cuándo podemos esperar el pago?\n\nSaludos cordiales,\nCuentas por cobrar, Remy Demo Company`,
  }),
  promise: (facts) => ({
    subject: `RE: Recordatorio de pago: ${facts.invoices}`,
    body: `Hola:\n\ndisculpe el retraso. ${promiseQuote(facts)}\n\nUn saludo,\n${facts.name}\n${facts.company}`,
  }),
  dispute: ({ invoices, quote, name, company }) => ({
    subject: `RE: Recordatorio de pago: ${invoices}`,
    body: `Hola:\n\nsobre ${invoices}: ${quote} Mientras no se aclare, no podemos pagarla.\n\nUn saludo,\n${name}\n${company}`,
  }),
  'out of office': ({ day, name, company }) => ({
    subject: 'Respuesta automática: fuera de la oficina',
    body: `Gracias por su mensaje. Estaré fuera de la oficina hasta el ${written(day)}.\n\n${name}\n${company}`,
  }),
  remittance: ({ invoices, amount, day, company }) => ({
    subject: `Aviso de pago ${company}`,
    body: `Estimados señores:\n\nhemos ordenado la siguiente transferencia.\n\nFecha: ${written(day)}\nImporte: ${amount}\nFacturas: ${invoices}\n\n${company}`,
  }),
  'already paid': ({ invoices, amount, day, name, company }) => ({
    subject: `RE: Recordatorio de pago: ${invoices}`,
    body: `Hola:\n\nla factura ${invoices} (${amount}) ya se pagó por transferencia el ${written(day)}. ¿Pueden comprobarlo?\n\nUn saludo,\n${name}\n${company}`,
  }),
  'copy request': ({ invoices, name, company }) => ({
    subject: `RE: Recordatorio de pago: ${invoices}`,
    body: `Hola:\n\nno nos consta la factura ${invoices}. ¿Nos pueden enviar una copia?\n\nGracias,\n${name}\n${company}`,
  }),
  left: ({ company, name }) => ({
    subject: 'Respuesta automática',
    body: `${name} ya no trabaja en ${company}. Por favor, escriba a nuestro departamento de cuentas a pagar.`,
  }),
};
