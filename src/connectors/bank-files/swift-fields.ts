/** The fields that every dialect of :86: is read into. */

/** What a :86: tells; everything that has no place of its own is in `texts`, a field each. */
export type SwiftDetails = {
  /** Business code of German banks (GVC). */
  readonly code: string | null;
  readonly name: string | null;
  readonly account: string | null;
  readonly reference: string | null;
  readonly endToEndId: string | null;
  readonly returnReason: string | null;
  readonly charges: string | null;
  readonly instructed: string | null;
  readonly texts: readonly string[];
};

export const noDetails: SwiftDetails = {
  code: null,
  name: null,
  account: null,
  reference: null,
  endToEndId: null,
  returnReason: null,
  charges: null,
  instructed: null,
  texts: [],
};
