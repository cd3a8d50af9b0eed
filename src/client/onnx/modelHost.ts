/** Where the models of the panels are read and run. */

import type * as vscode from 'vscode';
import type { ModelSource } from './session';

export interface OpenModel extends ModelSource {
  dispose(): void;
}

export interface ModelHost {
  /** Nothing is read or started before the source is asked; it ends with the panel. */
  open(uri: vscode.Uri): OpenModel;
}
