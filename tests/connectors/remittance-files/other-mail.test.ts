/** Ordinary mail is no advice. Runs where the folder of sample mail is present. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readAdviceText } from '../../../src/connectors/remittance-files/advice-text.ts';

const folder = join(import.meta.dirname, '../../../../shared/data/email');
const walk = (path: string): string[] =>
  statSync(path).isDirectory() ? readdirSync(path).flatMap((name) => walk(join(path, name))) : [path];

test.skipIf(!existsSync(folder))('no mail of the sample folder is taken for an advice', () => {
  const mails = walk(folder).filter((path) => !/\.(?:md|jsonl)$|LICENSE$/.test(path));
  expect(mails.length).toBeGreaterThan(50);
  expect(mails.filter((path) => readAdviceText(readFileSync(path, 'utf8')) !== null)).toEqual([]);
});
