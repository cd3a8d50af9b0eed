// npm run bench:scan -- <dir>: bundles a benchmark and runs it in one process of its own.
import { spawnSync } from 'node:child_process';
import { build } from 'esbuild';

const [name = '', ...args] = process.argv.slice(2);
const outfile = `out/bench/${name}.mjs`;
await build({
  entryPoints: [`test/bench/${name}.ts`],
  outfile,
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  mainFields: ['module', 'main'],
  loader: { '.md': 'text' },
  // Native code and what drives a browser are found at run time in node_modules.
  external: ['onnxruntime-node', 'playwright-core'],
  logLevel: 'warning',
  // CommonJS dependencies ask for require, which an ES module has not.
  banner: {
    js: "import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(import.meta.url);",
  },
});
const { status } = spawnSync(process.execPath, ['--expose-gc', outfile, ...args], {
  stdio: 'inherit',
});
process.exit(status ?? 1);
