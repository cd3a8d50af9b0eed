/** Edits that carry buffers over where a loop carries parameters over. */

import type { TextRange } from '../base/textRange';
import type { Expression, For, PyModule } from '../python/nodes';
import { callAt, functionsAround, holds } from '../python/walk';
import type { TextEdit } from './fix';
import { insertAfter, insertAfterStatement } from './statements';

interface Loop {
  readonly path: string;
  readonly module: PyModule;
  /** `target.parameters()` in the head of the loop. */
  readonly target: TextRange;
  /** `source.parameters()` in the head of the loop. */
  readonly source: TextRange;
}

/** A second loop, which copies: `num_batches_tracked` is a whole number and cannot be averaged. */
export function copyBuffersAfter({ path, module, target, source }: Loop): TextEdit | undefined {
  const loop = loopOver(module, target);
  const names = loop && [nameFor(loop, target), nameFor(loop, source)];
  const [own, other] = names ?? [];
  if (loop === undefined || own === undefined || other === undefined) {
    return undefined;
  }
  const head = module.text.slice(loop.range.start, loop.iterable.range.end);
  const buffers = head.replace(/\.(named_)?parameters\(/g, '.$1buffers(');
  return insertAfterStatement(loop, { path, module }, [
    `${buffers}:`,
    `    ${own}.data.copy_(${other}.data)`,
  ]);
}

/** A loop that copies, after the statement that writes all parameters of the target at once. */
export function copyBuffersAfterCall({ path, module, target, source }: Loop): TextEdit | undefined {
  const own = netText(module, target);
  const other = netText(module, source);
  const [scope] = functionsAround(module, target);
  const [sourceScope] = functionsAround(module, source);
  const isAtHand = scope?.range.start === sourceScope?.range.start && source.start < target.start;
  return own === undefined || other === undefined || !isAtHand
    ? undefined
    : insertAfter({ path, module, range: target }, [
        `for target_buffer, buffer in zip(${own}.buffers(), ${other}.buffers()):`,
        '    target_buffer.copy_(buffer)',
      ]);
}

/** The model whose parameters are read here, when it is a name or an attribute. */
function netText(module: PyModule, range: TextRange): string | undefined {
  const callee = callAt(module, range)?.callee;
  const net = callee?.kind === 'attribute' ? callee.object.range : undefined;
  const text = net && module.text.slice(net.start, net.end);
  return text !== undefined && /^[\w.]+$/.test(text) ? text : undefined;
}

function loopOver(module: PyModule, range: TextRange): For | undefined {
  for (const node of module.nodes) {
    if (node.kind === 'for' && holds(node.iterable.range, range)) {
      return node;
    }
  }
  return undefined;
}

/** What `zip` binds to the members of the iterable that stands there. */
function nameFor({ target, iterable }: For, range: TextRange): string | undefined {
  if (iterable.kind !== 'call' || target.kind !== 'tuple') {
    return undefined;
  }
  const index = iterable.args.findIndex(({ value }) => holds(value.range, range));
  const bound = target.elements[index];
  return bound && lastName(bound);
}

/** `param` in `name, param`. */
function lastName(target: Expression): string | undefined {
  const inner = target.kind === 'tuple' ? target.elements.at(-1) : target;
  return inner?.kind === 'name' ? inner.id : undefined;
}
