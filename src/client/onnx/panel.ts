/** One open panel: its page, its channel, and what VS Code does for it. */

import * as vscode from 'vscode';
import type { Logger } from '../../core/base/logger';
import {
  type PanelHostContract,
  type PanelViewContract,
  type TraceDto,
  isModelFile,
} from '../../protocol/onnxPanel';
import { Peer } from '../../protocol/rpc';
import { editorFindings } from '../findings/entries';
import { causesAmong } from './causes';
import type { ModelHost } from './modelHost';
import { type InputMemory, inputMemory, panelEditor } from './panelEditor';
import { PanelSession } from './session';
import type { Traces } from './traces';
import { watchModel } from './watchModel';
import { webviewHtml } from './webviewHtml';

export interface PanelOptions {
  readonly context: vscode.ExtensionContext;
  readonly log: Logger;
  readonly models: ModelHost;
  readonly traces: Traces;
}

type HostPeer = Peer<PanelHostContract, PanelViewContract>;

/** Fills the panel that VS Code made for a file. Everything ends when the panel is closed. */
export function openPanel(
  panel: vscode.WebviewPanel,
  uri: vscode.Uri,
  { context, log, models, traces }: PanelOptions,
): void {
  const source = models.open(uri);
  const memory = inputMemory(context, uri);
  const session: PanelSession = new PanelSession(
    source,
    panelEditor(uri, memory, (progress) => {
      peer.emit('progress', progress);
    }),
  );
  const peer: HostPeer = new Peer(
    (message) => panel.webview.postMessage(message),
    session.handlers,
  );
  const { sendState, sendNewCauses } = stateSender(peer, memory, () => traces.to(uri));
  peer.on('ready', sendState);
  followPage(peer);
  const subscriptions = [
    panel.webview.onDidReceiveMessage((message: unknown) => {
      peer.receive(message);
    }),
    vscode.workspace.onDidGrantWorkspaceTrust(sendState),
    vscode.languages.onDidChangeDiagnostics(sendNewCauses),
    traces.onDidFollow((model) => {
      if (model === uri.toString()) {
        sendState();
      }
    }),
    watchModel(uri, (reason) => {
      log.info(`${uri.toString()} was ${reason}`);
      if (reason === 'edited') {
        session.forget();
      }
      peer.emit('modelChanged', { reason });
    }),
    source,
  ];
  panel.onDidDispose(() => {
    peer.close();
    subscriptions.forEach((subscription) => {
      subscription.dispose();
    });
  });
  showPage(panel.webview, context.extensionUri);
}

/** What the page is told about the editor, and again when it changes. */
function stateSender(
  peer: HostPeer,
  memory: InputMemory,
  traceTo: () => TraceDto | undefined,
): { readonly sendState: () => void; readonly sendNewCauses: () => void } {
  let shown = '';
  const sendState = (): void => {
    const trace = traceTo();
    const causes = causesAmong(editorFindings(), trace?.rule);
    shown = JSON.stringify(causes);
    const isTrusted = vscode.workspace.isTrusted;
    peer.emit('hostState', {
      ...{ isTrusted, lastInput: memory.last(), causes },
      ...(trace && { trace }),
    });
  };
  // Diagnostics change with every keystroke somewhere; causes rarely do.
  const sendNewCauses = (): void => {
    if (JSON.stringify(causesAmong(editorFindings(), traceTo()?.rule)) !== shown) {
      sendState();
    }
  };
  return { sendState, sendNewCauses };
}

/** What the page asks for without waiting for an answer. */
function followPage(peer: HostPeer): void {
  peer.on('openCause', ({ uri, line0 }) => {
    void openBeside(uri, line0);
  });
  peer.on('scanWorkspace', () => {
    void vscode.commands.executeCommand('bnGuard.scanWorkspace');
  });
  peer.on('openModel', (file) => {
    if (isModelFile(file)) {
      void vscode.commands.executeCommand('bnGuard.openModelStatistics', file.uri);
    }
  });
  peer.on('copyText', ({ text }) => {
    void vscode.env.clipboard.writeText(text);
  });
}

function showPage(webview: vscode.Webview, extensionUri: vscode.Uri): void {
  const folder = vscode.Uri.joinPath(extensionUri, 'dist', 'webview');
  const pageUri = (name: string): string =>
    webview.asWebviewUri(vscode.Uri.joinPath(folder, name)).toString();
  webview.options = { enableScripts: true, localResourceRoots: [folder] };
  webview.html = webviewHtml({
    cspSource: webview.cspSource,
    scriptUri: pageUri('onnx.js'),
    styleUri: pageUri('onnx.css'),
    language: vscode.l10n.bundle && { name: vscode.env.language, texts: vscode.l10n.bundle },
  });
}

/** Beside the panel, so that the verdict stays in sight. A message may name any file; only ours are opened. */
async function openBeside(file: string, line0: number): Promise<void> {
  const known = editorFindings().find(({ uri, line0: line }) => uri === file && line === line0);
  if (known !== undefined) {
    const options = { selection: known.range, viewColumn: vscode.ViewColumn.Beside };
    await vscode.commands.executeCommand('vscode.open', known.target, options);
  }
}
