/** What is to be written to whom: the choices behind a draft, before anything is composed. */
import type { ChaseFacts, ChaseInvoice, ChasePromise } from '../../domain/cadence/facts.ts';
import type {
  CadencePolicy,
  CompanySettings,
  Language,
  LetterKind,
  Tone,
} from '../../domain/chase/policy.ts';
import type { HoldReason } from '../../domain/chase/worklist.ts';
import { InvalidInputError } from '../../domain/errors.ts';
import { readCadence, readCompany } from '../../store/policies.ts';
import type { Sql } from '../../store/transaction.ts';

export type Attach = 'statement_pdf' | 'statement_csv';
export type Origin = 'cadence' | 'chat' | 'console' | 'command_line';

export type DraftSettings = {
  readonly policy: CadencePolicy;
  readonly company: CompanySettings;
  readonly companyVersion: number | null;
};

export type DraftRequest = {
  readonly facts: ChaseFacts;
  readonly letter: LetterKind;
  readonly tone: Tone;
  readonly language: Language;
  readonly invoices: readonly ChaseInvoice[];
  /** The promise that a `broken_promise` letter is about. */
  readonly broken: ChasePromise | null;
  /** Addresses, or roles: `owner`, and those of the customer's contacts. */
  readonly cc: readonly string[];
  /** Addresses that answer it in place of the usual ones; null: the usual ones. */
  readonly to: readonly string[] | null;
  readonly attach: Attach | null;
  readonly shorter: boolean;
  readonly mentionPo: boolean;
  /** The person's words, oldest first. */
  readonly wishes: readonly string[];
  readonly stepId: string | null;
};

export type LeftOutInvoice = { readonly number: string; readonly reason: HoldReason };

/** Throws: InvalidInputError when nobody said yet who writes. */
export async function readDraftSettings(sql: Sql): Promise<DraftSettings> {
  const { policy } = await readCadence(sql);
  const { company, version: companyVersion } = await readCompany(sql);
  if (!company)
    throw new InvalidInputError(
      'Nothing can be drafted before the company settings say who writes and how to pay. Set them with: npx remy settings set',
    );
  return { policy, company, companyVersion };
}

const LANGUAGES: readonly Language[] = ['en', 'de', 'fr', 'es'];
const BY_NAME: Readonly<Record<string, Language>> = {
  english: 'en',
  german: 'de',
  deutsch: 'de',
  french: 'fr',
  français: 'fr',
  spanish: 'es',
  español: 'es',
};

/** The customer's own language where letters can be written in it, else that of its country, else the company's. */
export function languageOf(
  { language, country }: Pick<ChaseFacts['customer'], 'language' | 'country'>,
  { policy, company }: DraftSettings,
): Language {
  const said = language?.trim().toLowerCase() ?? '';
  const code = LANGUAGES.find((each) => each === said.slice(0, 2) && /^..(?:[-_]|$)/.test(said));
  // a language in which there are no letters is answered in the company's own
  if (said !== '') return code ?? BY_NAME[said] ?? company.language;
  return (country && policy.languageByCountry[country]) || company.language;
}
