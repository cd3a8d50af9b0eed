/** Asks the extension host for what the page shows, and follows what the model is run for. */

import type {
  ModelDto,
  PanelError,
  PanelHostContract,
  PanelViewContract,
  WorkDone,
  WorkKind,
  WorkResults,
} from '../../src/protocol/onnxPanel';
import type { Peer, Reply } from '../../src/protocol/rpc';
import { selectedPair } from './selectors';
import type { DataView, Message, State } from './store';

export interface Store {
  readonly state: () => State;
  readonly dispatch: (message: Message) => void;
}

export type PanelPeer = Peer<PanelViewContract, PanelHostContract>;

/** Both ends of the page. */
export interface Page {
  readonly peer: PanelPeer;
  readonly store: Store;
}

/** Channels asked for at once, so that no answer takes long to unpack and draw. */
const channelsPerPage = 2048;

/** Reads the model; while it does, the page keeps what it shows. */
export async function readModel(peer: PanelPeer, store: Store): Promise<void> {
  const reply = await peer.request('readModel', {});
  if (!reply.ok) {
    store.dispatch({ type: 'modelFailed', error: reply.error });
    return;
  }
  store.dispatch({ type: 'modelRead', content: reply.value });
  await loadLayers(peer, store);
  await loadCompared(peer, store);
  if (reply.value.underWay) {
    await followWork({ peer, store }, reply.value.underWay, peer.request('awaitWork', {}));
  }
}

/** Tells the store that work began, and what it ended in. */
export function follow<K extends WorkKind>(
  page: Page,
  work: K,
  asked: Promise<Reply<WorkResults[K], PanelError>>,
): Promise<void> {
  // A kind and its own result are one of the pairs.
  const done = asked.then((reply) =>
    reply.ok
      ? { ok: true as const, value: { kind: work, result: reply.value } as WorkDone }
      : reply,
  );
  return followWork(page, work, done);
}

async function followWork(
  { peer, store }: Page,
  work: WorkKind,
  asked: Promise<Reply<WorkDone, PanelError>>,
): Promise<void> {
  store.dispatch({ type: 'work', event: { kind: 'started', work } });
  const reply = await asked;
  store.dispatch({
    type: 'work',
    event: reply.ok
      ? { kind: 'done', done: reply.value }
      : { kind: 'failed', work, error: reply.error },
  });
  if (reply.ok && work === 'run') {
    await loadLayers(peer, store);
  }
  if (reply.ok && work === 'comparison') {
    await loadCompared(peer, store);
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

/** Asks for the numbers of the selected pair of the comparison. */
export async function loadCompared(peer: PanelPeer, store: Store): Promise<void> {
  const view = dataOf(store);
  const pair = view && selectedPair(store.state(), view);
  if (!view?.comparison || pair === undefined || view.compared?.pair === pair) {
    return;
  }
  const reply = await peer.request('readCompared', { pair });
  if (reply.ok && dataOf(store)?.comparison === view.comparison) {
    store.dispatch({ type: 'comparedRead', channels: reply.value });
  }
}

export function dataOf(store: Store): DataView | undefined {
  const { view } = store.state();
  return view.kind === 'data' ? view : undefined;
}
