import { buildLineIndex } from '../../../src/core/base/lineIndex';
import type { AnalyzedSource, ReportedFinding } from '../../../src/core/engine/result';
import type { ScanReport, ToolInfo } from '../../../src/core/report/scanReport';

const texts = {
  'model.py': 'import slim\n\nnet = slim.batch_norm(images)\n',
  'train.py':
    'import tensorflow as tf\n\nwanted = tf.get_collection(tf.GraphKeys.TRAINABLE_VARIABLES)\n',
  'note, book.ipynb': 'a = 1\nwanted = tf.trainable_variables()\n',
} as const;

type SamplePath = keyof typeof texts;

function sampleSource(path: string, text: string, cell?: number): AnalyzedSource {
  const index = buildLineIndex(text);
  return {
    path,
    text,
    placeAt: (offset) => ({ cell, ...index.positionAt(offset) }),
    fileLine0At: (offset) => index.positionAt(offset).line0 + (cell === undefined ? 0 : 40),
  };
}

function place(path: SamplePath, needle: string): Pick<ReportedFinding, 'path' | 'range'> {
  const start = texts[path].indexOf(needle);
  return { path, range: { start, end: start + needle.length } };
}

function sampleFinding(
  path: SamplePath,
  needle: string,
  changes: Partial<ReportedFinding>,
): ReportedFinding {
  const at = place(path, needle);
  return {
    ...at,
    rule: 'BN101',
    name: 'restore-trainable-only',
    severity: 'error',
    confidence: 'certain',
    message:
      'only trainable variables are restored: 100% of <moving_mean> & "moving_variance" is lost',
    related: [{ ...place('model.py', 'slim.batch_norm'), message: 'BatchNorm is built here' }],
    fixes: [
      {
        title: 'Restore all global variables',
        safety: 'safe',
        edits: [{ ...at, newText: 'tf.GraphKeys.GLOBAL_VARIABLES' }],
      },
    ],
    fingerprint: '00112233445566aa',
    url: 'https://bn-guard.github.io/rules/bn101',
    ...changes,
  };
}

/** One finding in a notebook's third cell, one in a file, one syntax problem. */
export const sampleReport: ScanReport = {
  findings: [
    sampleFinding('note, book.ipynb', 'tf.trainable_variables()', { severity: 'warning' }),
    sampleFinding('train.py', 'tf.GraphKeys.TRAINABLE_VARIABLES', {}),
  ],
  problems: [
    {
      path: 'model.py',
      kind: 'syntax',
      message: 'this part is not valid Python and was left out',
      range: { start: 13, end: 16 },
    },
    {
      path: 'data.py',
      kind: 'unreadable',
      message: 'data.py is a binary file, not Python text',
      range: undefined,
    },
  ],
  sources: new Map(
    Object.entries(texts).map(([path, text]) => [
      path,
      sampleSource(path, text, path.endsWith('.ipynb') ? 2 : undefined),
    ]),
  ),
  filesFound: 4,
  filesParsed: 3,
  filesSkipped: 1,
  elapsedMs: 12,
};

export const emptyReport: ScanReport = { ...sampleReport, findings: [], problems: [] };

export const sampleTool: ToolInfo = {
  name: 'bn-guard',
  version: '0.1.0',
  rules: [
    {
      id: 'BN101',
      name: 'restore-trainable-only',
      summary: 'Only trainable variables are restored',
      severity: 'error',
      frameworks: ['tensorflow1'],
      since: '0.1.0',
      doc: '# BN101 restore-trainable-only\n\nLost: `moving_mean`.\n',
    },
  ],
};
