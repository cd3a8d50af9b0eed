/** Carries out what the user asks: talks to the extension host and tells the store. */

import type {
  CauseDto,
  ExportedFile,
  ImagesChoice,
  InputChoice,
  ModelDto,
  PanelError,
  PanelHostContract,
  PanelViewContract,
  RunDto,
} from '../../src/protocol/onnxPanel';
import type { Peer, Reply } from '../../src/protocol/rpc';
import { type ExportFormat, contentOf, exportName } from './exports/formats';
import { chosenInput } from './selectors';
import type { DataView, InputTrial, Message, State } from './store';
import type { Theme } from './theme';
import { l10n } from './l10n';

/** Channels asked for at once, so that no answer takes long to unpack and draw. */
const channelsPerPage = 2048;

export interface Actions {
  readonly dispatch: (message: Message) => void;
  readonly reload: () => void;
  readonly pickInput: () => void;
  /** Shows how pictures look to the model and asks its first layer, once the form is quiet. */
  readonly tryInput: (input: ImagesChoice) => void;
  readonly dropInput: (uris: readonly string[]) => void;
  readonly run: (input: InputChoice) => void;
  /** With the chosen input and similar samples. */
  readonly tryNeighbours: () => void;
  readonly pickSimilar: () => void;
  readonly cancel: () => void;
  readonly manageTrust: () => void;
  readonly copy: (text: string) => void;
  readonly openCause: (cause: CauseDto) => void;
  readonly scanWorkspace: () => void;
  readonly exportAs: (format: ExportFormat) => void;
  /** @param picture base64 of a PNG */
  readonly savePicture: (picture: SavedPicture) => void;
}

export interface SavedPicture {
  /** What it shows, such as `stage1.bn, running mean`. */
  readonly title: string;
  readonly png: string;
}

export type { ExportFormat };

export interface Store {
  readonly state: () => State;
  readonly dispatch: (message: Message) => void;
}

type PanelPeer = Peer<PanelViewContract, PanelHostContract>;

export function createActions(peer: PanelPeer, store: Store, theme: () => Theme): Actions {
  const run = async (input: InputChoice): Promise<void> => {
    store.dispatch({ type: 'choose', choice: { input } });
    await followRun(peer, store, peer.request('observe', { input }));
  };
  const chooseFrom = async (
    asked: Promise<Reply<InputChoice | null, PanelError>>,
    slot: 'input' | 'similar' = 'input',
  ): Promise<void> => {
    const reply = await asked;
    if (!reply.ok) {
      store.dispatch({ type: 'run', event: { kind: 'failed', error: reply.error } });
    } else if (reply.value) {
      store.dispatch({ type: 'choose', choice: { [slot]: reply.value } });
    }
  };
  return {
    dispatch: store.dispatch,
    reload: () => {
      store.dispatch({ type: 'loading' });
      void readModel(peer, store);
    },
    pickInput: () => void chooseFrom(peer.request('pickInput', {})),
    dropInput: (uris) => void chooseFrom(peer.request('resolveDrop', { uris })),
    tryInput: createTrials(peer, store),
    pickSimilar: () => void chooseFrom(peer.request('pickInput', {}), 'similar'),
    tryNeighbours: () => void experiment(peer, store),
    run: (input) => void run(input),
    cancel: () => void peer.request('cancel', {}),
    manageTrust: () => void peer.request('manageTrust', {}),
    copy: (text) => {
      peer.emit('copyText', { text });
    },
    openCause: ({ uri, line0 }) => {
      peer.emit('openCause', { uri, line0 });
    },
    scanWorkspace: () => {
      peer.emit('scanWorkspace', {});
    },
    ...exportActions(peer, store, theme),
  };
}

async function experiment(peer: PanelPeer, store: Store): Promise<void> {
  const state = store.state();
  store.dispatch({ type: 'experiment', event: { kind: 'started' } });
  const reply = await peer.request('tryNeighbours', {
    input: chosenInput(state),
    similar: state.choice.similar,
  });
  store.dispatch({
    type: 'experiment',
    event: reply.ok
      ? { kind: 'done', experiment: reply.value }
      : { kind: 'failed', error: reply.error },
  });
}

/** A form changes several times in a row; only what it is left at is tried. */
const quietMs = 400;

