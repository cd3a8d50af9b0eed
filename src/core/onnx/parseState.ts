import type { Graph } from './model';
import type { FieldCursor, Span, WireFile } from './wire';

/** What is shared while one file is parsed. */
export interface ParseState {
  readonly file: WireFile;
  depth: number;
  partCount: number;
  /** Attributes hold graphs that hold nodes that hold attributes. */
  readonly parseGraph: (state: ParseState, span: Span) => Graph;
}

/** More nodes and initializers than any real model has, few enough to hold in memory. */
const partLimit = 1_000_000;

export function countPart(state: ParseState, cursor: FieldCursor): void {
  state.partCount++;
  if (state.partCount > partLimit) {
    state.file.fail('malformed', cursor.span.start, 'The model has more than a million parts');
  }
}

/** The payload where a message is expected; a number there is read as an empty message. */
export function messageOf(cursor: FieldCursor): Span {
  return cursor.wireType === 2
    ? cursor.payload
    : { start: cursor.span.start, end: cursor.span.start };
}
