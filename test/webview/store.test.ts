import { describe, expect, it } from 'vitest';
import type { LayerDataDto, PanelContentDto, RunDto } from '../../src/protocol/onnxPanel';
import {
  type DataView,
  type Message,
  type State,
  defaultChoice,
  initialState,
  reduce,
} from '../../webview/onnx/store';
import { toModelDto, toRunDto } from '../../src/client/onnx/panelDtos';
import { sampleObservation, sampleReport } from '../client/sampleModel';

const report = sampleReport({ channels: [4, 4, 8], untouched: [1] });
const content: PanelContentDto = {
  model: toModelDto(report, 'm.onnx'),
  run: null,
  experiment: null,
  comparison: null,
  repair: null,
  underWay: null,
};
const empty: PanelContentDto = { ...content, model: { ...content.model, layers: [] } };
const error = { kind: 'truncated', message: 'The file ends too early.' };

function runWithId(id: number): RunDto {
  return { ...toRunDto(sampleObservation(report), { id, layers: 3 }) };
}

function layer(index: number, runId: number | null): LayerDataDto {
  return { index, runId, observed: {} };
}

function after(...messages: readonly Message[]): State {
  return messages.reduce(reduce, initialState());
}

function dataAfter(...messages: readonly Message[]): DataView {
  const { view } = after({ type: 'modelRead', content }, ...messages);
  if (view.kind !== 'data') {
    throw new Error(`expected data, got ${view.kind}`);
  }
  return view;
}

describe('the state of the page', () => {
  it.each<[string, readonly Message[], string]>([
    ['starts as loading', [], 'loading'],
    ['shows a model that has layers', [{ type: 'modelRead', content }], 'data'],
    ['explains a model without layers', [{ type: 'modelRead', content: empty }], 'empty'],
    ['shows what went wrong', [{ type: 'modelFailed', error }], 'error'],
    [
      'loads again after a failure',
      [{ type: 'modelFailed', error }, { type: 'loading' }],
      'loading',
    ],
  ])('%s', (_, messages, kind) => {
    expect(after(...messages).view.kind).toBe(kind);
  });

  it('opens on the first layer with an error', () => {
    expect(dataAfter().selected).toBe(1);
  });

  it('opens on the layer chosen before, by its name', () => {
    const choice = { ...defaultChoice, layerName: content.model.layers[2]?.name ?? '' };
    const { view } = reduce(initialState(choice), { type: 'modelRead', content });
    expect(view).toMatchObject({ selected: 2 });
  });

  it('goes to the layer that a finding is about, before or after the model is there, once', () => {
    const read: Message = { type: 'modelRead', content };
    const traced = (id: number): Message => ({
      type: 'hostState',
      host: { ...initialState().host, trace: { id, rule: 'BN101', flags: ['S1'] } },
    });
    const elsewhere: readonly Message[] = [
      { type: 'select', index: 2 },
      { type: 'choose', choice: { tab: 'compare' } },
    ];
    const selected = (...messages: readonly Message[]): unknown => {
      const { view, choice } = after(...messages);
      return [view.kind === 'data' ? view.selected : undefined, choice.tab];
    };
    expect(selected(read, ...elsewhere)).toEqual([2, 'compare']);
    expect(selected(read, ...elsewhere, traced(7))).toEqual([1, 'layers']);
    expect(selected(traced(7), read)).toEqual([1, 'layers']);
    expect(selected(read, traced(7), ...elsewhere, traced(7))).toEqual([2, 'compare']);
    expect(selected(read, traced(7), ...elsewhere, traced(8))).toEqual([1, 'layers']);
  });

  it('stays where it is when no layer shows what the finding is about', () => {
    const host = {
      ...initialState().host,
      trace: { id: 1, rule: 'BN101', flags: ['S8'] },
    } as const;
    const { selected } = dataAfter({ type: 'select', index: 2 }, { type: 'hostState', host });
    expect(selected).toBe(2);
  });

  it('keeps the selection when the file is read again', () => {
    const view = dataAfter({ type: 'select', index: 2 }, { type: 'modelRead', content });
    expect(view.selected).toBe(2);
  });

  it('forgets the selected channels with their layer', () => {
    const { choice } = after(
      { type: 'modelRead', content },
      { type: 'choose', choice: { range: { first: 1, last: 2 } } },
      { type: 'select', index: 0 },
    );
    expect(choice.range).toBeNull();
  });

  it('ignores a layer that does not exist', () => {
    expect(dataAfter({ type: 'select', index: 3 }).selected).toBe(1);
  });

  it('ignores layers before there is a model', () => {
    expect(after({ type: 'layersRead', layers: [layer(0, null)] })).toEqual(initialState());
  });
});

describe('a run', () => {
  const started: Message = { type: 'work', event: { kind: 'started', work: 'run' } };
  const progress = { stage: 'running' as const, fraction: 0.5, message: 'Evaluation pass' };
  const heard = { progress, nowMs: 5 };
  const done = (id: number): Message => ({
    type: 'work',
    event: { kind: 'done', done: { kind: 'run', result: runWithId(id) } },
  });
  const failed = (kind: string): Message => ({
    type: 'work',
    event: { kind: 'failed', work: 'run', error: { kind, message: 'It ended.' } },
  });

  it('shows its progress', () => {
    const view = dataAfter(started, { type: 'work', event: { kind: 'progress', heard } });
    expect(view.work.run).toEqual({ kind: 'running', first: heard, last: heard });
  });

  it('ignores progress that arrives when nothing runs', () => {
    const view = dataAfter({ type: 'work', event: { kind: 'progress', heard } });
    expect(view.work.run).toEqual({ kind: 'idle' });
  });

  it('keeps the run before it for comparison', () => {
    const view = dataAfter(started, done(1), started, done(2));
    expect([view.run?.id, view.previousRun?.id]).toEqual([2, 1]);
    expect(view.work.run).toEqual({ kind: 'idle' });
  });

  it('asks for every layer again, and drops those of an older run', () => {
    const view = dataAfter({ type: 'layersRead', layers: [layer(0, null)] }, started, done(1), {
      type: 'layersRead',
      layers: [layer(1, null), layer(2, 1)],
    });
    expect(Array.from(view.layers.keys())).toEqual([2]);
  });

  it('is idle again after the user ended it', () => {
    expect(dataAfter(started, failed('cancelled')).work.run).toEqual({ kind: 'idle' });
  });

  it('keeps the page and says why when the process died', () => {
    const view = dataAfter(started, failed('crashed'));
    expect(view.work.run).toMatchObject({ kind: 'failed', error: { kind: 'crashed' } });
  });
});

describe('a file that changes', () => {
  it('is announced while it is read again', () => {
    expect(dataAfter({ type: 'modelChanged', reason: 'edited' }).notice).toContain('read again');
  });

  it('leaves the last numbers when it is deleted', () => {
    expect(dataAfter({ type: 'modelChanged', reason: 'deleted' }).notice).toContain('deleted');
  });

  it('is not announced any more once it has been read', () => {
    const view = dataAfter(
      { type: 'modelChanged', reason: 'edited' },
      { type: 'modelRead', content },
    );
    expect(view.notice).toBeNull();
  });
});
