/** The forms in which the panel's numbers leave it. */

import type { ExportedFile } from '../../../src/protocol/onnxPanel';
import type { DataView, State } from '../store';
import type { Theme } from '../theme';
import { csvOf } from './csv';
import { jsonOf } from './json';
import { markdownOf } from './markdown';
import { overviewPicture } from './pictures';
import { reportOf } from './report';

export type ExportFormat = 'csv' | 'json' | 'html' | 'png' | 'markdown';

interface Exported {
  readonly state: State;
  readonly view: DataView;
  readonly theme: Theme;
}

export function contentOf(format: ExportFormat, { state, view, theme }: Exported): ExportedFile {
  const { fileName } = view.model;
  switch (format) {
    case 'csv':
      return textFile(exportName(fileName, 'statistics.csv'), csvOf(view));
    case 'json':
      return textFile(exportName(fileName, 'statistics.json'), jsonOf(view));
    case 'html':
      return textFile(exportName(fileName, 'statistics.html'), reportOf(view, theme));
    case 'markdown':
      return textFile(exportName(fileName, 'statistics.md'), markdownOf(view));
    case 'png': {
      const content = overviewPicture(state, view, theme);
      return { suggestedName: exportName(fileName, 'overview.png'), content, encoding: 'base64' };
    }
  }
}

function textFile(suggestedName: string, content: string): ExportedFile {
  return { suggestedName, content, encoding: 'utf8' };
}

/** Such as `resnet-statistics.csv` for `resnet.onnx`. */
export function exportName(fileName: string, ending: string): string {
  return `${fileName.replace(/\.onnx$/i, '')}-${ending}`;
}
