/** Boots the page: one channel to the extension host, one store, one view. */

import type { PanelHostContract, PanelViewContract } from '../../src/protocol/onnxPanel';
import { Peer } from '../../src/protocol/rpc';
import { createUplotChart } from './chart';
import { createActions } from './controller';

import { registerControls } from './controls';
import { readModel } from './reading';
import { createWorkQueue } from './schedule';
import { parseChoice } from './savedChoice';
import { type Message, type State, initialState, reduce } from './store';
import { readTheme, watchTheme } from './theme';
import { installTooltip } from './tooltip';
import { createView } from './view';

declare function acquireVsCodeApi(): {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
};

registerControls();
const vscode = acquireVsCodeApi();
const peer = new Peer<PanelViewContract, PanelHostContract>((message) => {
  vscode.postMessage(message);
}, {});
window.addEventListener('message', ({ data }) => {
  peer.receive(data);
});

let state: State = initialState(parseChoice(vscode.getState()));
let theme = readTheme();
/** As last observed; asking the element would make the browser lay the page out. */
let width = rootElement().clientWidth;
const store = {
  state: () => state,
  dispatch: (message: Message) => {
    const next = reduce(state, message);
    if (next !== state) {
      if (next.choice !== state.choice) {
        vscode.setState(next.choice);
      }
      state = next;
      draw();
    }
  },
};
const actions = createActions(peer, store, () => theme);
const render = createView({
  root: rootElement(),
  actions,
  theme: () => theme,
  queue: createWorkQueue(),
  createChart: createUplotChart,
  width: () => width,
});
installTooltip(document.body);
const draw = (): void => {
  render(state);
};

peer.on('hostState', (host) => {
  store.dispatch({ type: 'hostState', host });
});
peer.on('progress', (progress) => {
  const heard = { progress, nowMs: Date.now() };
  store.dispatch({ type: 'work', event: { kind: 'progress', heard } });
});
peer.on('modelChanged', ({ reason }) => {
  store.dispatch({ type: 'modelChanged', reason });
  if (reason === 'edited') {
    void readModel(peer, store);
  }
});
watchTheme(() => {
  theme = readTheme();
  draw();
});
new ResizeObserver(([entry]) => {
  width = entry?.contentRect.width ?? width;
  draw();
}).observe(rootElement());

draw();
peer.emit('ready', { protocol: 1 });
actions.reload();

function rootElement(): HTMLElement {
  const root = document.getElementById('root');
  if (!root) {
    throw new Error('The page has no root element');
  }
  return root;
}
