import { unzipSync } from 'fflate';
import { type Result, err, ok } from '../base/result';
import { readNpy } from './npy';
import { type NamedTensor, type TensorError, tensorByteLimit } from './tensor';

/** Reads every array of an `.npz` file, in the file's order. */
export function readNpz(bytes: Uint8Array): Result<readonly NamedTensor[], TensorError> {
  const entries = unzip(bytes);
  if (!entries.ok) {
    return entries;
  }
  const tensors: NamedTensor[] = [];
  for (const [path, content] of Object.entries(entries.value)) {
    const name = path.replace(/\.npy$/, '');
    const tensor = readNpy(content);
    if (!tensor.ok) {
      return err({ ...tensor.error, message: `Array "${name}": ${tensor.error.message}` });
    }
    tensors.push({ name, ...tensor.value });
  }
  return tensors.length > 0
    ? ok(tensors)
    : err({
        kind: 'notAnArray',
        message: 'The .npz file holds no array. Save it with numpy.savez.',
      });
}

function unzip(bytes: Uint8Array): Result<Record<string, Uint8Array>, TensorError> {
  let total = 0;
  try {
    const entries = unzipSync(bytes, {
      filter: ({ name, originalSize }) => {
        total += name.endsWith('.npy') ? originalSize : 0;
        return name.endsWith('.npy') && total <= tensorByteLimit;
      },
    });
    return total <= tensorByteLimit
      ? ok(entries)
      : err({
          kind: 'tooLarge',
          message: `The arrays take ${String(total)} bytes. Save fewer samples.`,
        });
  } catch {
    // The zip library throws for whatever it cannot read; the reason is of no use to people.
    return err({
      kind: 'notAnArray',
      message: 'This is not a readable .npz file. Save it with numpy.savez.',
    });
  }
}
