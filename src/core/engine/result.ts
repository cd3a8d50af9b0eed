import type { RangedText, TextRange } from '../base/textRange';
import type { BatchNormEvidence } from '../project/evidence';
import type { PartRun } from '../project/partRun';
import type { FrameworkVersions } from '../project/versions/frameworkVersions';
import type { EnvironmentStatements } from '../project/versions/moduleVersions';
import type { Project } from '../project/project';
import type { WrittenModel } from '../training/modelFiles/facts';
import type { Finding } from '../rules/finding';

/** A Python file or a notebook, as the host read it. */
export interface SourceFile {
  /** Relative to the project's root, with `/`; unique in the project. */
  readonly path: string;
  readonly text: string;
}

/** A finding that knows its rule and can be recognised in a later version of the file. */
export interface ReportedFinding extends Finding {
  readonly rule: string;
  readonly name: string;
  /** Address of the rule's page. */
  readonly url: string;
  /** Survives edits elsewhere in the file; 16 hex digits. */
  readonly fingerprint: string;
}

export type ProblemKind = 'syntax' | 'unreadable' | 'tooLarge' | 'ruleFailure';

/** Something that kept the analysis from seeing all of a file. */
export interface AnalysisProblem {
  readonly path: string;
  readonly kind: ProblemKind;
  readonly message: string;
  /** Absent when the whole file is meant. */
  readonly range: TextRange | undefined;
}

/** A place for people and editors: everything counts from 0, columns in UTF-16 units. */
export interface PlaceInSource {
  /** Index among all cells of a notebook; `undefined` in a Python file. */
  readonly cell: number | undefined;
  readonly line0: number;
  readonly column0: number;
}

/** One analysed file: the text that ranges speak about and the way back to the user's file. */
export interface AnalyzedSource {
  readonly path: string;
  /** For a notebook the joined code of its cells; ranges of findings are offsets in this text. */
  readonly text: string;
  /** Magics and shell lines of a notebook. */
  readonly commands?: readonly RangedText[];
  placeAt(offset: number): PlaceInSource;
  /** The line of the file on disk, from 0; in a notebook, a line of its JSON. */
  fileLine0At(offset: number): number;
}

/** What was found in one part of a project; no file is in two parts. */
export interface PartResult {
  /** By path, then position, then rule id. */
  readonly findings: readonly ReportedFinding[];
  /** By path, then position. */
  readonly problems: readonly AnalysisProblem[];
  /** Files that had a syntax tree built, in order. */
  readonly parsedPaths: readonly string[];
}

/** What is known about a project after an analysis. */
export interface Analysis {
  /** By path, then position, then rule id. */
  readonly findings: readonly ReportedFinding[];
  /** By path, then position. */
  readonly problems: readonly AnalysisProblem[];
  readonly sources: ReadonlyMap<string, AnalyzedSource>;
  /** Files that had a syntax tree built, because something in them may matter to a rule; in order. */
  readonly parsedPaths: readonly string[];
}

/** What findings in a module rest on. */
export interface ModuleKnowledge {
  readonly evidence: BatchNormEvidence;
  readonly versions: FrameworkVersions;
}

/** Hand it back to make the next analysis cheap. */
export interface ProjectResult extends Analysis {
  /** What findings in a file rest on; `undefined` for a file that was not analysed. */
  knownOf(path: string): ModuleKnowledge | undefined;
  /** ONNX files that a file, or code that shares its models, writes; the nearest first. */
  modelFilesNear(path: string): readonly WrittenModel[];
  readonly project: Project;
  readonly parts: ReadonlyMap<PartRun, PartResult>;
  readonly environment: EnvironmentStatements;
}
