// npm test: installs what tests need, then runs all of them with the Node of the lock file.
// Names of parts run those alone: npm test -- unit workbench
import { ensureInstalled, node, root, runOrExit } from './install.mjs';

ensureInstalled();
runOrExit(node, [`${root}scripts/test/main.ts`, ...process.argv.slice(2)]);
