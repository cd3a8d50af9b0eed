/** What panels were opened for from findings: the layers that a rule's mistake has touched. */

import * as vscode from 'vscode';
import type { TraceDto } from '../../protocol/onnxPanel';
import { flagsLeftBy } from './causes';

export class Traces {
  readonly #byModel = new Map<string, TraceDto>();
  readonly #followed = new vscode.EventEmitter<string>();
  /** The URI of the model, as text. */
  readonly onDidFollow = this.#followed.event;

  /** The panel of the model, open already or not, goes to the first layer that shows the mistake. */
  follow(model: vscode.Uri, rule: string): void {
    const flags = flagsLeftBy(rule);
    if (flags.length > 0) {
      // Pages outlive a reload of the window: a count would begin anew.
      this.#byModel.set(model.toString(), { id: Date.now(), rule, flags });
      this.#followed.fire(model.toString());
    }
  }

  to(model: vscode.Uri): TraceDto | undefined {
    return this.#byModel.get(model.toString());
  }

  dispose(): void {
    this.#followed.dispose();
  }
}
