/** What our language server understands beyond the Language Server Protocol. */

/** The client's half of the handshake, in `initializationOptions`. */
export interface InitializationOptions {
  /** Whether the client knows the commands and notifications named in this file. */
  readonly hasExtras?: boolean;
}

/** Commands of the client that the server's code actions name. */
export const showRuleCommand = 'bnGuard.showRule';

/** Request: a rule's page. */
export const rulePageRequest = 'bnGuard/rulePage';

export interface RulePageParams {
  /** An id or a name. */
  readonly rule: string;
}

export interface RulePage {
  readonly id: string;
  readonly name: string;
  readonly summary: string;
  readonly markdown: string;
}

/** Request without parameters: every rule, in the order of ids. */
export const ruleListRequest = 'bnGuard/rules';

/** Request: analyse every folder now and keep the findings of closed files in Problems. */
export const scanWorkspaceRequest = 'bnGuard/scanWorkspace';

export interface ScanSummary {
  readonly fileCount: number;
  readonly errorCount: number;
  readonly findingCount: number;
  /** Files that hold findings. */
  readonly findingFileCount: number;
}

/** Request without parameters: plain text for a bug report, without the user's code. */
export const debugInformationRequest = 'bnGuard/debugInformation';

/** Notification: what the server is doing. */
export const statusNotification = 'bnGuard/status';

export interface ServerStatus {
  readonly state: 'reading' | 'ready';
  /** Python files and notebooks known so far, over all folders. */
  readonly fileCount: number;
  /** Milliseconds the last analysis took; `undefined` before the first. */
  readonly elapsedMs: number | undefined;
}
