/** Options that several commands of chasing have, and how their values are read. */
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { ChaseCommands } from './chase-commands.ts';
import { printJson, type Streams } from './print.ts';

export type Json = { json?: boolean };
export type As = { as?: string };
export type Parts = {
  program: Command;
  commands: () => Promise<ChaseCommands>;
  streams: Streams;
  /** Makes the exit code 1. */
  fail: () => void;
};

export const day = (text: string): string => {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || Number.isNaN(Date.parse(`${text}T00:00:00Z`)))
    throw new InvalidArgumentError('a day is written like 2026-12-01');
  return text;
};
export const whole = (most: number) => (text: string) => {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1 || number > most)
    throw new InvalidArgumentError(`a whole number from 1 to ${most}`);
  return number;
};
export const id = whole(Number.MAX_SAFE_INTEGER);
export const json = () => new Option('--json', 'one JSON document on stdout');
export const as = () => new Option('--as <email>', 'act as this user; default: the local admin');
export const examples = (...lines: string[]): string =>
  `\nExamples:\n${lines.map((each) => `  ${each}`).join('\n')}`;

/** Prints the result as JSON or in words. */
export const show = <T>(
  streams: Streams,
  options: Json,
  result: T,
  words: (streams: Streams, result: T) => void,
) => (options.json ? printJson(streams, result) : words(streams, result));
