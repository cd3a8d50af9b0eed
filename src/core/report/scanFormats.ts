/** Every format of `scan` by the name that `--format` takes. */

import { githubReport } from './github';
import { gitlabReport } from './gitlab';
import { jsonLinesReport, jsonReport } from './json';
import { junitReport } from './junit';
import { sarifReport } from './sarif';
import type { ScanReport, ToolInfo } from './scanReport';
import { textReport } from './text';
import type { TextStyle } from './textParts';

export interface ScanFormat {
  /** For `--help`. */
  readonly summary: string;
  /** Whether the output itself says which files could not be analysed. */
  readonly carriesProblems: boolean;
  print(
    report: ScanReport,
    context: { readonly tool: ToolInfo; readonly style: TextStyle },
  ): string;
}

export const scanFormats: Readonly<Record<string, ScanFormat>> = {
  text: {
    summary: 'for people',
    carriesProblems: false,
    print: (report, { tool, style }) => textReport(report, tool, style),
  },
  json: {
    summary: 'one JSON document, a stable contract',
    carriesProblems: true,
    print: (report, { tool }) => jsonReport(report, tool),
  },
  jsonl: {
    summary: 'one JSON object per line',
    carriesProblems: true,
    print: (report, { tool }) => jsonLinesReport(report, tool),
  },
  sarif: {
    summary: 'SARIF 2.1.0, for code scanning',
    carriesProblems: true,
    print: (report, { tool }) => sarifReport(report, tool),
  },
  github: {
    summary: 'annotations in a GitHub workflow',
    carriesProblems: false,
    print: githubReport,
  },
  gitlab: {
    summary: 'GitLab Code Quality',
    carriesProblems: false,
    print: gitlabReport,
  },
  junit: { summary: 'JUnit XML', carriesProblems: false, print: junitReport },
};
