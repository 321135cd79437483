/** Exact arithmetic on decimal text: ten-thousandths as bigint, which holds every currency's digits. */

const SCALE = 4;

/** "1200.5" is 12005000n; digits beyond the fourth are rounded half away from zero (spreadsheets write 1175.9999999998). */
export function exactOf(decimal: string): bigint {
  const [, sign = '', whole = '0', fraction = ''] = /^(-?)(\d+)(?:\.(\d*))?$/.exec(decimal) ?? [];
  const kept = BigInt(whole + fraction.slice(0, SCALE).padEnd(SCALE, '0'));
  const rounded = (fraction[SCALE] ?? '0') >= '5' ? kept + 1n : kept;
  return sign === '-' ? -rounded : rounded;
}

/** At least two digits after the point, more only where they say something: "1200.00", "0.125". */
export function decimalText(exact: bigint): string {
  const text = absolute(exact)
    .toString()
    .padStart(SCALE + 1, '0');
  const fraction = text.slice(-SCALE).replace(/0{1,2}$/, '');
  return `${exact < 0n ? '-' : ''}${text.slice(0, -SCALE)}.${fraction}`;
}

export const absolute = (value: bigint): bigint => (value < 0n ? -value : value);

export const sumOf = (values: readonly bigint[]): bigint => values.reduce((sum, value) => sum + value, 0n);
