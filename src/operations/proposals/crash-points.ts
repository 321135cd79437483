/** Where a process may die between a click and its receipt. Tests stop or kill it there; nothing else listens. */
export const decidePoints = [
  'decide:locked',
  'decide:checked',
  'decide:decision',
  'decide:written',
  'decide:committed',
] as const;

export const effectPoints = [
  'claim:locked',
  'claim:checked',
  'claim:written',
  'claim:committed',
  'look:before',
  'look:after',
  'send:before',
  'send:after',
  'record:locked',
  'record:written',
  'record:committed',
  'unknown:before',
  'unknown:written',
  'unknown:committed',
  'again:before',
  'again:written',
  'again:committed',
  'fault:before',
  'policy:written',
] as const;

export type DecidePoint = (typeof decidePoints)[number];
export type EffectPoint = (typeof effectPoints)[number];
export type OnPoint<Point> = (name: Point) => void | Promise<void>;
