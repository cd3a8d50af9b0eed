import { defineConfig } from 'vitest/config';

// Each file holds one server and one browser; tests in a file are steps that follow each other. One
// that fails is tried again after a clean-up (window.ts); the summary names what passed only then.
export default defineConfig({
  test: {
    include: ['test/workbench/**/*.test.ts'],
    fileParallelism: false,
    testTimeout: 90_000,
    hookTimeout: 600_000,
    retry: 1,
    sequence: { concurrent: false },
    expect: { poll: { timeout: 30_000, interval: 100 } },
    bail: 0,
  },
});
