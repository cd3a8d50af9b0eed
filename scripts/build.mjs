import { build } from 'esbuild';

const shared = { bundle: true, sourcemap: true, logLevel: 'info', loader: { '.md': 'text' } };
const node = { ...shared, platform: 'node', format: 'cjs', target: 'node20' };

await Promise.all([
  build({
    ...node,
    entryPoints: ['src/client/extension.ts'],
    outfile: 'dist/extension.js',
    external: ['vscode'],
  }),
  build({ ...node, entryPoints: ['src/server/main.ts'], outfile: 'dist/server.js' }),
  build({
    ...shared,
    platform: 'browser',
    format: 'esm',
    target: 'es2022',
    entryPoints: ['webview/onnx/main.ts'],
    outfile: 'dist/webview/onnx.js',
  }),
]);
