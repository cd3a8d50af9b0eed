import type { LibraryCall } from '../../semantics/library';
import { type Value, textOf } from '../../semantics/value';
import type { FrameworkPart } from '../frameworkPart';
import type { WrittenModel } from './facts';

/** Listens for ONNX files that a program writes; never answers. */
export class ModelFilesPart implements FrameworkPart {
  readonly #written: WrittenModel[] = [];

  get facts(): readonly WrittenModel[] {
    return this.#written;
  }

  callExternal(name: string, call: LibraryCall): undefined {
    const place = writers.get(name);
    if (place !== undefined) {
      this.#note(call, place);
    }
    return undefined;
  }

  callMethod(receiver: Value, name: string, call: LibraryCall): undefined {
    const isOfProject = receiver.kind === 'object';
    if (!isOfProject && methods.has(name)) {
      this.#note(call, { position: 0, keywords: ['filepath', 'destination'] });
    }
    return undefined;
  }

  #note({ args, site }: LibraryCall, { position, keywords }: FileArgument): void {
    const named = keywords.map((keyword) => args.keywords.get(keyword));
    for (const value of [args.positional[position], ...named]) {
      const file = textOf(value);
      if (file !== undefined && /\.onnx$/i.test(file)) {
        this.#written.push({ file, site });
      }
    }
  }
}

interface FileArgument {
  readonly position: number;
  readonly keywords: readonly string[];
}

/**
 * Functions that write an ONNX file, and which argument names it.
 *
 * @source https://docs.pytorch.org/docs/stable/onnx.html,
 *   https://onnx.ai/onnx/api/serialization.html, https://github.com/onnx/tensorflow-onnx
 */
const writers: ReadonlyMap<string, FileArgument> = new Map([
  ['torch.onnx.export', { position: 2, keywords: ['f'] }],
  ['onnx.save', { position: 1, keywords: ['f'] }],
  ['onnx.save_model', { position: 1, keywords: ['f'] }],
  ['tf2onnx.convert.from_keras', { position: 99, keywords: ['output_path'] }],
  ['tf2onnx.convert.from_function', { position: 99, keywords: ['output_path'] }],
  ['keras2onnx.save_model', { position: 1, keywords: ['filepath'] }],
]);

/** `model.export('net.onnx', format='onnx')` of Keras, `program.save('net.onnx')` of PyTorch. */
const methods: ReadonlySet<string> = new Set(['export', 'save']);
