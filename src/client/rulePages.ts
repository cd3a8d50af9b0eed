/** A rule's page as a read-only document, shown as Markdown preview. */

import * as vscode from 'vscode';
import { type RulePage, rulePageRequest, rulePageScheme, ruleListRequest } from '../protocol/lsp';
import type { LanguageServer } from './languageServer';

export function registerRulePages(server: LanguageServer): vscode.Disposable {
  return vscode.workspace.registerTextDocumentContentProvider(rulePageScheme, {
    async provideTextDocumentContent({ path }) {
      const rule = path.replace(/^\//, '').split(' ')[0] ?? '';
      const page = await server.request<RulePage | null>(rulePageRequest, { rule });
      return page?.markdown ?? vscode.l10n.t('There is no rule {0}.', rule);
    },
  });
}

/** Asks which rule when none is given. */
export async function showRule(server: LanguageServer, rule: unknown): Promise<void> {
  const page =
    typeof rule === 'string'
      ? await server.request<RulePage | null>(rulePageRequest, { rule })
      : await pickRule(server);
  if (page === undefined || page === null) {
    return;
  }
  const uri = vscode.Uri.from({ scheme: rulePageScheme, path: `/${page.id} ${page.name}.md` });
  try {
    await vscode.commands.executeCommand('markdown.showPreview', uri);
  } catch {
    // Without VS Code's own Markdown extension there is no such command; the text reads well too.
    await vscode.window.showTextDocument(uri, { preview: true });
  }
}

async function pickRule(server: LanguageServer): Promise<RulePage | undefined> {
  const pages = await server.request<readonly RulePage[]>(ruleListRequest);
  const choice = await vscode.window.showQuickPick(
    pages.map((page) => ({
      label: page.id,
      description: page.name,
      detail: page.summary,
      page,
    })),
    { placeHolder: vscode.l10n.t('Which rule?'), matchOnDescription: true, matchOnDetail: true },
  );
  return choice?.page;
}
