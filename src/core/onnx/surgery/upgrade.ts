/**
 * Models of operator sets 1 to 6, which ONNX Runtime has no BatchNorm for, become version 7.
 *
 * @source https://github.com/onnx/onnx/blob/main/docs/Changelog.md: what changed until version 7
 */

import type { Frame } from '../frame';
import { type GraphNode, type OnnxModel, normalDomain } from '../model';
import { type NodeEdit, unchanged } from './forcedMode';
import { floatsAttribute, intAttribute, intsAttribute, writeInt64Tensor } from './parts';
import type { ProtoWriter } from './protoWriter';
import { rankOf } from './ranks';

/** The oldest operator set that ONNX Runtime runs. */
const oldestOpset = 7;

export interface Upgrade {
  /** The new version; absent: as the file says. */
  readonly opset: number | undefined;
  readonly edits: ReadonlyMap<GraphNode, NodeEdit>;
  readonly tensors: readonly ProtoWriter[];
}

export const noUpgrade: Upgrade = { opset: undefined, edits: new Map(), tensors: [] };

/** Attributes that version 7 does without. */
const dropped = ['consumed_inputs', 'is_test', 'broadcast'];

/** @returns `undefined` when the model is new enough, or cannot be converted */
export function upgradeOf(frame: Frame, model: OnnxModel, prefix: string): Upgrade | undefined {
  const converter = new Converter(frame, model, prefix);
  if (converter.opset >= oldestOpset) {
    return undefined;
  }
  const edits = new Map<GraphNode, NodeEdit>();
  for (const node of frame.nodes) {
    const edit = converter.convert(node);
    if (edit === 'impossible') {
      return undefined;
    }
    if (edit !== undefined) {
      edits.set(node, edit);
    }
  }
  return { opset: oldestOpset, edits, tensors: converter.tensors };
}

/** The first node that keeps a model of an old version from being converted. */
export function upgradeObstacle(frame: Frame, model: OnnxModel): GraphNode | undefined {
  const converter = new Converter(frame, model, '');
  return converter.opset < oldestOpset
    ? frame.nodes.find((each) => converter.convert(each) === 'impossible')
    : undefined;
}

type Conversion = NodeEdit | 'impossible' | undefined;

const arithmetic: ReadonlySet<string> = new Set([
  ...['Add', 'Sub', 'Mul', 'Div', 'Pow', 'And', 'Or', 'Xor', 'Equal', 'Greater', 'Less'],
]);

class Converter {
  readonly opset: number;
  readonly tensors: ProtoWriter[] = [];
  readonly #frame: Frame;
  readonly #model: OnnxModel;
  readonly #prefix: string;

  constructor(frame: Frame, model: OnnxModel, prefix: string) {
    this.#frame = frame;
    this.#model = model;
    this.#prefix = prefix;
    this.opset = frame.opsets.get('') ?? 1;
  }

  /** @returns `undefined` where the node means the same in version 7 */
  convert(node: GraphNode): Conversion {
    if (normalDomain(node.domain) !== '') {
      return undefined;
    }
    const special = arithmetic.has(node.opType) ? this.#alongAxis(node) : this.#renewed(node);
    const hasOld = dropped.some((name) => node.attributes.has(name));
    if (special === 'impossible' || (special === undefined && !hasOld)) {
      return special;
    }
    const edit = special ?? unchanged(node);
    return { ...edit, dropAttributes: [...edit.dropAttributes, ...dropped] };
  }

  /** `axis` says with which dimension of the first input those of the second begin. */
  #alongAxis(node: GraphNode): Conversion {
    const axis = node.attributes.get('axis')?.int;
    if (axis === undefined || node.attributes.get('broadcast')?.int !== 1) {
      return undefined;
    }
    const [left = '', right = ''] = node.inputs;
    const rank = rankOf(this.#frame, this.#model, left);
    return rank === undefined
      ? 'impossible'
      : this.#padded(node, right, (own) => rank - (axis < 0 ? axis + rank : axis) - own);
  }

  #renewed(node: GraphNode): Conversion {
    switch (node.opType) {
      case 'PRelu':
        return this.#slopePerChannel(node);
      case 'Reshape':
        return this.#shapeAsInput(node);
      case 'Concat':
        return node.attributes.has('axis')
          ? undefined
          : rewritten(node, [], intAttribute('axis', 1));
      case 'Pad':
        return renamedInts(node, 'paddings', 'pads');
      case 'Upsample':
        return scalesAsList(node);
      case 'Cast':
        return this.opset < 6 ? 'impossible' : undefined;
      case 'Tile':
        return this.opset < 6 ? 'impossible' : undefined;
      default:
        return undefined;
    }
  }

  /** One slope per channel stands behind the second dimension, not the last. */
  #slopePerChannel(node: GraphNode): Conversion {
    const [input = '', slope = ''] = node.inputs;
    const rank = rankOf(this.#frame, this.#model, input);
    const isOne = this.#frame.initializers.get(slope)?.dims.every((dim) => dim === 1) === true;
    if (isOne) {
      return undefined;
    }
    return rank === undefined
      ? 'impossible'
      : this.#padded(node, slope, (own) => (own === 1 ? rank - 2 : 0));
  }

  /** The second input gets dimensions of one at its end, so that it begins where it did. */
  #padded(node: GraphNode, input: string, countFor: (own: number) => number): Conversion {
    const own = rankOf(this.#frame, this.#model, input);
    if (own === undefined) {
      return 'impossible';
    }
    const count = countFor(own);
    if (count < 0) {
      return 'impossible';
    }
    const name = this.#nameFor(node);
    const shape = this.#int64s(`${name}_shape`, [
      ...new Array<number>(own).fill(0),
      ...new Array<number>(count).fill(1),
    ]);
    return {
      ...unchanged(node),
      inputs: node.inputs.with(1, name),
      dropAttributes: ['axis'],
      before: [{ opType: 'Reshape', inputs: [input, shape], outputs: [name] }],
    };
  }

  #shapeAsInput(node: GraphNode): Conversion {
    const shape = node.attributes.get('shape')?.ints;
    return shape === undefined
      ? undefined
      : {
          ...unchanged(node),
          inputs: [node.inputs[0] ?? '', this.#int64s(this.#nameFor(node), shape)],
          dropAttributes: ['shape'],
        };
  }

  #nameFor({ outputs }: GraphNode): string {
    return `${this.#prefix}old_${outputs[0] ?? ''}`;
  }

  #int64s(name: string, values: readonly number[]): string {
    this.tensors.push(writeInt64Tensor(name, values));
    return name;
  }
}

function rewritten(node: GraphNode, drop: readonly string[], added: ProtoWriter): NodeEdit {
  return { ...unchanged(node), dropAttributes: drop, addAttributes: [added] };
}

function renamedInts(node: GraphNode, from: string, to: string): Conversion {
  const values = node.attributes.get(from)?.ints;
  return values === undefined ? undefined : rewritten(node, [from], intsAttribute(to, values));
}

function scalesAsList(node: GraphNode): Conversion {
  const [height, width] = ['height_scale', 'width_scale'].map(
    (name) => node.attributes.get(name)?.float,
  );
  return height === undefined || width === undefined
    ? undefined
    : rewritten(
        node,
        ['height_scale', 'width_scale'],
        floatsAttribute('scales', [1, 1, height, width]),
      );
}
