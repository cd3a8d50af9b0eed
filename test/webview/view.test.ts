// @vitest-environment happy-dom
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { toLayerData, toModelDto, toRunDto } from '../../src/client/onnx/panelDtos';
import type { CauseDto, PanelContentDto, RunDto } from '../../src/protocol/onnxPanel';
import type { Actions } from '../../webview/onnx/controller';
import { type Message, type State, initialState, reduce } from '../../webview/onnx/store';
import { readTheme } from '../../webview/onnx/theme';
import { createView } from '../../webview/onnx/view';
import { sampleObservation, sampleReport } from '../client/sampleModel';

const report = sampleReport({ channels: [4, 2048], untouched: [0] });
const model = toModelDto(report, 'broken.onnx');
const none = { run: null, experiment: null, comparison: null, repair: null, underWay: null };
const content: PanelContentDto = { model, ...none };
const theme = readTheme();

/** The page over a store; charts need a canvas and are tested in a browser. */
function openPage(): {
  readonly text: () => string;
  readonly find: (selector: string) => HTMLElement;
  readonly actions: Record<string, ReturnType<typeof vi.fn>>;
  readonly send: (...messages: readonly Message[]) => void;
  readonly state: () => State;
} {
  const root = document.createElement('div');
  document.body.replaceChildren(root);
  let state = initialState();
  const names = [
    ...[
      'reload',
      'pickInput',
      'run',
      'cancel',
      'manageTrust',
      'copy',
      'exportAs',
      'savePicture',
      'tryInput',
      'dropInput',
      'tryNeighbours',
      'pickSimilar',
      'compareWith',
      'selectPair',
      'repair',
      'openModel',
    ],
    ...['openCause', 'scanWorkspace'],
  ];
  const spies = Object.fromEntries(names.map((name) => [name, vi.fn()]));
  const dispatch = (message: Message): void => {
    state = reduce(state, message);
    render(state);
  };
  const render = createView({
    root,
    // Every action of the interface has a spy in `names`.
    actions: { ...spies, dispatch } as unknown as Actions,
    theme: () => theme,
    queue: {
      add: (_, work) => {
        work();
      },
    },
    createChart: () => ({ draw: () => undefined, point: () => undefined, canvas: () => undefined }),
    width: () => 1000,
  });
  render(state);
  return {
    text: () => root.textContent,
    find: (selector) => {
      const found = root.querySelector<HTMLElement>(selector);
      if (!found) {
        throw new Error(`No ${selector} on the page`);
      }
      return found;
    },
    actions: spies,
    send: (...messages) => {
      messages.forEach(dispatch);
    },
    state: () => state,
  };
}

function ended(result: RunDto): Message {
  return { type: 'work', event: { kind: 'done', done: { kind: 'run', result } } };
}

const shownModel: readonly Message[] = [
  {
    type: 'hostState',
    host: { isTrusted: true, lastInput: { kind: 'synthetic' }, causes: [] },
  },
  { type: 'modelRead', content },
  { type: 'layersRead', layers: report.layers.map((layer) => toLayerData(layer, undefined)) },
];

describe('loading', () => {
  it('says so, also to a screen reader', () => {
    const page = openPage();
    expect(page.find('[role=status]').textContent).toBe('Reading the model');
    expect(page.find('main').getAttribute('aria-busy')).toBe('true');
  });
});

describe('an error', () => {
  it('is a sentence with a way to try again', () => {
    const page = openPage();
    const message = 'broken.onnx ends in the middle of its graph. Copy it again.';
    page.send({ type: 'modelFailed', error: { kind: 'truncated', message } });
    expect(page.find('[role=alert]').textContent).toBe(message);
    page.find('vscode-button').click();
    expect(page.actions['reload']).toHaveBeenCalledOnce();
  });

  it('shows markup in a message as text', () => {
    const page = openPage();
    const message = '<img src=x onerror=alert(1)>.onnx is not a model';
    page.send({ type: 'modelFailed', error: { kind: 'notOnnx', message } });
    expect(page.text()).toContain(message);
    expect(document.querySelector('img')).toBeNull();
  });
});

describe('a model without BatchNorm', () => {
  const exportLine = 'torch.onnx.export(model, x, "m.onnx", dynamo=True, optimize=False)';
  const folded = toModelDto(
    {
      ...report,
      layers: [],
      mode: 'none',
      noBatchNorm: { summary: 'Folded.', nextStep: 'Export it again.', exportLine },
      verdict: {
        kind: 'noBatchNorm',
        severity: 'information',
        confidence: 'likely',
        summary: 'The exporter folded every BatchNorm into the convolution before it.',
        evidence: ['Every Conv has a bias.'],
      },
    },
    'folded.onnx',
  );

  it('says why and gives the line that exports it again', () => {
    const page = openPage();
    page.send({ type: 'modelRead', content: { ...content, model: folded } });
    expect(page.text()).toContain('folded every BatchNorm');
    expect(page.find('code').textContent).toBe(exportLine);
    page.find('.code-row vscode-button').click();
    expect(page.actions['copy']).toHaveBeenCalledWith(exportLine);
  });
});

