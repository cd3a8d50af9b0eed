// Builds everything that runs into dist/: nine bundles, the panel's style and the wasm of the parser and of libjpeg.
import { copyFile, mkdir, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { writeNotices } from './notices.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const require = createRequire(import.meta.url);

const shared = {
  absWorkingDir: root,
  bundle: true,
  sourcemap: true,
  metafile: true,
  logLevel: 'warning',
  loader: { '.md': 'text' },
};

// ES modules among the dependencies ask for import.meta.url, which a CommonJS bundle has not.
const node = {
  ...shared,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  mainFields: ['module', 'main'],
  define: { 'import.meta.url': 'bundleUrl' },
  banner: { js: "const bundleUrl = require('node:url').pathToFileURL(__filename).href;" },
};

const browser = {
  ...shared,
  platform: 'browser',
  format: 'esm',
  target: 'es2022',
  minify: true,
};

const bundles = [
  {
    ...node,
    entryPoints: ['src/client/extension.ts'],
    outfile: 'dist/extension.js',
    external: ['vscode'],
  },
  { ...node, entryPoints: ['src/server/main.ts'], outfile: 'dist/server.js' },
  { ...node, entryPoints: ['src/cli/main.ts'], outfile: 'dist/cli.js' },
  // onnxruntime-node is native code: found at run time in node_modules, in the package in dist/node_modules.
  // onnxruntime-web takes its place where there is none: in dist/onnxruntime-web.
  {
    ...node,
    entryPoints: ['src/runtime/node/main.ts'],
    outfile: 'dist/runtime.js',
    external: ['onnxruntime-node', 'onnxruntime-web'],
  },
  // For platforms without a native build; it needs onnxruntime-common, which the bundle brings along.
  {
    ...node,
    entryPoints: ['onnxruntime-web'],
    outfile: 'dist/onnxruntime-web/ort.js',
    mainFields: ['main'],
    conditions: ['node', 'require'],
    sourcemap: false,
    minify: true,
  },
  // In a browser models run in a worker, which is no module there.
  {
    ...browser,
    entryPoints: ['src/runtime/web/main.ts'],
    outfile: 'dist/web/runtime.js',
    format: 'iife',
    // Packages ask for it to find files that our host hands over; nothing can come from there.
    define: { 'import.meta.url': '"https://bn-guard.invalid/"' },
  },
  // For editors in a browser, whose extension host is a worker: CommonJS, as the host loads it.
  {
    ...browser,
    format: 'cjs',
    entryPoints: ['src/client/webExtension.ts'],
    outfile: 'dist/web/extension.js',
    external: ['vscode'],
  },
  // A classic worker. The parser's library asks for Node's modules where it runs in Node.
  {
    ...browser,
    format: 'iife',
    entryPoints: ['src/server/worker.ts'],
    outfile: 'dist/web/server.js',
    external: ['fs/promises', 'module'],
    // It also makes an address for its wasm, which it is handed: none is ever loaded.
    define: { 'import.meta.url': '"https://bn-guard.invalid/"' },
  },
  { ...browser, entryPoints: ['webview/onnx/main.ts'], outfile: 'dist/webview/onnx.js' },
  { ...browser, entryPoints: ['webview/onnx/style.css'], outfile: 'dist/webview/onnx.css' },
];

const copies = [
  [require.resolve('web-tree-sitter/web-tree-sitter.wasm'), 'dist/web-tree-sitter.wasm'],
  [require.resolve('tree-sitter-python/tree-sitter-python.wasm'), 'dist/tree-sitter-python.wasm'],
  [require.resolve('@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm'), 'dist/mozjpeg_dec.wasm'],
  // What the walkthrough opens.
  [`${root}/examples/train_tf1.py`, 'dist/example/train_tf1.py'],
  [`${root}/examples/digits/broken.onnx`, 'dist/example/broken.onnx'],
];

/** What the entry of onnxruntime-web loads, from its own folder. */
const wasmRuntime = dirname(require.resolve('onnxruntime-web'));
for (const file of ['ort-wasm-simd-threaded.mjs', 'ort-wasm-simd-threaded.wasm']) {
  copies.push([`${wasmRuntime}/${file}`, `dist/onnxruntime-web/${file}`]);
}

await rm(`${root}/dist`, { recursive: true, force: true });
await mkdir(`${root}/dist/webview`, { recursive: true });
await mkdir(`${root}/dist/example`, { recursive: true });
await mkdir(`${root}/dist/onnxruntime-web`, { recursive: true });
const [built] = await Promise.all([
  Promise.all(bundles.map((bundle) => build(bundle))),
  ...copies.map(([from, to]) => copyFile(from, `${root}/${to}`)),
]);
await writeNotices({
  root,
  metafiles: built.map(({ metafile }) => metafile),
  file: `${root}/dist/THIRD-PARTY-NOTICES.txt`,
});
