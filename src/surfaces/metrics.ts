/** What Prometheus sees. Labels hold no customer data. */
import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client';

export type Metrics = {
  turn(model: string, outcome: 'answered' | 'failed', seconds: number): void;
  tool(tool: string, outcome: string, seconds: number): void;
  read(): Promise<{ contentType: string; text: string }>;
};

export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const turns = new Histogram({
    name: 'remy_turn_seconds',
    help: 'Time from a question to its answer',
    labelNames: ['model', 'outcome'] as const,
    buckets: [0.02, 0.05, 0.1, 0.15, 0.25, 0.5, 1, 2.5, 5, 10, 30, 90],
    registers: [registry],
  });
  const tools = new Histogram({
    name: 'remy_tool_seconds',
    help: 'Time of one tool call of the agent',
    labelNames: ['tool'] as const,
    buckets: [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
    registers: [registry],
  });
  const failures = new Counter({
    name: 'remy_tool_failures_total',
    help: 'Tool calls that gave an error to the model, by its code',
    labelNames: ['tool', 'code'] as const,
    registers: [registry],
  });
  return {
    turn: (model, outcome, seconds) => turns.observe({ model, outcome }, seconds),
    tool: (tool, outcome, seconds) => {
      tools.observe({ tool }, seconds);
      if (outcome !== 'ok') failures.inc({ tool, code: outcome });
    },
    read: async () => ({ contentType: registry.contentType, text: await registry.metrics() }),
  };
}
