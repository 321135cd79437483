import { defineConfig } from 'vitest/config';

const report = process.env.REMY_TEST_REPORT;

export default defineConfig({
  test: {
    reporters: report ? ['default', ['json', { outputFile: report }]] : ['default'],
    root: `${import.meta.dirname}/..`,
    include: ['tests/**/*.test.ts'],
    globalSetup: ['tests/support/embedded-snapshot.ts'],
    maxWorkers: 2, // an embedded database is about half a gigabyte in each
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // no test may reach a real vendor, whatever the machine's environment holds
    env: { ANTHROPIC_API_KEY: '', LANGSMITH_TRACING: 'false', LANGCHAIN_TRACING_V2: 'false' },
  },
});
