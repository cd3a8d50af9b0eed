/**
 * What the model engine costs on a ResNet-50 of 102 MB: reading it, observing it against a plain
 * run, the memory of both ways of delivering weights, and the time to a verdict on 32 images.
 *
 * Every round runs the plain model and the observed ones right after each other, with the same
 * samples, threads and options. Other work on the machine comes and goes, so what counts is the median
 * over the rounds of a round's own ratio. CPU time is printed beside wall time, because it hardly sees
 * that other work.
 */

import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describeModel, openModel } from '../../src/core/onnx/describeModel';
import { isBatchNorm, readBatchNorm } from '../../src/core/onnx/batchNorm';
import { mainFrame, placedNodes } from '../../src/core/onnx/frame';
import { findRecentrable } from '../../src/core/onnx/surgery/recentre';
import { instrumentModel } from '../../src/core/onnx/surgery/instrument';
import type { WeightsDelivery } from '../../src/core/onnx/surgery/rewrite';
import { syntheticTensor } from '../../src/core/tensors/synthetic';
import { openFileSource } from '../../src/platform/fileByteSource';
import { RuntimeProcess } from '../../src/platform/runtimeProcess';
import {
  type LeanLayers,
  leanLayersOf,
  readProbes,
  shiftsOf,
} from '../../src/runtime/probeOutputs';
import { loadRuntime } from '../../src/runtime/node/loadRuntime';
import { type Session, openSession, runSession } from '../../src/runtime/session';
import { percentile } from './measured';
import { writeResNet50 } from './resnet50';

const folder = resolve('out/bench');
const fileName = 'resnet50.onnx';
const path = resolve(folder, fileName);
const readRounds = 7;
const runRounds = 30;
const megabyte = 1024 * 1024;

const noBytes = (): undefined => undefined;

/** @returns the value, or ends the benchmark with the reason */
function must<T>(result: { ok: true; value: T } | { ok: false; error: unknown }): T {
  if (!result.ok) {
    throw new Error(JSON.stringify(result.error));
  }
  return result.value;
}

function images(count: number) {
  const tensor = syntheticTensor({
    name: 'input',
    dtype: 'float32',
    shape: [count, 3, 224, 224],
  });
  if (tensor === undefined) {
    throw new Error('no synthetic images');
  }
  return tensor;
}

function benchRead(): void {
  const times: number[] = [];
  let bytesRead = 0;
  for (let round = 0; round < readRounds; round++) {
    const source = must(openFileSource(path));
    const startedMs = performance.now();
    must(describeModel(source, { path, openExternal: noBytes }));
    times.push(performance.now() - startedMs);
    ({ bytesRead } = source);
    source.close();
  }
  const { byteLength } = must(openFileSource(path));
  const share = (100 * bytesRead) / byteLength;
  console.log(
    `read: first ${(times[0] ?? NaN).toFixed(0)} ms, best ${Math.min(...times).toFixed(0)} ms, ` +
      `${(bytesRead / 1000).toFixed(0)} kB of ${(byteLength / 1e6).toFixed(0)} MB = ${share.toFixed(2)} % (budget 2 %)`,
  );
}

function instrumented(weights: WeightsDelivery, lean: LeanLayers) {
  const source = must(openFileSource(path));
  const { file, model } = must(openModel(source));
  const frame = mainFrame(model);
  const reader = { file, openExternal: noBytes };
  const batchNorms = [...placedNodes(model, frame)]
    .filter(isBatchNorm)
    .map((place, index) => ({ index, node: readBatchNorm(reader, place) }));
  return {
    batchNorms,
    recentrable: findRecentrable({ reader, model, frame }, batchNorms),
    ...instrumentModel({
      ...{ reader, model, frame, batchNorms, weights },
      pass: 'eval',
      batch: 'free',
      keepsOutputs: true,
      probeKind: (index) => (lean.has(index) ? 'lean' : 'careful'),
      shifts: shiftsOf(lean),
    }),
  };
}

const reference: WeightsDelivery = { kind: 'reference', fileName };

