/** What the user asks about other models: compare with one, repair this one, open one. */

import type { ModelFile } from '../../src/protocol/onnxPanel';
import { type Page, follow, loadCompared } from './reading';
import { chosenInput } from './selectors';

export interface ModelActions {
  /** Without a file the user picks one. */
  readonly compareWith: (other: ModelFile | null) => void;
  /** By position in the comparison. */
  readonly selectPair: (pair: number) => void;
  /** On the chosen input. */
  readonly repair: () => void;
  readonly openModel: (file: ModelFile) => void;
}

export function modelActions({ peer, store }: Page): ModelActions {
  const compareWith = async (known: ModelFile | null): Promise<void> => {
    const other = known ?? (await pickModel());
    if (other) {
      const state = store.state();
      const input = chosenInput(state);
      // Random numbers fit nobody's statistics.
      const samples = input.kind === 'synthetic' || !state.host.isTrusted ? null : input;
      const asked = peer.request('compare', { other, input: samples });
      await follow({ peer, store }, 'comparison', asked);
    }
  };
  const pickModel = async (): Promise<ModelFile | null> => {
    const reply = await peer.request('pickModel', {});
    return reply.ok ? reply.value : null;
  };
  return {
    compareWith: (other) => void compareWith(other),
    selectPair: (pair) => {
      const { view } = store.state();
      const names = view.kind === 'data' ? view.comparison?.pairs[pair]?.names : undefined;
      store.dispatch({ type: 'choose', choice: { pairName: names?.first ?? null } });
      void loadCompared(peer, store);
    },
    repair: () => {
      const asked = peer.request('repair', { input: chosenInput(store.state()) });
      void follow({ peer, store }, 'repair', asked);
    },
    openModel: (file) => {
      peer.emit('openModel', file);
    },
  };
}
