/**
 * Reads a large bank file of each format in a process of its own and prints time and peak memory:
 * `node tests/bench/bank-files.ts [megabytes] [format]`. The files are made in the temporary folder and removed.
 */
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { createBankFiles } from '../../src/connectors/bank-files/index.ts';

/** How a format begins, writes its n-th booking, and ends. Amounts repeat every hundred bookings. */
type Writer = { head: string; line(n: number): string; tail(lines: number, sum: bigint): string };

const cents = (n: number): bigint => 10_000n + BigInt((n % 100) * 137);
const decimal = (minor: bigint, mark = '.'): string => {
  const text = minor.toString().padStart(3, '0');
  return `${text.slice(0, -2)}${mark}${text.slice(-2)}`;
};
const words = (n: number): string =>
  `Payment of invoice INV-${100_000 + n} and INV-${200_000 + n} of order ${n % 977}`;

const bal = (code: string, minor: bigint): string =>
  `<Bal><Tp><CdOrPrtry><Cd>${code}</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">${decimal(minor)}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-11-19</Dt></Dt></Bal>`;

const writers: Record<string, Writer> = {
  camt: {
    head: `<?xml version="1.0" encoding="UTF-8"?>\n<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><Stmt><Id>S</Id><Acct><Id><IBAN>DE02120300000000202051</IBAN></Id><Ccy>EUR</Ccy></Acct>${bal('OPBD', 0n)}`,
    line: (n) =>
      `<Ntry><Amt Ccy="EUR">${decimal(cents(n))}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2026-11-19</Dt></BookgDt><AcctSvcrRef>B${n}</AcctSvcrRef><BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>RCDT</Cd><SubFmlyCd>ESCT</SubFmlyCd></Fmly></Domn></BkTxCd><NtryDtls><TxDtls><Refs><EndToEndId>E${n}</EndToEndId></Refs><Amt Ccy="EUR">${decimal(cents(n))}</Amt><RltdPties><Dbtr><Pty><Nm>Customer ${n % 5_000} GmbH</Nm></Pty></Dbtr><DbtrAcct><Id><IBAN>DE75512108001245126199</IBAN></Id></DbtrAcct></RltdPties><RmtInf><Ustrd>${words(n)}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>\n`,
    tail: (_, sum) => `${bal('CLBD', sum)}</Stmt></BkToCstmrStmt></Document>\n`,
  },
  mt940: {
    head: ':20:S\r\n:25:DE02120300000000202051\r\n:28C:1/1\r\n:60F:C261119EUR0,\r\n',
    line: (n) =>
      `:61:2611191119C${decimal(cents(n), ',')}NTRFNONREF//B${n}\r\n:86:166?00SEPA CREDIT?20EREF+E${n}?21SVWZ+${words(n).slice(0, 22)}?22${words(n).slice(22, 49)}?23${words(n).slice(49)}?31DE75512108001245126199?32Customer ${n % 5_000} GmbH\r\n`,
    tail: (_, sum) => `:62F:C261119EUR${decimal(sum, ',')}\r\n-\r\n`,
  },
  bai2: {
    head: '01,0210,ACME,261119,0630,1,,,2/\n02,ACME,0210,1,261119,2359,USD,2/\n',
    line: (n) => `16,195,${cents(n)},Z,B${n},R${n},ORIG CO NAME:CUSTOMER ${n % 5_000} INC\n88,${words(n)}\n`,
    tail: (lines, sum) =>
      `49,${sum * 2n},${lines * 2 + 2}/\n98,${sum * 2n},1,${lines * 2 + 4}/\n99,${sum * 2n},1,${lines * 2 + 6}/\n`,
  },
  ofx: {
    head: 'OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\nENCODING:USASCII\nCHARSET:1252\n\n<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>USD<BANKACCTFROM><BANKID>021<ACCTID>9911</BANKACCTFROM><BANKTRANLIST>\n',
    line: (n) =>
      `<STMTTRN><TRNTYPE>CREDIT<DTPOSTED>20261119<TRNAMT>${decimal(cents(n))}<FITID>B${n}<NAME>CUSTOMER ${n % 5_000}<MEMO>${words(n)}</STMTTRN>\n`,
    tail: (_, sum) =>
      `</BANKTRANLIST><LEDGERBAL><BALAMT>${decimal(sum)}<DTASOF>20261119</LEDGERBAL></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>\n`,
  },
  csv: {
    head: 'Date;Payee;Description;Bank reference;Amount;Currency\n',
    line: (n) => `19.11.2026;Customer ${n % 5_000} GmbH;${words(n)};B${n};+${decimal(cents(n), ',')};EUR\n`,
    tail: () => '',
  },
};

