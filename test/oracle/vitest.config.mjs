import { readFileSync } from 'node:fs';
import { defineConfig } from 'vitest/config';

// Each test starts a Python with a framework in it: seconds, and some hundred megabytes.
export default defineConfig({
  plugins: [
    {
      name: 'markdown-as-text',
      enforce: 'pre',
      load(id) {
        return id.endsWith('.md')
          ? `export default ${JSON.stringify(readFileSync(id, 'utf8'))}`
          : null;
      },
    },
  ],
  test: {
    include: ['test/oracle/**/*.test.ts'],
    fileParallelism: false,
    maxConcurrency: 2,
    testTimeout: 300_000,
    hookTimeout: 300_000,
  },
});
