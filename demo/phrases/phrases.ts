/** What people write about invoices, by language. English is used for every language that has no texts of its own. */
import { english } from './english.ts';
import { french } from './french.ts';
import { german } from './german.ts';
import type { Phrases } from './letter.ts';
import { spanish } from './spanish.ts';

const byLanguage: Record<string, Phrases> = { en: english, de: german, fr: french, es: spanish };

export const phrasesOf = (language: string): Phrases => byLanguage[language] ?? english;
