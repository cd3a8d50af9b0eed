/** Charts and strips as PNG, in the colours of the page. */

import { cellColor, cellsPerStrip, stripCells, stripPalette } from '../heatStrip';
import { drawMark } from '../chartMarks';
import { formatNumber } from '../format';
import type { SeriesName } from '../icons';
import { type Measure, findMeasure, measureLayer } from '../measures';
import { orderedLayers, shownMeasure, shownPasses } from '../selectors';
import type { DataView, State } from '../store';
import type { Theme } from '../theme';
import type { LayerSummaryDto } from '../../../src/protocol/onnxPanel';
import type { PassDto } from '../../../src/protocol/runtime';
import { l10n } from '../l10n';

/** Base64; empty where there is no canvas. */
export type Png = string;

export interface ChartCaption {
  readonly title: string;
  readonly series: readonly (readonly [name: SeriesName, text: string])[];
  readonly theme: Theme;
}

/** A chart's canvas under a title and over a legend, so that it can stand alone. */
export function chartPicture(
  canvas: HTMLCanvasElement,
  { title, series, theme }: ChartCaption,
): Png {
  const pixel = devicePixelRatio;
  const line = 20 * pixel;
  const size = { width: canvas.width, height: canvas.height + line * (series.length + 1) };
  return pictureOf(size, theme, (context) => {
    context.scale(pixel, pixel);
    context.fillText(title, 8, 14);
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.drawImage(canvas, 0, line);
    series.forEach(([name, text], index) => {
      const y = canvas.height + line * (index + 1.5);
      drawMark(context, name, { mark: { x: 13 * pixel, y, radius: 4.5 * pixel }, theme });
      context.fillStyle = theme.foreground;
      context.scale(pixel, pixel);
      context.fillText(text, 26, y / pixel + 4);
      context.setTransform(1, 0, 0, 1, 0, 0);
    });
  });
}

const rowHeight = 18;
const nameWidth = 300;
const stripWidth = 2 * cellsPerStrip;
const gap = 12;

/** Every layer as a row, in the order and measure the page shows. */
export function overviewPicture(state: State, view: DataView, theme: Theme): Png {
  const measure = shownMeasure(state, view);
  const passes = shownPasses(view, measure);
  const layers = orderedLayers(state, view);
  const size = {
    width: nameWidth + passes.length * (stripWidth + gap) + 80,
    height: (layers.length + 3) * rowHeight,
  };
  return pictureOf(size, theme, (context) => {
    const label = findMeasure(measure)?.label ?? '';
    context.fillText(`${view.model.fileName}: ${label}`, gap, rowHeight);
    const drawing = { context, view, measure, passes, theme };
    drawHeads(drawing);
    layers.forEach((layer, row) => {
      drawRow(drawing, layer, (row + 2) * rowHeight);
    });
  });
}

interface OverviewDrawing {
  readonly context: CanvasRenderingContext2D;
  readonly view: DataView;
  readonly measure: Measure;
  readonly passes: readonly PassDto[];
  readonly theme: Theme;
}

const passNames: Record<PassDto, string> = {
  eval: l10n.t('evaluation pass'),
  batch: l10n.t('batch pass'),
};

function drawHeads({ context, view, passes }: OverviewDrawing): void {
  if (view.run) {
    passes.forEach((pass, column) => {
      context.fillText(passNames[pass], nameWidth + column * (stripWidth + gap), 2 * rowHeight - 4);
    });
    context.fillText(
      l10n.t('median KL'),
      nameWidth + passes.length * (stripWidth + gap),
      2 * rowHeight - 4,
    );
  }
}

function drawRow(
  { context, view, measure, passes, theme }: OverviewDrawing,
  layer: LayerSummaryDto,
  top: number,
): void {
  const palette = stripPalette(theme);
  const data = view.layers.get(layer.index);
  context.fillStyle = theme.foreground;
  context.fillText(layer.name, gap, top + rowHeight * 0.75, nameWidth - 2 * gap);
  passes.forEach((pass, column) => {
    const values = data && measureLayer(layer, data, { measure, pass });
    const left = nameWidth + column * (stripWidth + gap);
    const cells = values ? stripCells(measure, values, cellsPerStrip) : new Float64Array(0);
    const width = stripWidth / Math.max(1, cells.length);
    cells.forEach((strength, cell) => {
      context.fillStyle = `rgb(${cellColor(strength, palette).join()})`;
      context.fillRect(left + cell * width, top + 2, Math.ceil(width), rowHeight - 4);
    });
  });
  const pass = view.run?.passes.includes('batch') ? 'batch' : 'eval';
  if (view.run) {
    const badness = formatNumber(view.run.medianKl[pass]?.[layer.index]);
    context.fillStyle = theme.foreground;
    context.fillText(
      badness,
      nameWidth + passes.length * (stripWidth + gap),
      top + rowHeight * 0.75,
    );
  }
}

function pictureOf(
  { width, height }: { readonly width: number; readonly height: number },
  theme: Theme,
  draw: (context: CanvasRenderingContext2D) => void,
): Png {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d');
  if (!context) {
    return '';
  }
  context.fillStyle = theme.background;
  context.fillRect(0, 0, width, height);
  context.fillStyle = theme.foreground;
  context.font = theme.font;
  draw(context);
  return canvas.toDataURL('image/png').replace(/^.*,/, '');
}
