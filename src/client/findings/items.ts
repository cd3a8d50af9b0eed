/** How groups and findings look in the view. */

import * as vscode from 'vscode';
import type { EditorFinding } from './entries';
import type { FindingGroup, Grouping } from './groups';

interface GroupLook {
  readonly grouping: Grouping;
  readonly nameOf: (rule: string) => string | undefined;
}

export function groupItem(
  { key, severity, entries }: FindingGroup<EditorFinding>,
  { grouping, nameOf }: GroupLook,
): vscode.TreeItem {
  const expanded = vscode.TreeItemCollapsibleState.Expanded;
  const count = String(entries.length);
  if (grouping === 'file') {
    const item = new vscode.TreeItem(vscode.Uri.parse(key), expanded);
    item.description = `${folderOf(entries[0]?.path ?? '')} ${count}`.trim();
    item.iconPath = vscode.ThemeIcon.File;
    item.contextValue = 'file';
    return item;
  }
  const item = new vscode.TreeItem(key, expanded);
  item.description = `${nameOf(key) ?? ''} ${count}`.trim();
  item.iconPath = iconOf(severity);
  item.contextValue = 'rule';
  return item;
}

export function entryItem(entry: EditorFinding, grouping: Grouping): vscode.TreeItem {
  const { message, path, line0, rule, severity, target, range } = entry;
  // In a notebook the message says which cell; a line of it means little.
  const line = path.endsWith('.ipynb') ? '' : `:${String(line0 + 1)}`;
  const place = `${grouping === 'rule' ? fileName(path) : rule}${line}`;
  const item = new vscode.TreeItem(grouping === 'rule' ? place : message);
  item.description = grouping === 'rule' ? message : place;
  item.tooltip = new vscode.MarkdownString().appendText(`${path}${line}\n\n${message}`);
  item.iconPath = iconOf(severity);
  item.contextValue = 'finding';
  item.accessibilityInformation = {
    label: vscode.l10n.t('{0} in {1}, line {2}: {3}', rule, path, line0 + 1, message),
  };
  item.command = {
    title: vscode.l10n.t('Go to Finding'),
    command: 'vscode.open',
    arguments: [target, { selection: range } satisfies vscode.TextDocumentShowOptions],
  };
  return item;
}

/** The icons of Problems, in its colours. */
function iconOf(severity: number): vscode.ThemeIcon {
  const [name, colour] = icons[severity] ?? icons[2];
  return new vscode.ThemeIcon(name, new vscode.ThemeColor(colour));
}

const icons: Readonly<Record<number, readonly [string, string]>> & {
  readonly 2: readonly [string, string];
} = {
  0: ['error', 'problemsErrorIcon.foreground'],
  1: ['warning', 'problemsWarningIcon.foreground'],
  2: ['info', 'problemsInfoIcon.foreground'],
  3: ['lightbulb', 'problemsInfoIcon.foreground'],
};

function fileName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function folderOf(path: string): string {
  const end = path.lastIndexOf('/');
  return end === -1 ? '' : path.slice(0, end);
}
