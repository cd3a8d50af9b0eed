/** The command *Open Model Statistics*: on the file it is called on, the open one, or one picked. */

import * as vscode from 'vscode';
import type { Traces } from './traces';

/** @param rule of the finding it is called from, if it is */
export async function openModelStatistics(
  { viewType, traces }: { readonly viewType: string; readonly traces: Traces },
  { target, rule }: { readonly target: unknown; readonly rule: unknown },
): Promise<void> {
  const uri = modelOf(target) ?? activeModel() ?? (await pickModel());
  if (uri) {
    if (typeof rule === 'string') {
      traces.follow(uri, rule);
    }
    await vscode.commands.executeCommand('vscode.openWith', uri, viewType);
  }
}

/** Menus give a URI, the language server its text. */
function modelOf(target: unknown): vscode.Uri | undefined {
  if (target instanceof vscode.Uri) {
    return target;
  }
  return typeof target === 'string' ? vscode.Uri.parse(target) : undefined;
}

function activeModel(): vscode.Uri | undefined {
  const input: unknown = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  const isFile = input instanceof vscode.TabInputText || input instanceof vscode.TabInputCustom;
  return isFile && input.uri.path.endsWith('.onnx') ? input.uri : undefined;
}

async function pickModel(): Promise<vscode.Uri | undefined> {
  const picked = await vscode.window.showOpenDialog({
    title: vscode.l10n.t('Open Model Statistics'),
    filters: { [vscode.l10n.t('ONNX models')]: ['onnx'] },
  });
  return picked?.[0];
}
