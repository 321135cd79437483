/** What is taken from a text as a figure, before it is compared with the evidence. */
import type { Scaled } from './decimal.ts';

/** What a number counts; `plain` when nothing beside it says so. */
export type Unit = 'money' | 'percent' | 'days' | 'count' | 'plain';

/** One way to read a written number. */
export type NumberReading = {
  readonly unit: Unit;
  readonly value: Scaled;
  /** Set when the writing says it is rounded: the size of the last digit that counts. */
  readonly roundedTo: Scaled | null;
  /** The currencies that the sign or code may mean; empty when none stands beside it. */
  readonly currencies: readonly string[];
};

/** A number that may stand by itself within a longer one. */
export type Part = { readonly digits: string; readonly readings: readonly NumberReading[] };

export type Figure = {
  /** As written, for the report. */
  readonly text: string;
  readonly start: number;
} & (
  | {
      readonly kind: 'number';
      readonly readings: readonly NumberReading[];
      /** All of them right will do as well: "10 500" may be two figures. Empty when it is one for certain. */
      readonly parts: readonly Part[];
      readonly digits: string;
    }
  | { readonly kind: 'range'; readonly key: string; readonly ends: readonly (readonly NumberReading[])[] }
  /** `a|b` in an entry: either will do. */
  | { readonly kind: 'date'; readonly dates: readonly string[] }
  /** A day of the month, or a rank: "the 15th". */
  | { readonly kind: 'ordinal'; readonly day: string; readonly value: Scaled }
  | { readonly kind: 'identifier'; readonly key: string }
  /** Digits that make no number, date or identifier. */
  | { readonly kind: 'unreadable' }
);

export const identifierKey = (text: string): string => text.toLowerCase();
