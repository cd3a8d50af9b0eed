import { describe, expect, it } from 'vitest';
import { stepsFor, valueAfter } from './runPython';

/** `f0`, then functions that each return what they make of those before. */
function chain(length: number, body: (index: number) => string): string {
  const rest = Array.from({ length }, (_, index) => `def f${String(index + 1)}(): ${body(index)}`);
  return ['import os\ndef f0(): return 1', ...rest, ''].join('\n');
}

describe('a call that was read before', () => {
  it('is not read again, however deeply calls nest', () => {
    const code = chain(30, (index) => {
      const before = [index, index - 2, index - 5].filter((own) => own >= 0);
      return `return ${before.map((own) => `os.stat(f${String(own)}())`).join(' or ')}`;
    });
    expect(stepsFor(`${code}x = f30()`)).toBeLessThan(200);
  });

  it('is read again when less was read of it than can be', () => {
    const code = chain(20, (index) => `return f${String(index)}()`);
    expect(valueAfter(`${code}y = f20()\nx = f5()`, 'y')).toBe('?');
    expect(valueAfter(`${code}y = f20()\nx = f5()`)).toBe('1');
  });

  it('is read again when it was called by a function that it calls', () => {
    const code = 'def a():\n  b()\n  return 7\ndef b(): return a()\n';
    expect(valueAfter(`${code}a()\nx = b()`)).toBe('7');
  });

  it('knows that a global variable was set in between', () => {
    const code = 'n = 1\ndef get(): return n\ndef set(i):\n  global n\n  n = i\n';
    expect(valueAfter(`${code}get()\nset(2)\nx = get()`)).toBe('2');
  });

  it('keeps what it did to a list on its only way out', () => {
    const code = 'def add(own):\n  y = [3]\n  own.append(y[0])\n  return own\n';
    expect(valueAfter(`${code}z = []\nx = add(z) + add(z)`)).toBe('[3, 3, 3, 3]');
  });
});