describe('a model', () => {
  let page: ReturnType<typeof openPage>;

  beforeEach(() => {
    page = openPage();
    page.send(...shownModel);
  });

  it('is summed up before any chart', () => {
    const header = page.find('header').textContent;
    expect(header).toContain('broken.onnx');
    expect(header).toContain('220 kB');
    expect(header).toContain('pytorch 2.13.0');
    expect(header).toContain('opset 17');
    expect(header).toContain('2 BatchNorm layers, 1 with untouched statistics');
    expect(page.find('.verdict h2').textContent).toContain('1 of 2 BatchNorm layers');
  });

  it('marks the wrong layer and opens it', () => {
    const row = page.find('#layer-0');
    expect(row.getAttribute('aria-selected')).toBe('true');
    expect(row.textContent).toContain('never updated or never loaded');
    expect(page.find('.flags').textContent).toContain('Running mean 0 and running variance 1');
  });

  it('selects layers with the arrow keys', () => {
    const list = page.find('[role=listbox]');
    list.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowDown' }));
    expect(page.find('#layer-1').getAttribute('aria-selected')).toBe('true');
    expect(list.getAttribute('aria-activedescendant')).toBe('layer-1');
    expect(page.find('.layer-title').textContent).toContain('2,048 channels');
  });

  it('holds only the rows in sight, but knows how many there are', () => {
    page.send({ type: 'select', index: 1 });
    expect(page.find('table').getAttribute('aria-rowcount')).toBe('2049');
    expect(document.querySelectorAll('tbody tr').length).toBeLessThan(60);
  });

  it('says units in the head of the table', () => {
    expect(page.find('thead').textContent).toContain('stored, units²');
  });

  it('sorts by the column that is clicked', () => {
    page.send({ type: 'select', index: 1 });
    const [, mean] = document.querySelectorAll<HTMLElement>('thead button');
    mean?.click();
    expect(page.state().choice.sort).toEqual({ column: 'mean', isDescending: true });
    const values = Array.from(document.querySelectorAll('tbody td:first-of-type'), (cell) =>
      Number(cell.textContent.replace('−', '-')),
    );
    expect(values).toEqual([...values].sort((a, b) => b - a));
  });

  it('marks a flagged channel with a sign, not with colour alone', () => {
    page.send({ type: 'select', index: 1 });
    expect(page.find('tr.flagged th').textContent).toBe('⚑ 3');
  });

  it('runs on the input the user chose', () => {
    const input = { kind: 'file' as const, uri: 'file:///d/mixed.npz', fileName: 'mixed.npz' };
    page.send({ type: 'choose', choice: { input } });
    expect(page.find('.input-name').textContent).toBe('mixed.npz');
    visibleButton('Run Model').click();
    expect(page.actions['run']).toHaveBeenCalledWith(input);
  });

  it('names synthetic numbers for what they are', () => {
    expect(page.find('.input-name').textContent).toContain('not your data');
  });

  it('can be cancelled while it runs, and says how far it is', () => {
    page.send(
      { type: 'work', event: { kind: 'started', work: 'run' } },
      {
        type: 'work',
        event: {
          kind: 'progress',
          heard: {
            nowMs: 0,
            progress: {
              stage: 'running',
              fraction: 0.25,
              message: 'Evaluation pass, 16 of 64 samples',
            },
          },
        },
      },
    );
    expect(page.find('.run-status').textContent).toBe('Evaluation pass, 16 of 64 samples (25 %)');
    expect(page.find('progress').getAttribute('value')).toBe('0.25');
    visibleButton('Cancel').click();
    expect(page.actions['cancel']).toHaveBeenCalledOnce();
  });

  it('says how long a run will take, once it can be known', () => {
    const heard = (fraction: number, nowMs: number): Message => ({
      type: 'work',
      event: {
        kind: 'progress',
        heard: { nowMs, progress: { stage: 'running', fraction, message: 'Batch pass' } },
      },
    });
    page.send(
      { type: 'work', event: { kind: 'started', work: 'run' } },
      heard(0.1, 0),
      heard(0.2, 500),
    );
    expect(page.find('.run-status').textContent).toBe('Batch pass (20 %)');
    page.send(heard(0.5, 4000));
    expect(page.find('.run-status').textContent).toBe('Batch pass (50 %), about 5 s left');
  });

  it('keeps the run before to compare with, also when the file has changed', () => {
    const run = toRunDto(sampleObservation(report), { id: 1, layers: 2 });
    page.send(ended(run));
    expect(page.find('.run-comparison').textContent).toBe('');
    page.send(ended({ ...run, id: 2 }));
    expect(page.find('.run-comparison').textContent).toContain('found 1 of 2 layers wrong; this');
    expect(page.find('#layer-0 .before').textContent).toMatch(/before \d/);
    page.send({ type: 'modelRead', content });
    expect(page.find('.run-comparison').textContent).toMatch(/1 of 2 layers wrong\.$/);
    expect(page.find('.said').textContent).toContain('Run the model to see whether it is better');
  });

  it('stays when the process dies, with a way to try again', () => {
    const message = 'The process that ran the model ended with SIGSEGV.';
    page.send({
      type: 'work',
      event: { kind: 'failed', work: 'run', error: { kind: 'crashed', message } },
    });
    expect(page.find('.failure').textContent).toBe(message);
    expect(page.text()).toContain('broken.onnx');
    visibleButton('Retry').click();
    expect(page.actions['run']).toHaveBeenCalledWith({ kind: 'synthetic' });
  });

  it('names the code that can be why, and opens it', () => {
    const cause = {
      ...{ rule: 'BN101', message: 'Only the trainable variables are restored', line0: 91 },
      ...{ path: 'train_tf1.py', uri: 'file:///w/train_tf1.py' },
    };
    const causes: readonly CauseDto[] = [
      { ...cause, verdicts: ['partialRestore'], flags: ['S1'] },
      { ...cause, rule: 'BN311', path: 'export.py', verdicts: ['trainingMode'], flags: ['S8'] },
    ];
    const host = { isTrusted: true, lastInput: { kind: 'synthetic' }, causes } as const;
    page.send({ type: 'hostState', host });
    expect(page.find('.verdict').textContent).toContain(
      'Only the trainable variables are restored (BN101)',
    );
    expect(page.find('.verdict').textContent).not.toContain('export.py');
    page.find('[aria-label="Open train_tf1.py:92"]').click();
    expect(page.actions['openCause']).toHaveBeenCalledWith(causes[0]);
  });

  it('names a notebook without a line, which would be one of a cell', () => {
    const message = 'Cell 7: Only the trainable variables are restored: the rest is lost';
    const cause: CauseDto = {
      ...{ rule: 'BN101', message, path: 'tune.ipynb', uri: 'file:///w/tune.ipynb', line0: 0 },
      ...{ verdicts: ['partialRestore'], flags: ['S1'] },
    };
    const host = { isTrusted: true, lastInput: { kind: 'synthetic' }, causes: [cause] } as const;
    page.send({ type: 'hostState', host });
    expect(page.find('.verdict').textContent).toContain(
      'tune.ipynb Only the trainable variables are restored (BN101)',
    );
    page.find('[aria-label="Open tune.ipynb"]').click();
    expect(page.actions['openCause']).toHaveBeenCalledWith(cause);
  });

  it('leads from a layer at its initial values to the code that can be why', () => {
    const cause = { rule: 'BN102', message: 'm', path: 'save.py', uri: 'file:///w/save.py' };
    const other = { ...cause, path: 'export.py', line0: 3 };
    const causes: readonly CauseDto[] = [
      { ...cause, line0: 1, verdicts: ['neverLoaded'], flags: ['S1'] },
      { ...other, verdicts: ['trainingMode'], flags: ['S8'] },
    ];
    const host = { isTrusted: true, lastInput: { kind: 'synthetic' }, causes } as const;
    page.send({ type: 'select', index: 1 }, { type: 'hostState', host });
    expect(page.find('.layer-view').textContent).not.toContain('Can come from:');
    page.send({ type: 'select', index: 0 });
    expect(page.find('.layer-view .flags').textContent).toContain('Can come from: save.py:2');
    expect(page.find('.layer-view .flags').textContent).not.toContain('export.py');
    page.find('.layer-view [aria-label="Open save.py:2"]').click();
    expect(page.actions['openCause']).toHaveBeenCalledWith(causes[0]);
  });

  it('offers to look for the code where none is known', () => {
    const buttons = [...document.querySelectorAll<HTMLElement>('.verdict vscode-button')];
    buttons.find(({ textContent }) => textContent === 'Scan Workspace')?.click();
    expect(page.actions['scanWorkspace']).toHaveBeenCalledOnce();
  });

  it('shows what the data say once it has run', () => {
    const observation = sampleObservation(report);
    const run = toRunDto(observation, { id: 1, layers: 2 });
    page.send(ended(run), {
      type: 'layersRead',
      layers: report.layers.map((layer) => toLayerData(layer, { id: 1, observation })),
    });
    expect(page.find('.verdict').textContent).toContain('certain, on mixed.npz');
    expect(page.find('thead').textContent).toContain('evaluation, units');
    expect(page.find('#layer-0 .badness').textContent).not.toBe('');
    expect(document.querySelectorAll('#layer-0 .strip')).toHaveLength(2);
  });
});

describe('an untrusted workspace', () => {
  it('shows the file, and asks for trust before running it', () => {
    const page = openPage();
    page.send({ type: 'modelRead', content });
    expect(page.text()).toContain('asks for a trusted workspace');
    expect(findButton('Run Model')).toBeUndefined();
    visibleButton('Manage Workspace Trust').click();
    expect(page.actions['manageTrust']).toHaveBeenCalledOnce();
    expect(page.find('table').getAttribute('aria-rowcount')).toBe('5');
  });
});

function findButton(label: string): HTMLElement | undefined {
  return Array.from(document.querySelectorAll<HTMLElement>('vscode-button')).find(
    (candidate) => candidate.textContent === label && !candidate.hidden,
  );
}

function visibleButton(label: string): HTMLElement {
  const found = findButton(label);
  if (!found) {
    throw new Error(`No button "${label}" can be seen`);
  }
  return found;
}
