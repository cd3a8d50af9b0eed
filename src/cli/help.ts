/** What `--help` says below the options of `scan` and `merge`. */

import { scanFormats } from '../core/report/scanFormats';
import { exitHelp } from './exitHelp';

const formats = Object.entries(scanFormats)
  .map(([name, { summary }]) => `  ${name.padEnd(7)} ${summary}`)
  .join('\n');

export const scanHelp = `
Formats:
${formats}

What is scanned:
  Folders are walked for .py and .ipynb files. What git ignores, virtual environments and
  installed packages are left out; a file that is named is scanned whatever it is called. Whether a
  model has BatchNorm may be decided in a file that was not named, so the rest of its project is
  read as well, and not reported.

Configuration:
  The nearest bn-guard.toml, or [tool.bn-guard] in pyproject.toml, above each file. A comment
  "# bn-guard: ignore[BN101] reason" silences a finding on its line.
${exitHelp}

Environment:
  NO_COLOR     no colour, even on a terminal
  FORCE_COLOR  colour, even where there is no terminal

Examples:
  bn-guard scan                                             the folder you are in
  bn-guard scan train.py models/ --diff                     what --fix would change
  bn-guard scan --format sarif --output-file bn-guard.sarif for code scanning
  bn-guard scan --baseline bn-guard-baseline.json           only what is new
  bn-guard scan --select BN101,BN301 --fail-on error        two rules, errors only
  git show HEAD:train.py | bn-guard scan --stdin --stdin-filename train.py`;

export const mergeHelp = `${exitHelp}

Examples:
  bn-guard scan --shard 1/10 --format sarif --output-file part-1.sarif   on each of ten machines
  bn-guard merge part-*.sarif --output-file bn-guard.sarif               when all are done`;
