/** The model process where there is no native build, where memory runs out, and where it crashes. */

import { copyFileSync, cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { writeNode, writeValueInfo } from '../../src/core/onnx/surgery/parts';
import { ProtoWriter } from '../../src/core/onnx/surgery/protoWriter';
import { crashOf } from '../../src/platform/crashText';
import { RuntimeProcess } from '../../src/platform/runtimeProcess';
import type { RuntimeContract } from '../../src/protocol/runtime';
import { differenceOf } from './differenceOf';
import { buildRuntime, temporaryFolder } from './runtimeHost';

const dist = join(import.meta.dirname, '../../dist');
const models = join(import.meta.dirname, '../models');
let modulePath = '';
const open: RuntimeProcess[] = [];

beforeAll(async () => {
  modulePath = await buildRuntime();
}, 60_000);

afterEach(() => {
  for (const runtime of open.splice(0)) {
    runtime.dispose();
  }
});

function start(path: string, memoryLimitMb?: number): RuntimeProcess {
  const runtime = new RuntimeProcess({
    modulePath: path,
    ...(memoryLimitMb === undefined ? {} : { memoryLimitMb }),
  });
  open.push(runtime);
  return runtime;
}

type Observe = RuntimeContract['requests']['observe']['params'];

function request(name: string, sampleCount = 16): Observe {
  const input = { kind: 'synthetic', sampleCount } as const;
  return { path: join(models, `${name}.onnx`), input, passes: ['eval', 'batch'] };
}

/** What the build made, as an extension for another platform has it: no native package anywhere near. */
function withoutNative(): string {
  const folder = temporaryFolder();
  copyFileSync(join(dist, 'runtime.js'), join(folder, 'runtime.js'));
  cpSync(join(dist, 'onnxruntime-web'), join(folder, 'onnxruntime-web'), { recursive: true });
  return join(folder, 'runtime.js');
}

describe('without a native build', () => {
  it.each(['healthy', 'external', 'train_opset9', 'train_opset15', 'half_input'])(
    'WebAssembly gives the same numbers, and the report says so: %s',
    async (name) => {
      const native = await start(modulePath).request('observe', request(name));
      const wasm = await start(withoutNative()).request('observe', request(name));
      if (!native.ok || !wasm.ok) {
        throw new Error(wasm.ok ? 'the native run failed' : wasm.error.message);
      }
      expect(differenceOf(native.value, wasm.value)).toBeLessThan(1e-4);
      expect(wasm.value.verdict.kind).toBe(native.value.verdict.kind);
      expect(wasm.value.problems).toContainEqual({
        kind: 'engine',
        message: expect.stringContaining('WebAssembly') as string,
      });
      expect(native.value.problems.map(({ kind }) => kind)).not.toContain('engine');
    },
  );

  it('says what is missing when there is no WebAssembly either', async () => {
    const runtime = join(temporaryFolder(), 'runtime.js');
    copyFileSync(modulePath, runtime);
    const reply = await start(runtime).request('observe', request('healthy'));
    expect(reply).toMatchObject({ ok: false, error: { kind: 'runtimeMissing' } });
    expect(reply.ok ? '' : reply.error.message).toMatch(/onnxruntime-node.*onnxruntime-web/);
  });
});

describe('a process that takes too much memory', () => {
  it('is ended with a sentence that says how much', async () => {
    const reply = await start(modulePath, 90).request('observe', request('healthy', 20_000));
    expect(reply).toMatchObject({ ok: false, error: { kind: 'crashed', signal: 'SIGKILL' } });
    expect(reply.ok ? '' : reply.error.message).toMatch(
      /took \d+ MB of memory, more than the 90 MB it may.*--batch-size/,
    );
  });

  it('may take what it needs', async () => {
    const reply = await start(modulePath, 2000).request('observe', request('healthy'));
    expect(reply.ok).toBe(true);
  });
});

describe('a process that was killed', () => {
  it('is named by its signal, also where its end is not known yet when it is asked', async () => {
    const runtime = start(modulePath);
    await runtime.request('readModel', request('healthy'));
    process.kill(runtime.pid ?? 0, 'SIGKILL');
    // Nothing is heard of its end meanwhile.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
    const path = 'x'.repeat(10_000_000);
    const reply = await runtime.request('readModel', { path });
    expect(reply).toMatchObject({ ok: false, error: { kind: 'crashed', signal: 'SIGKILL' } });
  });
});

describe('damaged models', () => {
  it('end in an answer within ten seconds, whatever ONNX Runtime makes of them', async () => {
    const folder = temporaryFolder();
    const runtime = start(modulePath, 2000);
    let state = 20_260_101;
    const next = (limit: number): number => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return Math.floor((state / 2 ** 32) * limit);
    };
    const kinds = new Set<string>();
    for (let variant = 0; variant < 60; variant++) {
      const name = ['healthy', 'train_opset15', 'functions', 'external'][variant % 4] ?? '';
      const bytes = readFileSync(join(models, `${name}.onnx`));
      for (let flips = 0; flips < 3; flips++) {
        const at = next(bytes.length);
        bytes[at] = (bytes[at] ?? 0) ^ (1 << next(8));
      }
      const path = join(folder, `${String(variant)}.onnx`);
      writeFileSync(path, bytes);
      const started = performance.now();
      const reply = await runtime.request('observe', { ...request(name, 4), path });
      expect(performance.now() - started).toBeLessThan(10_000);
      kinds.add(reply.ok ? 'ok' : reply.error.kind);
      expect(reply.ok ? 'Fine.' : reply.error.message).toMatch(/^.+[.)]$/s);
    }
    // Some are good still, some are refused by the reader, some by ONNX Runtime.
    expect([...kinds]).toEqual(expect.arrayContaining(['ok', 'notOnnx', 'notRunnable']));
  });
});

