/** Everything the page shows, and how each message changes it. Pure. */

import type {
  ComparedChannelsDto,
  HostState,
  InputChoice,
  InputFitDto,
  InputPreviewDto,
  LayerDataDto,
  ModelDto,
  PanelContentDto,
  RunDto,
} from '../../src/protocol/onnxPanel';
import type { RpcError } from '../../src/protocol/rpc';
import { l10n } from './l10n';
import type { Measure } from './measures';
import {
  type Findings,
  type WorkEvent,
  type WorkStates,
  findingsAfter,
  idleWork,
  workAfter,
} from './work';

/** First and last channel, both included. */
export interface ChannelRange {
  readonly first: number;
  readonly last: number;
}

export type LayerOrder = 'graph' | 'worst';
export type ChartSubject = 'statistics' | 'affine' | 'histogram';

export const chartSubjects: readonly ChartSubject[] = ['statistics', 'affine', 'histogram'];

export interface ChannelSort {
  readonly column: string;
  readonly isDescending: boolean;
}

/** What the user chose; kept when the page is hidden, moved or reloaded. */
export interface Choice {
  /** By name, so that it survives a change of the file. */
  readonly layerName: string | null;
  /** `null` leaves it to the panel: stored variance before a run, mismatch after it. */
  readonly measure: Measure | null;
  readonly order: LayerOrder;
  readonly subject: ChartSubject;
  readonly sort: ChannelSort;
  readonly range: ChannelRange | null;
  readonly input: InputChoice | null;
  readonly tab: Tab;
  /** Near-identical samples for the experiment; `null` makes them. */
  readonly similar: InputChoice | null;
  /** Selected pair of layers of a comparison, by the name in this model; `null`: the most different. */
  readonly pairName: string | null;
  /** The last trace that was followed; each is followed once. */
  readonly traceId: number | null;
}

/** What the lower part of the page shows. */
export type Tab = 'layers' | 'neighbours' | 'compare';

export interface DataView extends Findings {
  readonly kind: 'data';
  readonly model: ModelDto;
  /** Selected position in `model.layers`. */
  readonly selected: number;
  /** By layer index; filled page by page. */
  readonly layers: ReadonlyMap<number, LayerDataDto>;
  readonly work: WorkStates;
  /** Numbers of the selected pair of the comparison; `null` until they are there. */
  readonly compared: ComparedChannelsDto | null;
  /** What happened to the file, for example that it was deleted. */
  readonly notice: string | null;
  /** What was just done, for example where a file was saved. */
  readonly said: string | null;
}

export type View =
  | { readonly kind: 'loading' }
  | { readonly kind: 'error'; readonly error: RpcError }
  | { readonly kind: 'empty'; readonly model: ModelDto }
  | DataView;

/** How the chosen pictures look to the model, and whether its first layer knows them. */
export interface InputTrial {
  /** Names what was tried; a trial of another input is out of date. */
  readonly key: string;
  readonly preview: InputPreviewDto | null;
  readonly fit: InputFitDto | null;
  readonly error: RpcError | null;
}

export interface State {
  readonly trial: InputTrial | null;
  readonly view: View;
  readonly choice: Choice;
  readonly host: HostState;
}

export type Message =
  | { readonly type: 'loading' }
  | { readonly type: 'modelRead'; readonly content: PanelContentDto }
  | { readonly type: 'modelFailed'; readonly error: RpcError }
  | { readonly type: 'layersRead'; readonly layers: readonly LayerDataDto[] }
  | { readonly type: 'hostState'; readonly host: HostState }
  | { readonly type: 'modelChanged'; readonly reason: 'edited' | 'deleted' }
  | { readonly type: 'trial'; readonly trial: InputTrial }
  | { readonly type: 'said'; readonly text: string }
  | { readonly type: 'select'; readonly index: number }
  | { readonly type: 'choose'; readonly choice: Partial<Choice> }
  | { readonly type: 'comparedRead'; readonly channels: ComparedChannelsDto }
  | { readonly type: 'work'; readonly event: WorkEvent };

export const defaultChoice: Choice = {
  layerName: null,
  measure: null,
  order: 'graph',
  subject: 'statistics',
  sort: { column: 'channel', isDescending: false },
  range: null,
  input: null,
  tab: 'layers',
  similar: null,
  pairName: null,
  traceId: null,
};

export function initialState(choice: Choice = defaultChoice): State {
  return {
    view: { kind: 'loading' },
    trial: null,
    choice,
    host: { isTrusted: false, lastInput: { kind: 'synthetic' }, causes: [] },
  };
}

