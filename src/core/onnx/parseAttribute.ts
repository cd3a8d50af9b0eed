import type { Attribute, Graph, TensorPart } from './model';
import { type ParseState, messageOf } from './parseState';
import { parseTensor } from './parseTensor';
import { type FieldCursor, type Span, type WireFile, varintsOf, viewOf } from './wire';

/** Reads an `AttributeProto`; strings and sparse tensors are of no use to us and left out. */
export function parseAttribute(state: ParseState, span: Span): Attribute {
  const { file } = state;
  const scalars: { name: string; float?: number; int?: number; refersTo?: string } = { name: '' };
  const ints: number[] = [];
  const floats: number[] = [];
  const graphs: Graph[] = [];
  let tensor: TensorPart | undefined;
  const cursor = file.fields(span);
  while (cursor.next()) {
    switch (cursor.field) {
      case 1:
        scalars.name = cursor.text();
        break;
      case 2:
        scalars.float = cursor.float();
        break;
      case 3:
        scalars.int = cursor.value;
        break;
      case 5:
        tensor = parseTensor(file, messageOf(cursor));
        break;
      case 6:
      case 11:
        graphs.push(state.parseGraph(state, messageOf(cursor)));
        break;
      case 7:
        floats.push(...floatsOf(file, cursor));
        break;
      case 8:
        ints.push(...varintsOf(file, cursor));
        break;
      case 21:
        scalars.refersTo = cursor.text();
        break;
    }
  }
  const { name, float, int, refersTo } = scalars;
  return { name, float, int, refersTo, ints, floats, tensor, graphs, payload: span };
}

/** Longer lists of numbers as attributes are no parameters of any operator we read. */
const listLimit = 1 << 16;

function floatsOf(file: WireFile, cursor: FieldCursor): readonly number[] {
  if (cursor.wireType === 5) {
    return [cursor.float()];
  }
  const { start, end } = cursor.payload;
  if (cursor.wireType !== 2 || end - start > listLimit) {
    return [];
  }
  const view = viewOf(file.bytes(cursor.payload));
  return Array.from({ length: view.byteLength >> 2 }, (_, index) =>
    view.getFloat32(4 * index, true),
  );
}
