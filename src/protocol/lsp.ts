/** What our language server understands beyond the Language Server Protocol. */

import type { Texts } from './l10n';

/** The client's half of the handshake, in `initializationOptions`. */
export interface InitializationOptions {
  /** Whether the client knows the commands and notifications named in this file. */
  readonly hasExtras?: boolean;
  /** Whether the client answers the three requests about files that end this file. */
  readonly hasFiles?: boolean;
}

/** Commands of the client that the server's code actions name. */
export const showRuleCommand = 'bnGuard.showRule';
/** Takes the URI of a model file and, from a finding, the id of its rule. */
export const openModelCommand = 'bnGuard.openModelStatistics';

/** Of the client's documents that are rule pages; their path begins with the id. */
export const rulePageScheme = 'bn-guard-rule';

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
  /** An edit in it took long to analyse; until one is fast again. */
  readonly slow?: SlowFile;
}

export interface SlowFile {
  /** Relative to the project, with `/`. */
  readonly path: string;
  readonly elapsedMs: number;
}

/** Request: what the analysis takes for granted about one open file; `null` when it is not open. */
export const fileEvidenceRequest = 'bnGuard/fileEvidence';

export interface FileEvidenceParams {
  /** Of a Python document or a notebook's cell. */
  readonly uri: string;
}

export interface FileEvidence {
  readonly batchNorm: {
    /** `unread`: the file names no framework, so nothing was looked for. */
    readonly level: 'certain' | 'possible' | 'excluded' | 'unread';
    /** What builds BatchNorm, by its qualified name, when that is certain. */
    readonly name?: string;
    readonly place?: EvidencePlace;
  };
  /** Framework versions the analysis reckons with, where they are known. */
  readonly versions: readonly {
    /** Like `Keras 3`. */
    readonly name: string;
    /** Why, and where that is said. */
    readonly reason: string;
  }[];
}

export interface EvidencePlace {
  readonly uri: string;
  /** Relative to the project, with `/`. */
  readonly path: string;
  readonly line0: number;
}

/**
 * Requests of the server, for folders that only the editor can read: those of a virtual workspace, and
 * every folder where the server runs in a browser. All take a URI.
 */
export interface FileParams {
  readonly uri: string;
}

/** Answers a `RemoteFileStatus`, or `null` where there is nothing. */
export const statFileRequest = 'bnGuard/statFile';

export interface RemoteFileStatus {
  readonly kind: RemoteFileKind;
  /** Bytes. */
  readonly size: number;
  /** Milliseconds since 1970. */
  readonly modifiedMs: number;
}

export type RemoteFileKind = 'file' | 'folder' | 'other';

/** Answers a list of `RemoteFileEntry`, or `null` for a folder that cannot be read. */
export const listFolderRequest = 'bnGuard/listFolder';

export interface RemoteFileEntry {
  readonly name: string;
  readonly kind: RemoteFileKind;
}

/** Takes `ReadFileParams`, answers a `RemoteFileContent`. */
export const readFileRequest = 'bnGuard/readFile';

export interface ReadFileParams extends FileParams {
  /** A larger file is not sent. */
  readonly byteLimit: number;
}

export type RemoteFileContent =
  | { readonly base64: string }
  | {
      readonly failure: 'missing' | 'unreadable' | 'tooLarge';
      readonly reason: string;
      /** Of a file that is too large. */
      readonly byteLength?: number;
    };

/**
 * First message to a server that is a Web Worker, which can read no file of its own package. It answers
 * with a `WorkerReadiness`; then the Language Server Protocol begins.
 */
export interface WorkerStart {
  readonly version: string;
  readonly runtimeWasm: Uint8Array;
  readonly grammarWasm: Uint8Array;
  /** Those of the editor's language; empty for English. */
  readonly texts: Texts;
}

export type WorkerReadiness =
  { readonly isReady: true } | { readonly isReady: false; readonly reason: string };
