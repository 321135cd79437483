/** How the demo company signs, is paid, and lives: the settings behind its letters. */
import { companyName, controller, receivablesAddress } from './team.ts';

export const demoSettings = {
  name: companyName.replace(/ \(.*\)$/, ''),
  fromName: 'Remy Demo Receivables',
  fromAddress: receivablesAddress,
  phone: '+1 212 555 0100',
  paymentInstructions: {
    default:
      'By wire to Remy Demo Company, account 000123456789, routing 021000000, with the invoice number as reference.',
    EUR: 'Per Überweisung / by transfer: IBAN DE02 1203 0000 0000 2020 51, BIC BYLADEM1001, with the invoice number as reference.',
    GBP: 'By bank transfer: sort code 00-00-00, account 12345678, with the invoice number as reference.',
  },
  country: 'US',
  language: 'en',
  unsubscribeAddress: 'unsubscribe@demo.example',
  legalEmail: 'legal@demo.example',
  managerEmail: controller,
} as const;
