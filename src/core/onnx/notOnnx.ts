import type { ByteSource } from '../base/byteSource';
import { decodeUtf8 } from '../base/utf8';
import type { ModelError } from './report';
import type { WireFailure } from './wire';

interface KnownFile {
  readonly start: string;
  readonly message: string;
}

const knownFiles: readonly KnownFile[] = [
  {
    start: 'version https://git-lfs',
    message:
      'This is a Git LFS pointer, not the model itself. Run "git lfs pull" in the repository.',
  },
  {
    start: 'PK\u0003\u0004',
    message:
      'This is a zip file, such as a PyTorch checkpoint or an .npz, not an ONNX model. Export the model with torch.onnx.export.',
  },
  {
    start: '\u0089HDF\r\n',
    message:
      'This is an HDF5 file, such as a Keras .h5, not an ONNX model. Convert it with tf2onnx.',
  },
  {
    start: '\u0080',
    message:
      'This is a Python pickle, not an ONNX model. Load it in Python and export the model with torch.onnx.export.',
  },
  {
    start: '<',
    message: 'This is a web page, not an ONNX model: the download went wrong. Download it again.',
  },
  {
    start: '\u0093NUMPY',
    message: 'This is a NumPy array, not an ONNX model. Use it as the input of a model instead.',
  },
];

const headLength = 512;

/** Says what a file is that cannot be read as a model. */
export function explainNotOnnx(source: ByteSource, failure: WireFailure | undefined): ModelError {
  if (source.byteLength === 0) {
    return notOnnx('The file is empty. Export or download the model again.');
  }
  const head = source.read(0, headLength);
  const latin1 = String.fromCharCode(...head);
  const known = knownFiles.find(({ start }) => latin1.startsWith(start));
  if (known !== undefined) {
    return notOnnx(known.message);
  }
  if (isText(head)) {
    return notOnnx('This is a text file, not an ONNX model. Choose the exported .onnx file.');
  }
  const place = failure === undefined ? 'no graph was found in it' : placed(failure);
  return notOnnx(`This is not an ONNX model: ${place}. Choose the exported .onnx file.`);
}

/** A model that begins well and then breaks. */
export function explainBroken(source: ByteSource, failure: WireFailure): ModelError {
  const advice = 'Download or export it again.';
  return failure.kind === 'truncated'
    ? {
        kind: 'truncated',
        message: `The file is cut off after ${String(source.byteLength)} bytes: ${failure.message}. ${advice}`,
      }
    : notOnnx(`The file is damaged: ${placed(failure)}. ${advice}`);
}

/** What went wrong, and at which byte. */
function placed({ message, offset }: WireFailure): string {
  return /byte \d/.test(message) ? message : `${message}, at byte ${String(offset)}`;
}

function notOnnx(message: string): ModelError {
  return { kind: 'notOnnx', message };
}

function isText(head: Uint8Array): boolean {
  const text = decodeUtf8(head.slice(0, headLength - 4));
  // eslint-disable-next-line no-control-regex -- control characters are what text does not hold
  return !/[\u0000-\u0008\u000e-\u001f\ufffd]/.test(text);
}
