// npm run package: the extension as a VSIX for every platform and the browser, and as one with the native
// files of this platform, which runs models four to five times as fast.
import { existsSync } from 'node:fs';
import { cp, mkdir, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { createVSIX } from '@vscode/vsce';
import { runCommand } from './tools/command.ts';
import { repositoryRoot } from './tools/repository.ts';

const require = createRequire(import.meta.url);

await runCommand(process.execPath, [join(repositoryRoot, 'scripts/build.mjs')]);
await mkdir(join(repositoryRoot, 'out'), { recursive: true });
await packageAs('universal', {});
const target = `${process.platform}-${process.arch}`;
if (await addNativeRuntime()) {
  await packageAs(target, { target });
} else {
  console.warn(`ONNX Runtime is not made for ${target}: use the universal package.`);
}

async function packageAs(name: string, options: { readonly target?: string }): Promise<void> {
  const packagePath = join(repositoryRoot, `out/bn-guard-${name}.vsix`);
  await createVSIX({
    ...{ cwd: repositoryRoot, packagePath, ...options },
    // The bundles hold every dependency but the native one, which addNativeRuntime has put in dist/.
    dependencies: false,
    allowMissingRepository: true,
    // There is no public repository that the README's links could be turned to.
    rewriteRelativeLinks: false,
  });
  const { size } = await stat(packagePath);
  console.log(`${packagePath}: ${(size / 1e6).toFixed(1)} MB`);
}

/**
 * ONNX Runtime where dist/runtime.js looks for it first. Without it models run as WebAssembly.
 *
 * @returns whether there is one for this platform
 */
async function addNativeRuntime(): Promise<boolean> {
  const runtime = dirname(require.resolve('onnxruntime-node/package.json'));
  const native = join('bin/napi-v6', process.platform, process.arch);
  if (!existsSync(join(runtime, native))) {
    return false;
  }
  await copyParts(runtime, 'onnxruntime-node', ['package.json', 'dist', native]);
  // This one exports its entry only, which is dist/cjs/index.js.
  const common = dirname(
    dirname(dirname(require.resolve('onnxruntime-common', { paths: [runtime] }))),
  );
  await copyParts(common, 'onnxruntime-common', ['package.json', 'dist/cjs']);
  return true;
}

async function copyParts(from: string, name: string, parts: readonly string[]): Promise<void> {
  for (const part of parts) {
    const to = join(repositoryRoot, 'dist/node_modules', name, part);
    await cp(join(from, part), to, { recursive: true, filter: isNeeded });
  }
}

/** CPU only: DirectML is never asked for; of the two identical macOS libraries one is enough. */
function isNeeded(path: string): boolean {
  return !/\.(map|d\.ts)$|(DirectML|dxcompiler|dxil)\.dll$|libonnxruntime\.\d+\.\d+\.\d+\.dylib$/.test(
    path,
  );
}
