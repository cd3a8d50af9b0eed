import { defineConfig } from 'vitest/config';

// Each file holds one browser, and each test a page of its own, so that it can be tried again; the
// summary names what passed only then.
export default defineConfig({
  test: {
    include: ['test/panel/**/*.test.ts'],
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    retry: 1,
    sequence: { concurrent: false },
    expect: { poll: { timeout: 30_000, interval: 100 } },
  },
});
