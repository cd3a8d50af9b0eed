import { describe, expect, it } from 'vitest';
import { type ModelSource, type PanelEditor, PanelSession } from '../../src/client/onnx/session';
import { ok, type Result } from '../../src/core/base/result';
import type { ObservationDto } from '../../src/protocol/observation';
import type {
  ImagesChoice,
  InputChoice,
  InputFitDto,
  PanelError,
  PanelHostContract,
  PanelViewContract,
} from '../../src/protocol/onnxPanel';
import { presets } from '../../src/protocol/preprocessing';
import { Peer } from '../../src/protocol/rpc';
import { pack, shippedBytes, unpack } from '../protocol/webviewChannel';
import {
  copyOfModel,
  otherModel,
  sampleComparison,
  sampleNeighbours,
  sampleObservation,
  sampleRepair,
  sampleReport,
} from './sampleModel';

const report = sampleReport({ channels: [4, 2048], untouched: [0] });
const npz: InputChoice = { kind: 'file', uri: 'file:///d/x.npz', fileName: 'x.npz' };
const crashed: PanelError = { kind: 'crashed', message: 'The process ended with SIGSEGV.' };

const photos: ImagesChoice = {
  kind: 'images',
  uri: 'file:///d/photos',
  fileName: 'photos',
  preprocessing: presets.unit,
};
const picture = {
  fileName: 'a.png',
  width: 1,
  height: 1,
  rgba: Uint8ClampedArray.of(1, 2, 3, 255),
};

interface Bench {
  readonly view: Peer<PanelViewContract, PanelHostContract>;
  readonly session: PanelSession;
  readonly remembered: InputChoice[];
  readonly shipped: number[];
  readonly calls: string[];
}

/** Session and webview end, over a channel that carries what VS Code's carries. */
function connect(source: Partial<ModelSource> = {}, editor: Partial<PanelEditor> = {}): Bench {
  const remembered: InputChoice[] = [];
  const shipped: number[] = [];
  const calls: string[] = [];
  const session = new PanelSession(
    {
      fileName: 'broken.onnx',
      readModel: () => {
        calls.push('readModel');
        return Promise.resolve(ok(report));
      },
      observe: () => Promise.resolve(ok(sampleObservation(report))),
      previewPictures: () => Promise.resolve(ok({ fileCount: 2, pictures: [picture] })),
      tryInput: () => Promise.resolve(ok(sampleObservation(report))),
      tryNeighbours: () => Promise.resolve(ok(sampleNeighbours)),
      compare: () => Promise.resolve(ok(sampleComparison(report))),
      repair: () => Promise.resolve(ok(sampleRepair)),
      cancel: () => {
        calls.push('cancel');
      },
      ...source,
    },
    {
      isTrusted: () => true,
      pickInput: () => Promise.resolve(npz),
      resolveDrop: () => Promise.resolve(ok(npz)),
      saveFile: ({ suggestedName }) => Promise.resolve(ok(suggestedName)),
      pickModel: () => Promise.resolve(otherModel),
      nameCopy: () => Promise.resolve(copyOfModel),
      manageTrust: () => Promise.resolve(),
      rememberInput: (input) => remembered.push(input),
      onProgress: (progress) => {
        host.emit('progress', progress);
      },
      ...editor,
    },
  );
  const host = new Peer<PanelHostContract, PanelViewContract>((message) => {
    const packed = pack(message);
    shipped.push(shippedBytes(packed));
    queueMicrotask(() => {
      view.receive(unpack(packed));
    });
  }, session.handlers);
  const view: Bench['view'] = new Peer((message) => {
    const packed = pack(message);
    queueMicrotask(() => {
      host.receive(unpack(packed));
    });
  }, {});
  return { view, session, remembered, shipped, calls };
}

type Observed = Result<ObservationDto, PanelError>;

/** An observation that ends when the test says so. */
function deferredObservation(): {
  readonly promise: Promise<Observed>;
  readonly resolve: (reply: Observed) => void;
} {
  let settle: (reply: Observed) => void = () => undefined;
  const promise = new Promise<Observed>((resolve) => {
    settle = resolve;
  });
  return {
    promise,
    resolve: (reply) => {
      settle(reply);
    },
  };
}

function valueOf<T>(reply: Result<T, { readonly message: string }>): T {
  if (!reply.ok) {
    throw new Error(reply.error.message);
  }
  return reply.value;
}

