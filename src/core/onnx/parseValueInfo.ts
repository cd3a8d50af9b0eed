import type { ValueInfo } from './model';
import type { Span, WireFile } from './wire';

/** Reads a `ValueInfoProto`. */
export function parseValueInfo(file: WireFile, span: Span): ValueInfo {
  let name = '';
  let type: Omit<ValueInfo, 'name'> = { elementType: 0, dims: undefined, isTensor: false };
  const cursor = file.fields(span);
  while (cursor.next()) {
    if (cursor.field === 1) {
      name = cursor.text();
    } else if (cursor.field === 2 && cursor.wireType === 2) {
      type = parseType(file, cursor.payload);
    }
  }
  return { name, ...type };
}

function parseType(file: WireFile, span: Span): Omit<ValueInfo, 'name'> {
  const cursor = file.fields(span);
  while (cursor.next()) {
    if (cursor.field === 1 && cursor.wireType === 2) {
      return { ...parseTensorType(file, cursor.payload), isTensor: true };
    }
  }
  return { elementType: 0, dims: undefined, isTensor: false };
}

function parseTensorType(file: WireFile, span: Span): Pick<ValueInfo, 'elementType' | 'dims'> {
  let elementType = 0;
  let dims: ValueInfo['dims'];
  const cursor = file.fields(span);
  while (cursor.next()) {
    if (cursor.field === 1) {
      elementType = cursor.value;
    } else if (cursor.field === 2 && cursor.wireType === 2) {
      dims = parseShape(file, cursor.payload);
    }
  }
  return { elementType, dims };
}

function parseShape(file: WireFile, span: Span): readonly (number | string)[] {
  const dims: (number | string)[] = [];
  const cursor = file.fields(span);
  while (cursor.next()) {
    if (cursor.field === 1 && cursor.wireType === 2) {
      dims.push(parseDimension(file, cursor.payload));
    }
  }
  return dims;
}

function parseDimension(file: WireFile, span: Span): number | string {
  const cursor = file.fields(span);
  while (cursor.next()) {
    if (cursor.field === 1) {
      return cursor.value;
    }
    if (cursor.field === 2) {
      return cursor.text();
    }
  }
  return '?';
}