/** A BatchNorm behind a function that calls a function that calls a function … */
function deeplyNested(depth: number): Uint8Array {
  const bytes = readFileSync(join(models, 'used_twice.onnx'));
  const model = new ProtoWriter().verbatim(new Uint8Array(bytes));
  model.message(8, new ProtoWriter().text(1, 'deep').int(2, 1));
  for (let level = 0; level < depth; level++) {
    const isLast = level === depth - 1;
    const inner = { inputs: ['a'], outputs: ['b'] };
    const node = isLast
      ? writeNode({ ...inner, opType: 'Relu' })
      : writeNode({ ...inner, opType: `f${String(level + 1)}` }).text(7, 'deep');
    const definition = new ProtoWriter()
      .text(1, `f${String(level)}`)
      .text(4, 'a')
      .text(5, 'b');
    definition.message(7, node).text(10, 'deep');
    definition.message(9, new ProtoWriter().text(1, '').int(2, 15));
    definition.message(9, new ProtoWriter().text(1, 'deep').int(2, 1));
    model.message(25, definition);
  }
  // A second graph is merged with the first.
  const call = writeNode({ opType: 'f0', inputs: ['y'], outputs: ['z'] }).text(7, 'deep');
  const output = writeValueInfo({ name: 'z', elementType: 1, dims: ['N', 3, 4, 4] });
  return model.message(7, new ProtoWriter().message(1, call).message(12, output)).finish();
}

describe('a crash', () => {
  it('inside ONNX Runtime names the signal, the step and the suspicious part', async () => {
    const path = join(temporaryFolder(), 'deep.onnx');
    writeFileSync(path, deeplyNested(5_000));
    const reply = await start(modulePath).request('observe', { ...request('healthy'), path });
    expect(reply).toMatchObject({ ok: false, error: { kind: 'crashed', signal: 'SIGSEGV' } });
    const message = reply.ok ? '' : reply.error.message;
    expect(message).toContain('by signal SIGSEGV');
    expect(message).toContain('It had come to this: Preparing the evaluation pass.');
    expect(message).toContain('Suspicious in the model: functions that call functions, 5000 deep.');
  });

  it('of a BatchNorm that trains inside a branch is prevented', async () => {
    const reply = await start(modulePath).request('observe', request('crashing'));
    expect(reply.ok ? reply.value.layers.length : reply.error.message).toBe(1);
  });

  const ending = {
    exitCode: null,
    signal: 'SIGKILL',
    words: '',
    progress: undefined,
    suspects: [],
  };

  it.each([
    [ending, /signal SIGKILL, as a system does that is out of memory/],
    [{ ...ending, signal: 'SIGABRT', words: 'JavaScript heap out of memory' }, /ran out of memory/],
    [
      { ...ending, signal: null, exitCode: 134, words: 'abort' },
      /exit code 134.*last words: abort/,
    ],
    [
      { ...ending, suspects: ['a', 'b', 'c', 'd', 'e'] },
      /Suspicious in the model: a; b; c; and 2 more\./,
    ],
  ])('is told in words: %#', (each, text) => {
    expect(crashOf(each).message).toMatch(text);
  });
});
