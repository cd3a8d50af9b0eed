/** Something to look at for a user who has no training code at hand; both come with the package. */

import * as vscode from 'vscode';

/** A script that restores too little, as a document of its own that is nowhere on disk. */
export async function openExampleCode(extensionUri: vscode.Uri): Promise<void> {
  const file = vscode.Uri.joinPath(extensionUri, 'dist', 'example', 'train_tf1.py');
  const content = new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
  const document = await vscode.workspace.openTextDocument({ language: 'python', content });
  const bug = document.positionAt(content.indexOf('tf.GraphKeys.TRAINABLE_VARIABLES'));
  const editor = await vscode.window.showTextDocument(document);
  editor.selection = new vscode.Selection(bug, bug);
  editor.revealRange(new vscode.Range(bug, bug), vscode.TextEditorRevealType.InCenter);
}

/** A model whose backbone never got its running statistics. */
export async function openExampleModel(extensionUri: vscode.Uri): Promise<void> {
  const model = vscode.Uri.joinPath(extensionUri, 'dist', 'example', 'broken.onnx');
  await vscode.commands.executeCommand('bnGuard.openModelStatistics', model);
}
