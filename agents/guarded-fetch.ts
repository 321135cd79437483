/**
 * A fetch for the model's API that never waits in silence and never takes half an answer for a whole one.
 * The vendor's client bounds only the wait for the first byte, and ends a stream that was cut off cleanly as if it
 * were complete.
 */

/** The answer stopped coming for longer than was agreed. */
export class ModelStalledError extends Error {
  constructor(silentMs: number) {
    super(`the model sent nothing for ${silentMs} ms`);
    this.name = 'ModelStalledError';
  }
}

type Broken = 'cut' | 'aborted' | 'too_long';

/** The answer ended before its end, was stopped by the caller, or is longer than any real one. */
export class ModelAnswerError extends Error {
  readonly reason: Broken;

  constructor(reason: Broken, cause?: unknown) {
    super(reason === 'too_long' ? 'the answer is too long' : `the answer was ${reason}`, { cause });
    this.name = 'ModelAnswerError';
    this.reason = reason;
  }
}

const LAST_EVENT = '\nevent: message_stop';

/** True once the closing event has passed, also when it falls into two pieces. Text cannot fake it: its line feeds are escaped. */
const watchForEnd = () => {
  const decoder = new TextDecoder('latin1');
  let tail = '';
  let ended = false;
  return (chunk: Uint8Array): boolean => {
    if (ended) return true;
    const text = tail + decoder.decode(chunk);
    ended = text.includes(LAST_EVENT);
    tail = text.slice(-LAST_EVENT.length);
    return ended;
  };
};

function guarded(
  body: ReadableStream<Uint8Array>,
  limits: { silentMs: number; maxBytes: number },
  isEvents: boolean,
): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  const sawEnd = watchForEnd();
  let bytes = 0;
  let ended = false;
  const readInTime = async () => {
    let timer: NodeJS.Timeout | undefined;
    const silence = new Promise<never>((_, fail) => {
      timer = setTimeout(() => fail(new ModelStalledError(limits.silentMs)), limits.silentMs);
    });
    try {
      return await Promise.race([reader.read(), silence]);
    } finally {
      clearTimeout(timer);
    }
  };
  return new ReadableStream({
    async pull(controller) {
      try {
        const { done, value } = await readInTime();
        if (done) {
          if (isEvents && !ended) throw new ModelAnswerError('cut');
          controller.close();
          return;
        }
        bytes += value.byteLength;
        if (bytes > limits.maxBytes) throw new ModelAnswerError('too_long');
        ended = sawEnd(value);
        controller.enqueue(value);
      } catch (error) {
        // the vendor's client takes an abort for the end of the answer, so it must not look like one
        const aborted = error instanceof Error && error.name === 'AbortError';
        controller.error(aborted ? new ModelAnswerError('aborted', error) : error);
        reader.cancel(error).catch(() => undefined);
      }
    },
    cancel: (reason) => reader.cancel(reason),
  });
}

/**
 * Errors of a body: ModelStalledError when nothing comes for `silentMs`; ModelAnswerError when it ends too early or
 * has more than `maxBytes`. The connection is closed in each case.
 */
export const guardedFetch =
  (limits: { silentMs: number; maxBytes: number }): typeof fetch =>
  async (input, init) => {
    const response = await fetch(input, init);
    if (!response.body || !response.ok) return response;
    const isEvents = response.headers.get('content-type')?.includes('text/event-stream') ?? false;
    return new Response(guarded(response.body, limits, isEvents), {
      status: response.status,
      statusText: response.statusText,
      headers: response.headers,
    });
  };