describe('the panel asks its session', () => {
  it('for the model, and gets every layer with its flags', async () => {
    const { view } = connect();
    const { model, run, underWay } = valueOf(await view.request('readModel', {}));
    expect(model.layers.map(({ channels }) => channels)).toEqual([4, 2048]);
    expect(model.layers[0]?.flags).toMatchObject([
      { code: 'S1', severity: 'error', title: 'never updated or never loaded' },
    ]);
    expect([run, underWay]).toEqual([null, null]);
  });

  it('and two layers of one name are told apart by their nodes', async () => {
    const layers = report.layers.map((layer) => ({ ...layer, name: 'bn' }));
    const { view } = connect({ readModel: () => Promise.resolve(ok({ ...report, layers })) });
    const { model } = valueOf(await view.request('readModel', {}));
    expect(model.layers.map(({ name }) => name)).toEqual(['stage0.bn0', 'stage0.bn1']);
  });

  it('for the numbers of a layer, which arrive exactly and alone', async () => {
    const { view, shipped } = connect();
    await view.request('readModel', {});
    shipped.length = 0;
    const [layer] = valueOf(await view.request('readLayers', { first: 0, count: 1 }));
    expect(layer?.variance).toEqual(Float64Array.of(1, 1, 1, 1));
    expect(shipped).toEqual([4 * 4 * 8]);
  });

  it('for layers after the last and gets none', async () => {
    const { view } = connect();
    await view.request('readModel', {});
    expect(valueOf(await view.request('readLayers', { first: 2, count: 5 }))).toEqual([]);
  });

  it('with nonsense and gets an answer, not silence', async () => {
    const { view } = connect();
    await view.request('readModel', {});
    const reply = await view.request('readLayers', { first: -1, count: NaN });
    expect(reply).toMatchObject({ ok: false, error: { kind: 'badRequest' } });
  });

  it('to run, and gets a verdict, then layers with what was observed', async () => {
    const { view, remembered } = connect();
    await view.request('readModel', {});
    const run = valueOf(await view.request('observe', { input: npz }));
    expect(run.passes).toEqual(['eval', 'batch']);
    expect(run.medianKl.batch).toHaveLength(2);
    expect(run.verdict.nextSteps.length).toBeGreaterThan(0);
    expect(remembered).toEqual([npz]);
    const [layer] = valueOf(await view.request('readLayers', { first: 1, count: 1 }));
    expect(layer?.runId).toBe(run.id);
    expect(layer?.observed.eval?.z).toHaveLength(2048);
  });

  it('again after it was rebuilt, and gets the last run back', async () => {
    const { view, calls } = connect();
    await view.request('readModel', {});
    const first = valueOf(await view.request('observe', { input: npz }));
    const { run } = valueOf(await view.request('readModel', {}));
    expect(run).toEqual(first);
    expect(calls).toEqual(['readModel']);
  });

  it('and a median that cannot be had arrives as NaN, not as null', async () => {
    const observation = sampleObservation(report);
    const layers = observation.layers.map((layer) => ({
      ...layer,
      eval: layer.eval && { ...layer.eval, medianKl: undefined },
    }));
    const { view } = connect({ observe: () => Promise.resolve(ok({ ...observation, layers })) });
    await view.request('readModel', {});
    const run = valueOf(await view.request('observe', { input: npz }));
    expect(run.medianKl.eval?.[0]).toBeNaN();
  });
});

