/** Edits that keep a part of a model in evaluation mode while the rest is trained. */

import type { TextRange } from '../base/textRange';
import type { PyModule } from '../python/nodes';
import { callAt, definitionsAround, functionsAround, nodesIn } from '../python/walk';
import type { Site } from '../semantics/value';
import type { TextEdit } from './fix';
import { insertAfter, insertAfterStatement } from './statements';

/** A place where something is said to a part: `self.backbone.eval()`. */
interface Frozen {
  readonly path: string;
  readonly module: PyModule;
  /** The call on the part that freezes it. */
  readonly range: TextRange;
  /** Where `.train()` is called on what the part is in. */
  readonly trainSites: readonly Site[];
}

/** The part as it is written, when code elsewhere could write it the same way. */
export function partName(module: PyModule, range: TextRange): string | undefined {
  const callee = callAt(module, range)?.callee;
  const text =
    callee?.kind === 'attribute'
      ? module.text.slice(callee.object.range.start, callee.object.range.end)
      : undefined;
  return text !== undefined && /^[A-Za-z_][\w.]*$/.test(text) && text !== 'self' ? text : undefined;
}

/** `part.eval()` wherever training mode is set, or a `train` of the class that sees to it. */
export function keepInEvaluation(frozen: Frozen): readonly TextEdit[] {
  const part = partName(frozen.module, frozen.range);
  if (part === undefined) {
    return [];
  }
  return part.startsWith('self.') ? overrideTrain(frozen, part) : evaluateAfter(frozen, part);
}

function evaluateAfter(frozen: Frozen, part: string): readonly TextEdit[] {
  const { path, module, range, trainSites } = frozen;
  const line = `${part}.eval()`;
  if (trainSites.length === 0) {
    const edit = insertAfter({ path, module, range }, [line]);
    return edit ? [edit] : [];
  }
  const edits = trainSites.map((site) =>
    isAtHand(part, site, frozen)
      ? insertAfter({ path, module, range: site.range }, [line])
      : undefined,
  );
  return edits.every((edit) => edit !== undefined) ? edits : [];
}

/** Whether the name means the same where training mode is set. */
function isAtHand(part: string, site: Site, { path, module, range }: Frozen): boolean {
  const [from] = functionsAround(module, range);
  const [to] = functionsAround(module, site.range);
  const [base] = part.split('.');
  const isHidden = (): boolean =>
    to?.parameters.some(({ name }) => name === base) === true ||
    nodesIn(to?.body).some(
      (node) =>
        node.kind === 'assign' &&
        node.targets.some((target) => target.kind === 'name' && target.id === base),
    );
  return site.path === path && (from === to || (from === undefined && !isHidden()));
}

/** A method after the one that freezes; beside the part itself, which is born in training mode. */
function overrideTrain({ path, module, range }: Frozen, part: string): readonly TextEdit[] {
  const [method, type] = definitionsAround(module, range);
  if (
    method?.kind !== 'function' ||
    type?.kind !== 'class' ||
    type.body.some((own) => own.kind === 'function' && own.name === 'train')
  ) {
    return [];
  }
  const here = insertAfter({ path, module, range }, [`${part}.eval()`]);
  const override = insertAfterStatement(method, { path, module }, [
    '',
    'def train(self, mode=True):',
    '    super().train(mode)',
    `    ${part}.eval()`,
    '    return self',
  ]);
  return here && override ? [here, override] : [];
}
