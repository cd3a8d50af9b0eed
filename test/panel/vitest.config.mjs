import { defineConfig } from 'vitest/config';

// Each file holds one browser.
export default defineConfig({
  test: {
    include: ['test/panel/**/*.test.ts'],
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    sequence: { concurrent: false },
  },
});
