// The licences of everything that is shipped inside the bundles or beside them.
import { readFile, readdir, writeFile } from 'node:fs/promises';

/** Shipped without passing through a bundle. */
const copied = [
  'web-tree-sitter',
  'tree-sitter-python',
  'onnxruntime-node',
  'onnxruntime-web',
  'onnxruntime-common',
];

/** Writes the licence text of each package that the metafiles name, and of the copied ones. */
export async function writeNotices({ root, metafiles, file }) {
  const inputs = metafiles.flatMap(({ inputs }) => Object.keys(inputs));
  const names = new Set([...copied, ...inputs.flatMap((input) => packageOf(input) ?? [])]);
  const notices = await Promise.all(
    [...names].sort().map((name) => noticeOf(`${root}/node_modules/${name}`)),
  );
  await writeFile(file, notices.join(`\n${'─'.repeat(80)}\n\n`));
}

/** `node_modules/@scope/name/…` → `@scope/name`; also for packages nested in others. */
function packageOf(input) {
  const [, path] = /^node_modules\/((?:.*\/node_modules\/)?(?:@[^/]+\/)?[^/]+)/.exec(input) ?? [];
  return path;
}

async function noticeOf(folder) {
  const manifest = JSON.parse(await readFile(`${folder}/package.json`, 'utf8'));
  const { name, version, license, repository } = manifest;
  const licenceFile = (await readdir(folder)).find((file) => /^(licen[cs]e|copying)/i.test(file));
  const text =
    licenceFile === undefined
      ? `Its licence text is in its repository: ${repository?.url ?? repository ?? name}`
      : await readFile(`${folder}/${licenceFile}`, 'utf8');
  return `${name} ${version} (${license})\n\n${text.trim()}\n`;
}
