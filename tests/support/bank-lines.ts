/** Bank files for tests: lines from a few words, and a reader that hands out what a test says is in a file. */
import { InvalidInputError } from '../../src/domain/errors.ts';
import type {
  BankCsvMap,
  BankFileEvent,
  BankFiles,
  BankFormat,
  BankLine,
} from '../../src/ports/bank-files.ts';
import type { NamedFile } from '../../src/ports/ledger-source.ts';

/** What is not said: a booked credit of 100.00 USD on 2026-11-19 of which nobody knows anything. */
export const aBankLine = (over: Partial<BankLine> = {}): BankLine => ({
  ordinal: 1,
  fileLine: null,
  bookedOn: '2026-11-19',
  valueOn: null,
  amount: '100.00',
  currency: 'USD',
  direction: 'credit',
  reversal: false,
  payerName: null,
  payerAccount: null,
  reference: null,
  endToEndId: null,
  bankReference: null,
  text: '',
  code: null,
  returnReason: null,
  charges: null,
  instructed: null,
  remittance: [],
  booked: true,
  ...over,
});

export type TestStatement = {
  readonly account?: string;
  readonly currency?: string;
  readonly number?: string | null;
  readonly lines: readonly BankLine[];
  readonly warnings?: readonly string[];
  readonly difference?: string | null;
};

export type TestFile = {
  readonly name: string;
  readonly format?: BankFormat;
  readonly statements: readonly TestStatement[];
  readonly problems?: readonly { line: number; reason: string }[];
  /** The reader refuses the file when it comes to its end. */
  readonly refused?: string;
  readonly csvMap?: BankCsvMap;
  /** Where the header of a CSV matters. */
  readonly text?: string;
};

const BATCH = 500;

function* eventsOf(file: TestFile): Generator<BankFileEvent> {
  yield { kind: 'format', format: file.format ?? 'camt.053', csvMap: file.csvMap ?? null };
  for (const { lines, ...statement } of file.statements) {
    const { account = 'DE02120300000000202051', currency = 'USD', number = null } = statement;
    yield {
      kind: 'statement',
      statement: { number, account, currency, openingBalance: '0.00', fromOn: null },
    };
    for (let at = 0; at < lines.length; at += BATCH)
      yield {
        kind: 'lines',
        lines: lines.slice(at, at + BATCH).map((line, n) => ({ ...line, ordinal: at + n + 1 })),
      };
    yield {
      kind: 'end',
      closingBalance: null,
      toOn: null,
      difference: statement.difference ?? null,
      warnings: statement.warnings ?? [],
    };
  }
  for (const problem of file.problems ?? []) yield { kind: 'problem', ...problem };
  if (file.refused) throw new InvalidInputError(file.refused);
}

/** A file is known by its bytes: the same content is the same file. */
export const asNamedFile = (file: TestFile): NamedFile => ({
  name: file.name,
  bytes: new TextEncoder().encode(file.text ?? JSON.stringify(file)),
});

/** Reads these files, by name. `asked` collects the maps it was told to read with. */
export function testBankFiles(files: readonly TestFile[], asked: (BankCsvMap | undefined)[] = []): BankFiles {
  return {
    async *read(named, options = {}) {
      asked.push(options.csvMap);
      const file = files.find((each) => each.name === named.name);
      if (!file) throw new InvalidInputError(`${named.name}: no such file`);
      yield* eventsOf(options.csvMap ? { ...file, csvMap: options.csvMap } : file);
    },
  };
}
