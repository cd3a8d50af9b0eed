import { cp, mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * A copy of the built command line in which something is broken on purpose.
 *
 * @param folder an empty one
 * @param patch each `from` must be in one of the bundles
 * @returns the path of the copy's `cli.js`
 */
export async function patchedCli(
  folder: string,
  patch: { readonly from: string; readonly to: string },
): Promise<string> {
  const names = await readdir(join(root, 'dist'));
  const dist = join(folder, 'dist');
  await mkdir(dist);
  await cp(join(root, 'package.json'), join(folder, 'package.json'));
  let found = false;
  for (const name of names.filter((own) => /\.(?:js|wasm)$/.test(own))) {
    const isBundle = name.endsWith('.js');
    const text = isBundle ? await readFile(join(root, 'dist', name), 'utf8') : '';
    found ||= name !== 'server.js' && text.includes(patch.from);
    await (isBundle
      ? writeFile(join(dist, name), text.replaceAll(patch.from, patch.to))
      : cp(join(root, 'dist', name), join(dist, name)));
  }
  if (!found) throw new Error(`No bundle holds ${patch.from}`);
  return join(dist, 'cli.js');
}
