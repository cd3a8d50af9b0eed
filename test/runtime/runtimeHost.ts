import { build } from 'esbuild';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Bundles the model process as the build does, where `onnxruntime-node` can be found. */
export async function buildRuntime(): Promise<string> {
  const outfile = join(root, 'out', 'test-runtime', 'runtime.js');
  await build({
    absWorkingDir: root,
    entryPoints: ['src/runtime/node/main.ts'],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    external: ['onnxruntime-node'],
    define: { 'import.meta.url': 'bundleUrl' },
    banner: { js: "const bundleUrl = require('node:url').pathToFileURL(__filename).href;" },
    logLevel: 'warning',
  });
  return outfile;
}

export function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), 'bn-guard-'));
}
