// npm start: installs, builds, shows what BN Guard says in the terminal, then opens the editor.
// npm start -- --no-editor stops before the editor.
import { spawnSync } from 'node:child_process';
import { ensureInstalled, node, root, runOrExit } from './install.mjs';

const brokenModel = 'examples/digits/broken.onnx';

ensureInstalled();
runOrExit(node, [`${root}scripts/build.mjs`]);

show('The scan of examples/', ['scan', 'examples']);
show(`The statistics stored in ${brokenModel}`, ['inspect', brokenModel]);

if (!process.argv.includes('--no-editor')) {
  runOrExit(node, [`${root}scripts/vscode/open.ts`]);
}

/** Exit code 1 says that there are findings: here they are what we want to see. */
function show(title, args) {
  console.log(`\n── ${title}: node dist/cli.js ${args.join(' ')}\n`);
  const { status } = spawnSync(node, [`${root}dist/cli.js`, ...args], {
    cwd: root,
    stdio: 'inherit',
  });
  if (status !== 0 && status !== 1) process.exit(status ?? 2);
}
