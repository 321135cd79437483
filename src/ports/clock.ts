/** Time comes in from outside, so that tests and `REMY_TODAY` can fix it. */
export type Clock = {
  /** The calendar day the business lives in, `YYYY-MM-DD`. */
  today(): string;
  now(): Date;
};
