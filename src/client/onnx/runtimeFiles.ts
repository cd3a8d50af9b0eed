/** How the runtime gets at what the user names by an address. */

import type { Result } from '../../core/base/result';
import type { PanelError } from '../../protocol/onnxPanel';

type Outcome<T> = Promise<Result<T, PanelError>>;

export interface RuntimeFiles {
  /**
   * Where the runtime reads a file or folder; asked before every reading.
   *
   * @param uri as text
   */
  pathOf(uri: string): Outcome<string>;
  /**
   * Lets the runtime write a new file.
   *
   * @param write gets the path that the runtime writes to
   */
  withOutput<T>(uri: string, write: (path: string) => Outcome<T>): Outcome<T>;
  dispose(): void;
}