describe('a run', () => {
  it('is refused in an untrusted workspace', async () => {
    const { view, remembered } = connect({}, { isTrusted: () => false });
    await view.request('readModel', {});
    const reply = await view.request('observe', { input: npz });
    expect(reply).toMatchObject({ ok: false, error: { kind: 'untrusted' } });
    expect(remembered).toEqual([]);
  });

  it('that dies leaves the model readable and can be tried again', async () => {
    const replies: Result<ObservationDto, PanelError>[] = [
      { ok: false, error: crashed },
      ok(sampleObservation(report)),
    ];
    const { view } = connect({
      observe: () => Promise.resolve(replies.shift() ?? { ok: false, error: crashed }),
    });
    await view.request('readModel', {});
    expect(await view.request('observe', { input: npz })).toEqual({ ok: false, error: crashed });
    expect(valueOf(await view.request('readLayers', { first: 0, count: 1 }))).toHaveLength(1);
    expect((await view.request('observe', { input: npz })).ok).toBe(true);
  });

  it('is joined by a page that was built while it went on', async () => {
    const end = deferredObservation();
    const { view } = connect({ observe: () => end.promise });
    await view.request('readModel', {});
    const running = view.request('observe', { input: npz });
    expect(valueOf(await view.request('readModel', {})).underWay).toBe('run');
    const joined = view.request('awaitWork', {});
    expect(await view.request('observe', { input: npz })).toMatchObject({ ok: false });
    end.resolve(ok(sampleObservation(report)));
    const run = valueOf(await running);
    expect(valueOf(await joined)).toEqual({ kind: 'run', result: run });
    expect(valueOf(await view.request('readModel', {})).underWay).toBeNull();
  });

  it('of a file that changed meanwhile is dropped, and says so', async () => {
    const end = deferredObservation();
    const { view, session } = connect({ observe: () => end.promise });
    await view.request('readModel', {});
    const running = view.request('observe', { input: npz });
    expect(valueOf(await view.request('readModel', {})).underWay).toBe('run');
    session.forget();
    end.resolve(ok(sampleObservation(report)));
    expect(await running).toMatchObject({ ok: false, error: { kind: 'failed' } });
  });

  it('reports its progress', async () => {
    const progress = { stage: 'running' as const, fraction: 0.5, message: 'Half' };
    const { view } = connect({
      observe: (_, onProgress) => {
        onProgress(progress);
        return Promise.resolve(ok(sampleObservation(report)));
      },
    });
    const seen: unknown[] = [];
    view.on('progress', (body) => seen.push(body));
    await view.request('readModel', {});
    await view.request('observe', { input: npz });
    expect(seen).toEqual([progress]);
  });

  it('is cancelled through the source', async () => {
    const { view, calls } = connect();
    await view.request('cancel', {});
    expect(calls).toEqual(['cancel']);
  });
});

describe('the channel to the webview', () => {
  it('loses a NaN outside typed arrays, which is why none may stand there', () => {
    expect(unpack(pack({ value: NaN }))).toEqual({ value: null });
  });

  it('ships the whole buffer of a view', () => {
    const whole = new Float64Array(1000);
    expect(shippedBytes(pack(whole.subarray(0, 1)))).toBe(8000);
    expect(shippedBytes(pack(whole.slice(0, 1)))).toBe(8);
  });
});

describe('a form about pictures', () => {
  it('is shown them as the model gets them', async () => {
    const { view } = connect();
    const preview = valueOf(await view.request('previewInput', { input: photos }));
    expect(preview.fileCount).toBe(2);
    expect(preview.pictures[0]?.rgba).toEqual(Uint8Array.of(1, 2, 3, 255));
  });

  it('is told what the first layer says', async () => {
    const healthy = sampleReport({ channels: [4, 8] });
    const source = (z: number): Partial<ModelSource> => {
      const seen = sampleObservation(healthy);
      const [first, ...rest] = seen.layers;
      const off = first?.eval && { ...first.eval, medianKl: z, ratio: Float64Array.of(100) };
      const layers = [{ index: 0, batch: undefined, eval: off }, ...rest];
      return {
        readModel: () => Promise.resolve(ok(healthy)),
        tryInput: () => Promise.resolve(ok({ ...seen, layers })),
      };
    };
    const fitOf = async (changes: Partial<ModelSource>): Promise<InputFitDto> => {
      const { view } = connect(changes);
      await view.request('readModel', {});
      return valueOf(await view.request('checkInput', { input: photos }));
    };
    expect(await fitOf(source(0.01))).toMatchObject({ severity: 'ok' });
    const off = await fitOf(source(8));
    expect(off.severity).toBe('warning');
    expect(off.message).toContain('varies 10 times as much as in training');
    const untouched = await fitOf({});
    expect(untouched.message).toContain('cannot say whether these settings fit');
  });

  it('runs nothing in an untrusted workspace', async () => {
    const { view } = connect({}, { isTrusted: () => false });
    await view.request('readModel', {});
    for (const method of ['previewInput', 'checkInput'] as const) {
      const reply = await view.request(method, { input: photos });
      expect(reply).toMatchObject({ ok: false, error: { kind: 'untrusted' } });
    }
  });
});

