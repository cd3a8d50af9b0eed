import { readFileSync } from 'node:fs';
import { defineConfig } from 'vitest/config';

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
    include: ['test/**/*.test.ts'],
    globalSetup: 'test/temporaryRoot.ts',
    // These need a browser, VS Code or Python and have configurations of their own.
    exclude: ['test/panel/**', 'test/workbench/**', 'test/oracle/**'],
    // Tests that start processes take long on a busy machine; what hangs still fails.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
