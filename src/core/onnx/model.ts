/**
 * The parts of an ONNX model that BatchNorm needs, as spans into the file plus small values.
 *
 * @source https://github.com/onnx/onnx/blob/main/onnx/onnx.proto
 */

import type { Span } from './wire';

export interface OnnxModel {
  readonly irVersion: number;
  readonly producerName: string;
  readonly producerVersion: string;
  /** Domain → version; ONNX's own domain is the empty string. */
  readonly opsets: ReadonlyMap<string, number>;
  readonly graph: Graph;
  /** By `functionKey`. */
  readonly functions: ReadonlyMap<string, ModelFunction>;
}

export interface Graph {
  readonly name: string;
  readonly nodes: readonly GraphNode[];
  readonly initializers: ReadonlyMap<string, TensorPart>;
  readonly sparseInitializers: ReadonlySet<string>;
  readonly inputs: readonly ValueInfo[];
  readonly outputs: readonly ValueInfo[];
}

export interface ModelFunction {
  readonly name: string;
  readonly domain: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly nodes: readonly GraphNode[];
  readonly opsets: ReadonlyMap<string, number>;
}

export interface GraphNode {
  readonly name: string;
  readonly opType: string;
  readonly domain: string;
  /** An empty name stands for an optional input that is left out. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: ReadonlyMap<string, Attribute>;
  /** Name scopes a framework wrote beside the node, outermost first. */
  readonly scopes: readonly string[];
  /** The node's message, without tag and length. */
  readonly payload: Span;
  /** Set where the node stands for one of a function: names and attributes are not the message's. */
  readonly isInlined?: true;
}

export interface Attribute {
  readonly name: string;
  readonly float: number | undefined;
  readonly int: number | undefined;
  readonly ints: readonly number[];
  readonly floats: readonly number[];
  readonly tensor: TensorPart | undefined;
  readonly graphs: readonly Graph[];
  /** Inside a function: the attribute of the call that gives the value. */
  readonly refersTo: string | undefined;
  /** The attribute's message, without tag and length. */
  readonly payload: Span;
  /** Whether the message has another name. */
  readonly isRenamed?: boolean;
}

export interface TensorPart {
  readonly name: string;
  readonly dims: readonly number[];
  /** `TensorProto.DataType`. */
  readonly dataType: number;
  readonly external: ExternalData | undefined;
  /** Payload of `raw_data`; absent when the values are in typed fields or elsewhere. */
  readonly raw: Span | undefined;
  /** The tensor's message; typed fields are read from it when they are asked for. */
  readonly payload: Span;
}

export interface ExternalData {
  /** Relative to the folder of the model. */
  readonly location: string;
  readonly offset: number;
  /** Absent: to the end of the file. */
  readonly length: number | undefined;
}

export interface ValueInfo {
  readonly name: string;
  /** `TensorProto.DataType`; 0 when not a tensor or unknown. */
  readonly elementType: number;
  /** Absent when the rank is unknown. */
  readonly dims: readonly (number | string)[] | undefined;
  /** False for sequences, optionals and maps. */
  readonly isTensor: boolean;
}

export function functionKey(domain: string, name: string): string {
  return `${normalDomain(domain)}::${name}`;
}

/** `ai.onnx` is the long name of ONNX's own domain. */
export function normalDomain(domain: string): string {
  return domain === 'ai.onnx' ? '' : domain;
}

export function isOnnxOp(node: GraphNode, opType: string): boolean {
  return node.opType === opType && normalDomain(node.domain) === '';
}