describe('the experiment with neighbours', () => {
  it('is kept for a page that is built again, until the file changes', async () => {
    const { view, session } = connect();
    await view.request('readModel', {});
    const done = valueOf(await view.request('tryNeighbours', { input: npz, similar: null }));
    expect(done.subjects[0]?.tops?.batchSimilar).toBe(8);
    expect(done.subjects[0]?.differences).toEqual(Float64Array.of(0.01, Infinity, 0.2));
    expect(valueOf(await view.request('readModel', {})).experiment).toEqual(done);
    session.forget();
    expect(valueOf(await view.request('readModel', {})).experiment).toBeNull();
  });
});

describe('a comparison', () => {
  const other = { other: otherModel, input: null };

  it('is by what files store where nothing may run', async () => {
    const { view } = connect({}, { isTrusted: () => false });
    await view.request('readModel', {});
    const compared = valueOf(await view.request('compare', other));
    expect(compared.pairs.map(({ changedChannels }) => changedChannels > 0)).toEqual([true, false]);
    expect([compared.input, compared.better]).toEqual([null, null]);
    expect(compared.observedKl.first[0]).toBeNaN();
    const run = await view.request('compare', { other: otherModel, input: npz });
    expect(run).toMatchObject({ ok: false, error: { kind: 'untrusted' } });
  });

  it('gives what both store for a pair, exactly and alone', async () => {
    const { view, shipped } = connect();
    await view.request('readModel', {});
    await view.request('compare', other);
    shipped.length = 0;
    const pair = valueOf(await view.request('readCompared', { pair: 0 }));
    expect(pair.first.variance).toEqual(Float64Array.of(1, 1, 1, 1));
    expect(pair.second.variance).toHaveLength(4);
    expect(shipped).toEqual([4 * 4 * 8]);
    const none = await view.request('readCompared', { pair: 9 });
    expect(none).toMatchObject({ ok: false, error: { kind: 'badRequest' } });
  });

  it('is kept for a page that is built again, until the file changes', async () => {
    const { view, session } = connect();
    await view.request('readModel', {});
    const done = valueOf(await view.request('compare', other));
    expect(valueOf(await view.request('readModel', {})).comparison).toEqual(done);
    session.forget();
    expect(valueOf(await view.request('readModel', {})).comparison).toBeNull();
  });
});

describe('a repair', () => {
  it('writes to the file that the user names, and says how both modes agree', async () => {
    const outputs: string[] = [];
    const { view } = connect({
      repair: (_, output) => {
        outputs.push(output);
        return Promise.resolve(ok(sampleRepair));
      },
    });
    await view.request('readModel', {});
    const repaired = valueOf(await view.request('repair', { input: npz }));
    expect(outputs).toEqual([copyOfModel.uri]);
    expect(repaired?.copy).toEqual(copyOfModel);
    expect(repaired?.before?.agreements[0]?.sameTop).toBe(0.09);
    expect(repaired?.after.agreements[0]?.sameTop).toBe(1);
    expect(valueOf(await view.request('readModel', {})).repair).toEqual(repaired);
  });

  it('is given up when no file is named', async () => {
    const { view } = connect(
      { repair: () => Promise.reject(new Error('not asked for')) },
      { nameCopy: () => Promise.resolve(null) },
    );
    await view.request('readModel', {});
    expect(valueOf(await view.request('repair', { input: npz }))).toBeNull();
  });

  it.each<[string, InputChoice, boolean, string]>([
    ['random numbers', { kind: 'synthetic' }, true, 'badInput'],
    ['an untrusted workspace', npz, false, 'untrusted'],
  ])('is refused with %s', async (_, input, isTrusted, kind) => {
    const { view } = connect({}, { isTrusted: () => isTrusted });
    await view.request('readModel', {});
    const reply = await view.request('repair', { input });
    expect(reply).toMatchObject({ ok: false, error: { kind } });
  });

  it('of a file that changed meanwhile says so, and nothing else ran beside it', async () => {
    let end: (reply: Result<typeof sampleRepair, PanelError>) => void = () => undefined;
    const { view, session } = connect({
      repair: () =>
        new Promise((resolve) => {
          end = resolve;
        }),
    });
    await view.request('readModel', {});
    const running = view.request('repair', { input: npz });
    expect(await view.request('observe', { input: npz })).toMatchObject({ ok: false });
    session.forget();
    end(ok(sampleRepair));
    const reply = await running;
    expect(reply).toMatchObject({ ok: false, error: { kind: 'failed' } });
  });
});
