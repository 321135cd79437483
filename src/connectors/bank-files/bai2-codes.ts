/**
 * What BAI2 type codes mean.
 * Source: BAI2 code ranges: 001-099 balances, 100-399 credits, 400-699 debits, 700-799 loans, 900-919 status, 920-959
 * and 960-999 the bank's own credits and debits.
 */

/** Codes that sum up a day ("Total ..."), which a bank may repeat among the transactions. */
const TOTALS = new Set(
  (
    '100 101 106 107 109 110 130 131 140 146 150 160 167 170 180 182 185 186 188 190 200 205 207 210 215 230 260 270 280 285 390 ' +
    '400 401 410 430 450 460 467 470 480 490 500 505 507 510 515 530 550 560 570 580 585 690'
  ).split(' '),
);

/** Money in or out, or null for a balance, a total, a status or anything else that moves nothing. */
export function directionOf(code: string): 'credit' | 'debit' | null {
  if (!/^\d{3}$/.test(code) || TOTALS.has(code)) return null;
  const number = Number(code);
  if ((number >= 100 && number <= 399) || (number >= 920 && number <= 959)) return 'credit';
  if ((number >= 400 && number <= 699) || (number >= 960 && number <= 999)) return 'debit';
  return null;
}

/** Returned or rejected items: ACH, cheques, wires; and the bank's corrections and reversals. */
const RETURNS = new Set(
  '123 168 176 252 254 255 256 257 258 261 266 357 358 366 367 368 552 554 555 556 557 558 561 563 566 568 655 656 657 658 661 666 667'.split(
    ' ',
  ),
);

export const isReturn = (code: string): boolean => RETURNS.has(code);