function createTrials(peer: PanelPeer, store: Store): (input: ImagesChoice) => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let newest: ImagesChoice | undefined;
  const run = async (input: ImagesChoice): Promise<void> => {
    const key = JSON.stringify(input);
    const tell = (part: Partial<InputTrial>): void => {
      const known = store.state().trial;
      const base = known?.key === key ? known : { key, preview: null, fit: null, error: null };
      store.dispatch({ type: 'trial', trial: { ...base, ...part } });
    };
    const preview = await peer.request('previewInput', { input });
    if (newest !== input) {
      return;
    }
    tell(preview.ok ? { preview: preview.value } : { error: preview.error });
    const fit = preview.ok ? await peer.request('checkInput', { input }) : undefined;
    if (fit && newest === input) {
      tell(fit.ok ? { fit: fit.value } : { error: fit.error });
    }
  };
  return (input) => {
    newest = input;
    clearTimeout(timer);
    timer = setTimeout(() => void run(input), quietMs);
  };
}

function exportActions(
  peer: PanelPeer,
  store: Store,
  theme: () => Theme,
): Pick<Actions, 'exportAs' | 'savePicture'> {
  const save = async (file: ExportedFile): Promise<void> => {
    const reply = await peer.request('saveFile', file);
    if (reply.ok && reply.value !== null) {
      store.dispatch({ type: 'said', text: l10n.t('Saved as {0}.', reply.value) });
    }
  };
  return {
    exportAs: (format) => {
      const view = dataOf(store);
      if (!view) {
        return;
      }
      const file = contentOf(format, { state: store.state(), view, theme: theme() });
      if (format === 'markdown') {
        peer.emit('copyText', { text: file.content });
        store.dispatch({ type: 'said', text: l10n.t('Copied the summary as Markdown.') });
      } else {
        void save(file);
      }
    },
    savePicture: ({ title, png }) => {
      const fileName = dataOf(store)?.model.fileName ?? '';
      const ending = `${title.replace(/[^\w.-]+/g, '-')}.png`;
      void save({
        suggestedName: exportName(fileName, ending),
        content: png,
        encoding: 'base64',
      });
    },
  };
}

/** Reads the model; while it does, the page keeps what it shows. */
export async function readModel(peer: PanelPeer, store: Store): Promise<void> {
  const reply = await peer.request('readModel', {});
  if (!reply.ok) {
    store.dispatch({ type: 'modelFailed', error: reply.error });
    return;
  }
  store.dispatch({ type: 'modelRead', content: reply.value });
  await loadLayers(peer, store);
  if (reply.value.isRunning) {
    await followRun(peer, store, peer.request('awaitRun', {}));
  }
}

async function followRun(
  peer: PanelPeer,
  store: Store,
  run: Promise<Reply<RunDto, PanelError>>,
): Promise<void> {
  store.dispatch({ type: 'run', event: { kind: 'started' } });
  const reply = await run;
  store.dispatch({
    type: 'run',
    event: reply.ok ? { kind: 'done', run: reply.value } : { kind: 'failed', error: reply.error },
  });
  if (reply.ok) {
    await loadLayers(peer, store);
  }
}

/** Asks for every layer, the selected one first, a page at a time. */
async function loadLayers(peer: PanelPeer, store: Store): Promise<void> {
  const view = dataOf(store);
  if (!view) {
    return;
  }
  for (const page of [{ first: view.selected, count: 1 }, ...pagesOf(view.model)]) {
    if (dataOf(store)?.model !== view.model || dataOf(store)?.run !== view.run) {
      return;
    }
    const reply = await peer.request('readLayers', page);
    if (!reply.ok) {
      store.dispatch({ type: 'modelFailed', error: reply.error });
      return;
    }
    store.dispatch({ type: 'layersRead', layers: reply.value });
  }
}

/** Runs of neighbouring layers, each with a bounded number of channels. */
function pagesOf(
  model: Pick<ModelDto, 'layers'>,
): readonly { readonly first: number; readonly count: number }[] {
  const pages: { first: number; count: number; channels: number }[] = [];
  for (const { index, channels } of model.layers) {
    const page = pages.at(-1);
    if (page && page.channels + channels <= channelsPerPage) {
      page.count += 1;
      page.channels += channels;
    } else {
      pages.push({ first: index, count: 1, channels });
    }
  }
  return pages.map(({ first, count }) => ({ first, count }));
}

function dataOf(store: Store): DataView | undefined {
  const { view } = store.state();
  return view.kind === 'data' ? view : undefined;
}
