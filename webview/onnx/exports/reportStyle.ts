/** How the report looks: dark on white, so that it can be printed and read by everybody. */

import type { Theme } from '../theme';

/** The colours of paper; those of series are told apart by shape as well. */
export const paper: Partial<Theme> = {
  foreground: '#1f1f1f',
  muted: '#575757',
  background: '#ffffff',
  stored: '#0b5cad',
  eval: '#9a5b00',
  batch: '#6d28a8',
  bad: '#b3261e',
  low: '#0b5cad',
};

export const reportStyle = `
:root { color-scheme: light; }
body { margin: 0; color: #1f1f1f; background: #ffffff; font: 15px/1.5 system-ui, sans-serif; }
main { max-width: 1180px; margin: 0 auto; padding: 24px; }
h1, h2, h3 { line-height: 1.25; overflow-wrap: anywhere; }
.facts { display: flex; flex-wrap: wrap; gap: 2px 18px; padding: 0; list-style: none; color: #575757; }
.verdict { padding: 4px 18px; border: 1px solid #c8c8c8; border-left: 6px solid #0b5cad; border-radius: 4px; }
.verdict.error { border-left-color: #b3261e; }
.verdict.warning { border-left-color: #9a5b00; }
.verdict.ok { border-left-color: #1a7f37; }
pre { padding: 6px 10px; background: #f2f2f2; white-space: pre-wrap; overflow-wrap: anywhere; }
table { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: 3px 8px; border-bottom: 1px solid #dddddd; text-align: left; }
tbody th { min-width: 12em; font-weight: 400; overflow-wrap: anywhere; }
.layers { overflow-x: auto; }
td img { display: block; width: 200px; height: 14px; image-rendering: pixelated; }
.charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(420px, 100%), 1fr)); gap: 8px 20px; }
figure { margin: 0; break-inside: avoid; }
figcaption { font-weight: 600; }
svg { width: 100%; height: auto; }
svg text { fill: #575757; font: 11px system-ui, sans-serif; }
svg .frame { fill: none; stroke: #dddddd; }
svg .initial { fill: none; stroke: #575757; stroke-dasharray: 4 4; }
svg .stored { fill: none; stroke: #0b5cad; }
svg .eval { fill: #9a5b00; }
svg .batch { fill: #6d28a8; }
dt { font-weight: 600; }
dd { margin: 0 0 8px; }
`;
