/** Asks the vendor whether key and model are good, without a model call: `GET /v1/models/{id}` costs nothing. */
import { explainModelError } from './model-errors.ts';

const DEFAULT_URL = 'https://api.anthropic.com';
const WAIT_MS = 8000;

/**
 * Null when the model can be used; else what is wrong, in words.
 * Source: Anthropic API reference, "Get a model" (header `anthropic-version: 2023-06-01`).
 */
export async function modelAccessProblem(options: {
  model: string;
  apiKey: string;
  baseUrl?: string | undefined;
}): Promise<string | null> {
  const url = `${options.baseUrl ?? DEFAULT_URL}/v1/models/${encodeURIComponent(options.model)}`;
  try {
    const response = await fetch(url, {
      headers: { 'x-api-key': options.apiKey, 'anthropic-version': '2023-06-01' },
      signal: AbortSignal.timeout(WAIT_MS),
    });
    await response.body?.cancel();
    if (response.ok) return null;
    return explainModelError({ status: response.status, headers: response.headers }).message;
  } catch (error) {
    return explainModelError(error).message;
  }
}
