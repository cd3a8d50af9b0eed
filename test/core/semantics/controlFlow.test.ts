import { describe, expect, it } from 'vitest';
import { valueAfter } from './runPython';

/** `log` holds what happens, in the order in which it happens; `?` marks what may be left out. */
function orderOf(code: string): string {
  return valueAfter(`log = []\n${code}`, 'log');
}

function check(cases: readonly (readonly [what: string, code: string, order: string])[]): void {
  it.each(cases)('%s', (_, code, order) => {
    expect(orderOf(code)).toBe(order);
  });
}

const say = 'def say(x):\n  log.append(x)\n';

describe('what reaches a statement', () => {
  check([
    ['nothing behind a return', `def f():\n  log.append(1)\n  return\n  log.append(2)\nf()`, '[1]'],
    [
      'nothing behind a raise',
      `def f():\n  log.append(1)\n  raise E\n  log.append(2)\ntry:\n  f()\nexcept E:\n  pass`,
      '[1?]',
    ],
    ['nothing behind sys.exit', `import sys\nlog.append(1)\nsys.exit()\nlog.append(2)`, '[1]'],
    [
      'an early return leaves the rest open',
      `def f():\n  if unknown:\n    return\n  log.append(1)\nf()`,
      '[1?]',
    ],
    [
      'both ways of an unknown test',
      `if unknown:\n  log.append(1)\nelse:\n  log.append(2)\nlog.append(3)`,
      '[1?, 2?, 3]',
    ],
    [
      'the handler, before or after the body',
      `try:\n  log.append(1)\nexcept E:\n  log.append(2)\nlog.append(3)`,
      '[1?, 2?, 3]',
    ],
    [
      'finally behind a return',
      `def f():\n  try:\n    return log.append(1)\n  finally:\n    log.append(2)\nf()`,
      '[1, 2]',
    ],
    [
      'finally behind a break',
      `for i in [1, 2]:\n  try:\n    log.append(i)\n    break\n  finally:\n    log.append(3)`,
      '[1, 3]',
    ],
    [
      'finally behind a continue',
      `for i in [1, 2]:\n  try:\n    continue\n  finally:\n    log.append(i)`,
      '[1, 2]',
    ],
    [
      'finally behind an exception',
      `try:\n  try:\n    raise E\n  finally:\n    log.append(1)\nexcept E:\n  log.append(2)`,
      '[1?, 2]',
    ],
    ['else of a loop without break', `for i in [1]:\n  pass\nelse:\n  log.append(1)`, '[1]'],
    ['no else of a loop with break', `for i in [1]:\n  break\nelse:\n  log.append(1)`, '[]'],
    ['a function that is only defined', `def f():\n  log.append(1)\nlog.append(2)`, '[2]'],
    ['what stands under the main guard', `if __name__ == "__main__":\n  log.append(1)`, '[1]'],
  ]);
});

describe('what comes before what', () => {
  check([
    ['statements', `${say}say(1)\nsay(2)`, '[1, 2]'],
    ['calls inside calls', `${say}def f():\n  say(2)\nsay(1)\nf()\nsay(3)`, '[1, 2, 3]'],
    ['arguments before the call', `${say}def f(a):\n  say(2)\nf(say(1))`, '[1, 2]'],
    ['a loop of known length', `${say}for i in [1, 2]:\n  say(i)\n  say(9)`, '[1, 9, 2, 9]'],
    [
      'a loop of unknown length',
      `${say}say(1)\nfor i in unknown:\n  say(2)\nsay(3)`,
      '[1, 2?, 2?, 3]',
    ],
    [
      'functions in one loop',
      `${say}def a():\n  say(1)\ndef b():\n  say(2)\nfor i in unknown:\n  a()\n  b()`,
      '[1?, 2?, 1?, 2?]',
    ],
    ['a constructor', `${say}class A:\n  def __init__(self):\n    say(2)\nsay(1)\nA()`, '[1, 2]'],
    [
      'the end of a with',
      `class C:\n  def __enter__(self):\n    log.append(1)\n  def __exit__(self, *a):\n    log.append(3)\nwith C():\n  log.append(2)\nlog.append(4)`,
      '[1, 2, 3, 4]',
    ],
    [
      'the end of a with behind a return',
      `class C:\n  def __enter__(self):\n    log.append(1)\n  def __exit__(self, *a):\n    log.append(3)\ndef f():\n  with C():\n    return log.append(2)\nf()\nlog.append(4)`,
      '[1, 2, 3, 4]',
    ],
    [
      'a generator as a context',
      `from contextlib import contextmanager\n@contextmanager\ndef c():\n  log.append(1)\n  yield\n  log.append(3)\nwith c():\n  log.append(2)\nlog.append(4)`,
      '[1, 2, 3, 4]',
    ],
    [
      'a generator as a context with finally',
      `import contextlib\n@contextlib.contextmanager\ndef c():\n  log.append(1)\n  try:\n    yield\n  finally:\n    log.append(3)\nwith c() as x:\n  log.append(2)`,
      '[1, 2, 3]',
    ],
    [
      'a lazy property',
      `class A:\n  @property\n  def v(self):\n    log.append(2)\nlog.append(1)\nA().v`,
      '[1, 2]',
    ],
    [
      'a decorated main',
      `import hydra\n@hydra.main(config_path="c")\ndef main(cfg):\n  log.append(1)\nif __name__ == "__main__":\n  main()`,
      '[1]',
    ],
  ]);
});
