/** The view *Findings*: a tree by rule or by file, with a badge that counts errors. */

import * as vscode from 'vscode';
import { showRuleCommand, type RulePage, ruleListRequest } from '../../protocol/lsp';
import type { LanguageServer } from '../languageServer';
import { type EditorFinding, editorFindings } from './entries';
import { type FindingGroup, type Grouping, countFindings, groupFindings } from './groups';
import { entryItem, groupItem } from './items';

const viewId = 'bnGuard.findings';
const groupingKey = 'bnGuard.findingsGrouping';

type Node = FindingGroup<EditorFinding> | EditorFinding;

export function registerFindingsView(
  context: vscode.ExtensionContext,
  server: LanguageServer,
): readonly vscode.Disposable[] {
  const tree = new FindingsTree(context.workspaceState.get<Grouping>(groupingKey) ?? 'rule');
  const view = vscode.window.createTreeView(viewId, {
    treeDataProvider: tree,
    showCollapseAll: true,
  });
  const refresh = (): void => {
    tree.refresh();
    showCounts(view, tree.findings);
  };
  const group = (grouping: Grouping): void => {
    tree.grouping = grouping;
    void context.workspaceState.update(groupingKey, grouping);
    void vscode.commands.executeCommand('setContext', groupingKey, grouping);
    refresh();
  };
  group(tree.grouping);
  return [
    view,
    new vscode.Disposable(() => {
      tree.dispose();
    }),
    vscode.languages.onDidChangeDiagnostics(refresh),
    view.onDidChangeVisibility(({ visible }) => {
      if (visible) void tree.learnNames(server);
    }),
    vscode.commands.registerCommand('bnGuard.groupByRule', () => {
      group('rule');
    }),
    vscode.commands.registerCommand('bnGuard.groupByFile', () => {
      group('file');
    }),
    vscode.commands.registerCommand('bnGuard.explainFinding', (node: Node) =>
      vscode.commands.executeCommand(showRuleCommand, ruleOfNode(node)),
    ),
  ];
}

class FindingsTree implements vscode.TreeDataProvider<Node> {
  grouping: Grouping;
  findings: readonly EditorFinding[] = [];
  #groups: readonly FindingGroup<EditorFinding>[] = [];
  #names: ReadonlyMap<string, string> = new Map();
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChangeTreeData = this.#changed.event;

  constructor(grouping: Grouping) {
    this.grouping = grouping;
  }

  refresh(): void {
    this.findings = editorFindings();
    this.#groups = groupFindings(this.findings, this.grouping);
    this.#changed.fire();
  }

  /** Rules are shown by name as well, once the server can be asked. */
  async learnNames(server: LanguageServer): Promise<void> {
    if (this.#names.size > 0) return;
    const pages = await server
      .request<readonly RulePage[]>(ruleListRequest)
      .catch((): readonly RulePage[] => []);
    this.#names = new Map(pages.map(({ id, name }) => [id, name]));
    this.#changed.fire();
  }

  getChildren(node?: Node): Node[] {
    if (node === undefined) return [...this.#groups];
    return 'entries' in node ? [...node.entries] : [];
  }

  getParent(node: Node): Node | undefined {
    return 'entries' in node
      ? undefined
      : this.#groups.find(({ entries }) => entries.includes(node));
  }

  getTreeItem(node: Node): vscode.TreeItem {
    return 'entries' in node
      ? groupItem(node, { grouping: this.grouping, nameOf: (rule) => this.#names.get(rule) })
      : entryItem(node, this.grouping);
  }

  dispose(): void {
    this.#changed.dispose();
  }
}

function showCounts(view: vscode.TreeView<Node>, findings: readonly EditorFinding[]): void {
  const { errors, warnings, total, files } = countFindings(findings);
  view.badge =
    errors > 0
      ? { value: errors, tooltip: vscode.l10n.t('{0} errors that lose running statistics', errors) }
      : undefined;
  view.description =
    total > 0
      ? vscode.l10n.t('{0} errors, {1} warnings in {2} files', errors, warnings, files)
      : '';
}

function ruleOfNode(node: Node): string | undefined {
  return 'entries' in node ? node.entries[0]?.rule : node.rule;
}
