/** Lines of a notebook that are not Python and install packages or set variables. */

import type { RangedText } from '../../base/textRange';
import type { PyModule } from '../../python/nodes';
import type { Site } from '../../semantics/value';
import type { VersionStatement } from './environment';
import { readRequirement } from './requirement';

interface Commanding {
  readonly path: string;
  readonly module: PyModule;
  /** Magics and shell lines as the notebook has them; in the module they are comments. */
  readonly commands: readonly RangedText[];
}

const install = /(?:^|[\s!%;&"'])(?:pip[\d.]*|conda|mamba|uv pip)\s+install\s+(?<wishes>.*)$/;
const colabVersion = /^\s*%tensorflow_version\s+(?<major>[12])(?:\.x)?/;
const variable = /^\s*(?:%env|%set_env|!?export)\s+(?<name>\w+)\s*=?\s*["']?(?<value>[\w.]+)/;

/** What `!pip install tensorflow==2.15` and `%tensorflow_version 1.x` say. */
export function commandStatements({ path, commands }: Commanding): readonly VersionStatement[] {
  return commands.flatMap(({ text, range }) => {
    const wishes = install.exec(text)?.groups?.['wishes'] ?? '';
    const words = wishes.split(/\s+/).map((word) => word.replace(/^["']|["']$/g, ''));
    const site = { path, range };
    const installed = words.flatMap((word): readonly VersionStatement[] => {
      const wish = word.startsWith('-') ? undefined : readRequirement(word);
      return wish === undefined
        ? []
        : [{ ...wish, isLocked: false, text: `Installed here: \`${wish.written}\``, site }];
    });
    const major = colabVersion.exec(text)?.groups?.['major'];
    return major === undefined
      ? installed
      : [
          {
            framework: 'tensorflow' as const,
            ranges: [major === '1' ? '<2' : '>=2'],
            isLocked: false,
            text: `TensorFlow ${major} is chosen here`,
            site,
          },
        ];
  });
}

/** What `%env KERAS_BACKEND=jax` sets. */
export function commandVariables({ path, commands }: Commanding): readonly {
  readonly name: string;
  readonly value: string;
  readonly site: Site;
}[] {
  return commands.flatMap(({ text, range }) => {
    const { name, value } = variable.exec(text)?.groups ?? {};
    return name === undefined || value === undefined
      ? []
      : [{ name, value, site: { path, range } }];
  });
}