async function benchRun(): Promise<void> {
  const runtime = must(await loadRuntime());
  const tensors = [images(8)];
  const careful = instrumented(reference, new Map());
  const carefulSession = must(
    await openSession(runtime, { bytes: careful.bytes, folder, weightFiles: [] }),
  );
  const read = readProbes(must(await runSession(runtime, carefulSession, tensors)), {
    ...careful,
    sampleCount: 8,
    leanLayers: new Map(),
  });
  const lean: LeanLayers =
    read === undefined ? new Map() : leanLayersOf(careful.batchNorms, read, careful.recentrable);
  const leanModel = instrumented(reference, lean);
  const sessions: Readonly<Record<string, Session>> = {
    plain: await runtime.InferenceSession.create(path, { logSeverityLevel: 3 }),
    careful: carefulSession,
    lean: must(await openSession(runtime, { bytes: leanModel.bytes, folder, weightFiles: [] })),
  };
  const costs = Object.entries(sessions).map(([name, session]) => ({
    ...{ name, session },
    wall: [0],
    cpu: [0],
  }));
  for (let round = 0; round < runRounds; round++) {
    for (const cost of costs) {
      const [startedMs, startedCpu] = [performance.now(), process.cpuUsage()];
      must(await runSession(runtime, cost.session, tensors));
      const { user, system } = process.cpuUsage(startedCpu);
      cost.wall[round] = performance.now() - startedMs;
      cost.cpu[round] = (user + system) / 1000;
    }
  }
  console.log(`lean probes serve ${String(lean.size)} of ${String(careful.probes.length)} layers`);
  const [plain] = costs;
  for (const { name, wall, cpu } of costs) {
    const ratio = (own: readonly number[], others: readonly number[] = []): string => {
      const ratios = own.map((value, round) => value / (others[round] ?? NaN));
      return `median ${percentile(own, 0.5).toFixed(0)} ms, ${percentile(ratios, 0.5).toFixed(2)} ×`;
    };
    const budget = name === 'lean' ? ' (budget 1.15 ×)' : '';
    console.log(
      `run of 8 images, ${name}: wall ${ratio(wall, plain?.wall)}, CPU ${ratio(cpu, plain?.cpu)}${budget}`,
    );
  }
}

/** Runs in a process of its own, so that its peak is its own. */
async function measureDelivery(kind: string): Promise<void> {
  const weights: WeightsDelivery = kind === 'skeleton' ? reference : { kind: 'copy' };
  const runtime = must(await loadRuntime());
  const { bytes } = instrumented(weights, new Map());
  const session = must(await openSession(runtime, { bytes, folder, weightFiles: [] }));
  must(await runSession(runtime, session, [images(8)]));
  const peak = process.resourceUsage().maxRSS / 1024;
  console.log(
    `${kind}: ${(bytes.length / 1000).toFixed(0)} kB handed over, peak ${peak.toFixed(0)} MB in the model process`,
  );
}

function npyOf(count: number): string {
  const tensor = images(count);
  const header = `{'descr': '<f4', 'fortran_order': False, 'shape': (${tensor.shape.join(', ')}), }\n`;
  const head = Buffer.from([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, header.length, 0]);
  const file = resolve(folder, 'images.npy');
  const { buffer } = Float32Array.from(tensor.data as Float32Array);
  writeFileSync(file, Buffer.concat([head, Buffer.from(header), Buffer.from(buffer)]));
  return file;
}

async function benchVerdict(): Promise<void> {
  const images32 = npyOf(32);
  const runtime = new RuntimeProcess({ modulePath: resolve('dist/runtime.js') });
  const startedMs = performance.now();
  const reply = await runtime.request('observe', {
    path,
    input: { kind: 'file', path: images32 },
    passes: ['eval', 'batch'],
  });
  const seconds = (performance.now() - startedMs) / 1000;
  runtime.dispose();
  const { verdict, layers } = must(reply);
  console.log(
    `verdict on 32 images: ${seconds.toFixed(1)} s with both passes and start (budget 6 s), ` +
      `${String(layers.length)} layers, "${verdict.kind}"; parent peak ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MB`,
  );
}

const [only] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });
if (!existsSync(path)) {
  writeResNet50(path);
}
if (only !== undefined) {
  await measureDelivery(only);
} else {
  benchRead();
  await benchVerdict();
  for (const kind of ['skeleton', 'splice']) {
    spawnSync(process.execPath, [process.argv[1] ?? '', kind], { stdio: 'inherit' });
  }
  await benchRun();
  console.log(`this process: ${(process.memoryUsage().rss / megabyte).toFixed(0)} MB at the end`);
}
