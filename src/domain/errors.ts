/** What every error of Remy carries: a stable code, whether trying again may help, and a next step in words. */
export class RemyError extends Error {
  readonly code: string;
  readonly retryable: boolean;

  constructor(code: string, message: string, options: { retryable?: boolean; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.name = new.target.name;
    this.code = code;
    this.retryable = options.retryable ?? false;
  }
}

/** The caller sent something that cannot be read or is not allowed by a rule. */
export class InvalidInputError extends RemyError {
  constructor(message: string, options: { cause?: unknown } = {}) {
    super('invalid_input', message, options);
  }
}

/** The asked-for thing is not in this tenant, or not in what the asking user may see. */
export class NotFoundError extends RemyError {
  constructor(message: string) {
    super('not_found', message);
  }
}

/** The user's role does not allow it. */
export class NotAllowedError extends RemyError {
  constructor(message: string) {
    super('not_allowed', message);
  }
}

/** What was worked out does not fit the books any more: the money or an invoice changed in between. */
export class StalePlacingError extends RemyError {
  constructor() {
    super('stale_placing', 'The payment or its invoices have changed in the meantime. Look at it again.', {
      retryable: true,
    });
  }
}
