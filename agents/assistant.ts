/** The conversation agent put together: tools, prompt, the chosen model and the offline one behind it. */
import type { Pool } from 'pg';
import { type CollectorPrompt, renderCollectorPrompt } from '../prompts/render.ts';
import type { Context } from '../src/ports/actor.ts';
import type { Assistant } from '../src/ports/assistant.ts';
import { keepNewestCheckpoint } from '../src/store/checkpoints.ts';
import type { Tool } from '../tools/index.ts';
import { modelAccessProblem } from './anthropic-access.ts';
import { createAnthropicModel, explainModelError, systemMessage } from './anthropic-model.ts';
import { openCheckpoints } from './collector/checkpoints.ts';
import { createCollector, type Preparation } from './collector/index.ts';
import type { ToolLog } from './collector/run-tools.ts';
import type { TurnModel } from './collector/turn.ts';
import { createOfflineModel } from './offline/index.ts';

/** The name of the model that needs no key. */
export const OFFLINE_MODEL = 'offline';
const VOCABULARY_MS = 30_000;

export type ModelSettings = { model: string; apiKey?: string | undefined; baseUrl?: string | undefined };
export type Vocabulary = CollectorPrompt['vocabulary'];

export type AssistantParts = {
  readonly pool: Pool;
  readonly tools: readonly Tool[];
  readonly settings: ModelSettings;
  /** Segments, owners and currencies of the asker's ledger. */
  readonly vocabulary: (context: Context) => Promise<Vocabulary>;
  readonly tenantName: (tenantId: number) => Promise<string>;
  readonly log: ToolLog;
  readonly onModelError: (error: unknown) => void;
};

const vendorModel = ({ model, apiKey, baseUrl }: ModelSettings): TurnModel | null =>
  model === OFFLINE_MODEL || !apiKey
    ? null
    : { name: model, chat: createAnthropicModel({ model, apiKey, baseUrl }) };

/** What a question may name changes with an import, not from one question to the next: it is read once in a while. */
function remembered(read: AssistantParts['vocabulary']): AssistantParts['vocabulary'] {
  const known = new Map<string, { until: number; value: Promise<Vocabulary> }>();
  return (context) => {
    const { tenantId, role, email } = context.actor;
    const key = `${tenantId} ${role === 'viewer' ? email : ''}`;
    const before = known.get(key);
    if (before && performance.now() < before.until) return before.value;
    const value = read(context);
    known.set(key, { until: performance.now() + VOCABULARY_MS, value });
    value.catch(() => known.delete(key));
    return value;
  };
}

/** Opens the checkpoints and returns the agent. Throws what the database throws. */
export async function createAssistant(parts: AssistantParts): Promise<Assistant> {
  const vendor = vendorModel(parts.settings);
  const vocabularyOf = remembered(parts.vocabulary);
  const listed = parts.tools.map(({ name, effect }) => ({ name, effect }));
  const prepare = async (context: Context): Promise<Preparation> => {
    const { actor, today } = context;
    const vocabulary = await vocabularyOf(context);
    const offline = { name: OFFLINE_MODEL, chat: createOfflineModel({ today, actor, vocabulary }) };
    const prompt = renderCollectorPrompt({
      today,
      user: { name: actor.name ?? actor.email, role: actor.role },
      tenant: await parts.tenantName(actor.tenantId),
      tools: listed,
      vocabulary,
    });
    return { system: systemMessage(prompt), model: vendor ?? offline, offline };
  };
  return createCollector({
    checkpointer: await openCheckpoints(parts.pool),
    tools: parts.tools,
    prepare,
    explain: (error) => {
      parts.onModelError(error);
      return explainModelError(error).message;
    },
    log: parts.log,
    tidy: (threadId) => keepNewestCheckpoint(parts.pool, threadId),
  });
}

/** What is wrong with the chosen model's access; null when it can be used or is the offline one. */
export const modelProblem = async ({ model, apiKey, baseUrl }: ModelSettings): Promise<string | null> =>
  model === OFFLINE_MODEL || !apiKey ? null : modelAccessProblem({ model, apiKey, baseUrl });
