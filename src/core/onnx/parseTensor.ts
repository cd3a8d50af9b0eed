import type { ExternalData, TensorPart } from './model';
import { type Span, type WireFile, varintsOf } from './wire';

/** Reads the head of a `TensorProto`; its values stay where they are. */
export function parseTensor(file: WireFile, payload: Span): TensorPart {
  const head = { name: '', dataType: 0, isExternal: false };
  const dims: number[] = [];
  const entries = new Map<string, string>();
  let raw: Span | undefined;
  const cursor = file.fields(payload);
  while (cursor.next()) {
    switch (cursor.field) {
      case 1:
        dims.push(...varintsOf(file, cursor));
        break;
      case 2:
        head.dataType = cursor.value;
        break;
      case 8:
        head.name = cursor.text();
        break;
      case 9:
        raw = cursor.wireType === 2 ? cursor.payload : raw;
        break;
      case 13:
        readEntry(file, cursor.payload, entries);
        break;
      case 14:
        head.isExternal = cursor.value === 1;
        break;
    }
  }
  const { name, dataType, isExternal } = head;
  const external = isExternal ? externalDataOf(entries) : undefined;
  return { name, dims, dataType, external, raw: isExternal ? undefined : raw, payload };
}

function readEntry(file: WireFile, span: Span, entries: Map<string, string>): void {
  let key = '';
  let value = '';
  const cursor = file.fields(span);
  while (cursor.next()) {
    if (cursor.field === 1) {
      key = cursor.text();
    } else if (cursor.field === 2) {
      value = cursor.text();
    }
  }
  entries.set(key, value);
}

function externalDataOf(entries: ReadonlyMap<string, string>): ExternalData {
  const length = entries.get('length');
  return {
    location: entries.get('location') ?? '',
    offset: Number(entries.get('offset') ?? 0),
    length: length === undefined ? undefined : Number(length),
  };
}