async function write(path: string, writer: Writer, bytes: number): Promise<number> {
  const stream = createWriteStream(path);
  let [lines, sum, written] = [0, 0n, 0];
  const put = async (text: string): Promise<void> => {
    written += text.length;
    if (!stream.write(text)) await once(stream, 'drain');
  };
  await put(writer.head);
  if (path.endsWith('bai2')) {
    // the account's record states the closing balance before the lines, so their number is settled first
    const each = writer.line(100_000).length;
    const count = Math.floor(bytes / each);
    for (let n = 0; n < count; n++) sum += cents(n);
    await put(`03,9911,USD,010,0,,,015,${sum},,/\n`);
    for (; lines < count; lines++) await put(writer.line(lines));
  }
  while (written < bytes && !path.endsWith('bai2')) {
    sum += cents(lines);
    await put(writer.line(lines++));
  }
  await put(writer.tail(lines, sum));
  stream.end();
  await finished(stream);
  return lines;
}

type Measured = {
  lines: number;
  problems: number;
  warnings: string[];
  difference: string | null;
  seconds: number;
  megabytes: number;
};

/** Reads the file in this process. */
async function measure(path: string): Promise<Measured> {
  const started = performance.now();
  const found = { lines: 0, problems: 0, warnings: [] as string[], difference: null as string | null };
  for await (const event of createBankFiles().read({ name: path, bytes: path })) {
    if (event.kind === 'lines') found.lines += event.lines.length;
    if (event.kind === 'problem') found.problems++;
    if (event.kind === 'end')
      Object.assign(found, { difference: event.difference, warnings: event.warnings });
  }
  return {
    ...found,
    seconds: (performance.now() - started) / 1000,
    megabytes: process.resourceUsage().maxRSS / 1024,
  };
}

/** Prints a row a format; the bar is that memory does not grow with the file. */
export async function run([megabytes = '100', only]: string[]): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'remy-bank-'));
  try {
    for (const [format, writer] of Object.entries(writers)) {
      if (only && only !== format) continue;
      const path = join(folder, `large.${format}`);
      const written = await write(path, writer, Number(megabytes) * 1_000_000);
      const { stdout, stderr } = spawnSync(process.execPath, [import.meta.filename, '--read', path], {
        encoding: 'utf8',
      });
      if (!stdout) throw new Error(stderr);
      const read = JSON.parse(stdout) as Measured;
      const right = read.lines === written && read.problems === 0 && read.warnings.length === 0;
      process.stdout.write(
        `${format.padEnd(6)}${(statSync(path).size / 1e6).toFixed(0).padStart(5)} MB${String(read.lines).padStart(9)} lines` +
          `${read.seconds.toFixed(1).padStart(7)} s${read.megabytes.toFixed(0).padStart(6)} MB peak   ` +
          `${right ? `all read, difference ${read.difference}` : `WRONG: ${JSON.stringify(read)}`}\n`,
      );
      rmSync(path);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

if (process.argv[2] === '--read') process.stdout.write(JSON.stringify(await measure(process.argv[3]!)));
else if (process.argv[1] === import.meta.filename) await run(process.argv.slice(2));
