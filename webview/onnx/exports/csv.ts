/** Every channel as a row. */

import { type Column, columnsOf } from '../columns';
import type { DataView } from '../store';

type Row = Readonly<Record<string, string>>;

/** Needs the numbers of every layer. */
export function csvOf(view: DataView): string {
  const rows = view.model.layers.flatMap((layer): readonly Row[] => {
    const data = view.layers.get(layer.index);
    return data ? rowsOf(layer.name, columnsOf(data), layer.channels) : [];
  });
  const keys = Array.from(new Set(rows.flatMap((row) => Object.keys(row))));
  const lines = rows.map((row) => keys.map((key) => quoted(row[key] ?? '')).join(','));
  return [keys.join(','), ...lines, ''].join('\n');
}

function rowsOf(layer: string, columns: readonly Column[], channels: number): readonly Row[] {
  return Array.from({ length: channels }, (_, channel) => ({
    layer,
    ...Object.fromEntries(columns.map(({ key, valueAt }) => [key, String(valueAt(channel))])),
  }));
}

function quoted(text: string): string {
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
