import { defineConfig } from 'vitest/config';

// Each file holds one server and one browser; tests in a file are steps that follow each other.
export default defineConfig({
  test: {
    include: ['test/workbench/**/*.test.ts'],
    fileParallelism: false,
    testTimeout: 90_000,
    hookTimeout: 600_000,
    sequence: { concurrent: false },
    bail: 0,
  },
});
