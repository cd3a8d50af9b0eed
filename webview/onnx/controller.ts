/** Carries out what the user asks: talks to the extension host and tells the store. */

import type {
  CauseDto,
  ExportedFile,
  ImagesChoice,
  InputChoice,
  PanelError,
} from '../../src/protocol/onnxPanel';
import type { Reply } from '../../src/protocol/rpc';
import { type ExportFormat, contentOf, exportName } from './exports/formats';
import { type ModelActions, modelActions } from './modelActions';
import { type PanelPeer, type Store, dataOf, follow, readModel } from './reading';
import { chosenInput } from './selectors';
import type { InputTrial, Message } from './store';
import type { Theme } from './theme';
import { l10n } from './l10n';

export interface Actions extends ModelActions {
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

export function createActions(peer: PanelPeer, store: Store, theme: () => Theme): Actions {
  const run = async (input: InputChoice): Promise<void> => {
    store.dispatch({ type: 'choose', choice: { input } });
    await follow({ peer, store }, 'run', peer.request('observe', { input }));
  };
  const chooseFrom = async (
    asked: Promise<Reply<InputChoice | null, PanelError>>,
    slot: 'input' | 'similar' = 'input',
  ): Promise<void> => {
    const reply = await asked;
    if (!reply.ok) {
      const failed = { kind: 'failed', work: 'run', error: reply.error } as const;
      store.dispatch({ type: 'work', event: failed });
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
    ...modelActions({ peer, store }),
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

function experiment(peer: PanelPeer, store: Store): Promise<void> {
  const state = store.state();
  const choice = { input: chosenInput(state), similar: state.choice.similar };
  return follow({ peer, store }, 'experiment', peer.request('tryNeighbours', choice));
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
