/** Small pieces of plain English around figures; every figure comes from a tool's output as text. */
import { formatAmount } from '../../../src/domain/money.ts';

export const money = (amount: string, currency: string): string => formatAmount(amount, currency);

/** "1 invoice", "4 invoices". */
export const counted = (count: number, noun: string): string =>
  `${count} ${count === 1 ? noun : plural(noun)}`;

export const plural = (noun: string): string => (noun === 'entry' ? 'entries' : `${noun}s`);

/** "a, b and c". */
export const listed = (items: readonly string[], last = 'and'): string =>
  items.length < 2 ? (items[0] ?? '') : `${items.slice(0, -1).join(', ')} ${last} ${items.at(-1)}`;

export const lines = (items: readonly string[]): string => items.map((item) => `- ${item}`).join('\n');

export const sentence = (text: string): string => {
  const trimmed = text.trim();
  return trimmed === '' || /[.!?:]$/.test(trimmed) ? trimmed : `${trimmed}.`;
};

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Paragraphs without the empty ones. */
export const paragraphs = (...parts: (string | null | undefined | false)[]): string =>
  parts.filter((part): part is string => typeof part === 'string' && part !== '').join('\n');

export const days = (count: number | string): string => `${count} ${String(count) === '1' ? 'day' : 'days'}`;
