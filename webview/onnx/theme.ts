/** VS Code's colours for what CSS cannot reach, and the moment they change. */

export interface Theme {
  readonly foreground: string;
  readonly muted: string;
  readonly background: string;
  readonly grid: string;
  readonly focus: string;
  readonly selection: string;
  readonly stored: string;
  readonly eval: string;
  readonly batch: string;
  readonly other: string;
  readonly bad: string;
  readonly low: string;
  readonly font: string;
  readonly isHighContrast: boolean;
}

export function readTheme(): Theme {
  const style = getComputedStyle(document.body);
  const read = (name: string, fallback: string): string =>
    style.getPropertyValue(name).trim() || fallback;
  return {
    foreground: read('--vscode-foreground', '#888888'),
    muted: read('--vscode-descriptionForeground', '#888888'),
    background: read('--vscode-editor-background', '#ffffff'),
    grid: read('--bn-grid', '#88888840'),
    focus: read('--vscode-focusBorder', '#0078d4'),
    selection: read('--bn-selection', '#0078d440'),
    stored: read('--bn-stored', '#3794ff'),
    eval: read('--bn-eval', '#d18616'),
    batch: read('--bn-batch', '#89d185'),
    other: read('--bn-other', '#d18616'),
    bad: read('--bn-bad', '#f14c4c'),
    low: read('--bn-low', '#3794ff'),
    font: `11px ${read('--vscode-font-family', 'sans-serif')}`,
    isHighContrast: document.body.className.includes('vscode-high-contrast'),
  };
}

/** Calls back after VS Code has put another theme on the page. */
export function watchTheme(onChange: () => void): () => void {
  const observer = new MutationObserver(onChange);
  observer.observe(document.body, {
    attributes: true,
    attributeFilter: ['class', 'data-vscode-theme-id'],
  });
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['style'] });
  return () => {
    observer.disconnect();
  };
}

export type Rgb = readonly [red: number, green: number, blue: number];

/** Reads a colour the way the browser does, with whatever notation the theme used. */
export function toRgb(color: string): Rgb {
  const known = readColors.get(color) ?? readColor(color);
  readColors.set(color, known);
  return known;
}

/** A theme has a dozen colours; each is read once, because that takes a canvas. */
const readColors = new Map<string, Rgb>();

function readColor(color: string): Rgb {
  const context = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
  if (!context) {
    return [128, 128, 128];
  }
  context.fillStyle = color;
  context.fillRect(0, 0, 1, 1);
  const [red = 128, green = 128, blue = 128] = context.getImageData(0, 0, 1, 1).data;
  return [red, green, blue];
}
