/** Time comes in from outside, so that tests and `REMY_TODAY` can fix it. */
export type Clock = {
  /** The calendar day the business lives in, `YYYY-MM-DD`. */
  today(): string;
  now(): Date;
  /** The day was set by hand (`REMY_TODAY`): it is the day everywhere, whatever a company's time zone says. */
  readonly fixed?: boolean;
};
