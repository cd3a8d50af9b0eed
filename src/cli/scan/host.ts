import type { ToolInfo } from '../../core/report/scanReport';
import type { Terminal } from '../terminal';

/** What the command line gives to a scan. */
export interface ScanHost {
  readonly terminal: Terminal;
  readonly tool: ToolInfo;
  readonly cwd: string;
  /** Where the parser's wasm files lie. */
  readonly bundleFolder: string;
}