export function reduce(state: State, message: Message): State {
  switch (message.type) {
    case 'loading':
      return { ...state, view: { kind: 'loading' } };
    case 'modelRead':
      return followTrace({ ...state, view: viewOf(message.content, state) });
    case 'modelFailed':
      return { ...state, view: { kind: 'error', error: message.error } };
    case 'hostState':
      return followTrace({ ...state, host: message.host });
    case 'choose':
      return { ...state, choice: { ...state.choice, ...message.choice } };
    case 'select':
      return select(state, message.index);
    case 'layersRead':
      return withData(state, (view) => withLayers(view, message.layers));
    case 'modelChanged':
      return withData(state, (view) => ({ ...view, notice: noticeOf(message.reason) }));
    case 'trial':
      return { ...state, trial: message.trial };
    case 'said':
      return withData(state, (view) => ({ ...view, said: message.text }));
    case 'comparedRead':
      return withData(state, (view) => ({ ...view, compared: message.channels }));
    case 'work':
      return withData(state, (view) => reduceWork(view, message.event));
  }
}

function withData(state: State, change: (view: DataView) => DataView): State {
  return state.view.kind === 'data' ? { ...state, view: change(state.view) } : state;
}

function reduceWork(view: DataView, event: WorkEvent): DataView {
  const next = { ...view, work: workAfter(view.work, event) };
  if (event.kind !== 'done') {
    return next;
  }
  return {
    ...next,
    ...findingsAfter(view, event.done),
    // Numbers of the run before, or of another comparison, are read anew.
    layers: event.done.kind === 'run' ? new Map() : view.layers,
    compared: event.done.kind === 'comparison' ? null : view.compared,
  };
}

function viewOf(content: PanelContentDto, { choice, view: before }: State): View {
  const { model, run, experiment, comparison, repair } = content;
  if (model.layers.length === 0) {
    return { kind: 'empty', model };
  }
  const chosen = model.layers.findIndex(({ name }) => name === choice.layerName);
  return {
    kind: 'data',
    model,
    selected: chosen >= 0 ? chosen : firstFlagged(model),
    layers: new Map(),
    work: idleWork,
    ...{ run, experiment, comparison, repair },
    compared: null,
    previousRun: run === null ? keptRun(model, before) : null,
    notice: null,
    said: before.kind === 'data' ? readAgain : null,
  };
}

const readAgain = l10n.t(
  'The file changed on disk and was read again. Run the model to see whether it is better.',
);

/** Of a file that has changed, the last run is kept to compare with, while its layers are the same. */
function keptRun({ layers }: ModelDto, before: View): RunDto | null {
  const isSame =
    before.kind === 'data' &&
    before.model.layers.length === layers.length &&
    before.model.layers.every(({ name }, index) => name === layers[index]?.name);
  return isSame ? (before.run ?? before.previousRun) : null;
}

/** A page opens on the first layer with an error, or on the first. */
function firstFlagged({ layers }: ModelDto): number {
  const isBroken = ({ severity }: { readonly severity: string }): boolean => severity === 'error';
  return Math.max(
    0,
    layers.findIndex(({ flags }) => flags.some(isBroken)),
  );
}

/** Goes to the first layer that shows what the finding is about from which the panel was opened. */
function followTrace(state: State): State {
  const { view, choice, host } = state;
  const { trace } = host;
  if (view.kind !== 'data' || trace === undefined || trace.id === choice.traceId) {
    return state;
  }
  const index = view.model.layers.findIndex(({ flags }) =>
    flags.some(({ code }) => trace.flags.includes(code)),
  );
  const shown = select(state, index);
  return { ...shown, choice: { ...shown.choice, tab: 'layers', traceId: trace.id } };
}

function select(state: State, index: number): State {
  const { view } = state;
  const layer = view.kind === 'data' ? view.model.layers[index] : undefined;
  if (view.kind !== 'data' || !layer || index === view.selected) {
    return state;
  }
  return {
    ...state,
    view: { ...view, selected: index },
    choice: { ...state.choice, layerName: layer.name, range: null },
  };
}

/** Pages of an older run arrive late when a new one has just ended; they are dropped. */
function withLayers(view: DataView, layers: readonly LayerDataDto[]): DataView {
  const runId = view.run?.id ?? null;
  const fresh = layers.filter((layer) => layer.runId === runId);
  return fresh.length === 0
    ? view
    : {
        ...view,
        layers: new Map([
          ...view.layers,
          ...fresh.map((layer): [number, LayerDataDto] => [layer.index, layer]),
        ]),
      };
}

function noticeOf(reason: 'edited' | 'deleted'): string {
  return reason === 'edited'
    ? l10n.t('The file has changed on disk and is being read again.')
    : l10n.t('The file has been deleted. The numbers below are those read last.');
}
