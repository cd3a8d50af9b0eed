/** The first pictures of an input, turned, resized, cropped and coloured as the model gets them. */

import type { InputPreviewDto, ThumbnailDto } from '../../src/protocol/onnxPanel';
import { element } from './dom';
import { grouped } from './format';
import { l10n } from './l10n';

export function thumbnailsOf(preview: InputPreviewDto | null | undefined): readonly HTMLElement[] {
  if (!preview) {
    return [];
  }
  const rest = preview.fileCount - preview.pictures.length;
  return [
    ...preview.pictures.map(thumbnail),
    ...(rest > 0
      ? [element('span', { class: 'facts-line' }, l10n.t('and {0} more', grouped(rest)))]
      : []),
  ];
}

function thumbnail({ fileName, width, height, rgba }: ThumbnailDto): HTMLElement {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const image = new ImageData(width, height);
  image.data.set(rgba);
  canvas.getContext('2d')?.putImageData(image, 0, 0);
  canvas.setAttribute('role', 'img');
  canvas.setAttribute('aria-label', l10n.t('{0} as the model gets it', fileName));
  canvas.title = fileName;
  return canvas;
}
