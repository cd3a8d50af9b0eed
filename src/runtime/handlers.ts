/** What the runtime answers, on whatever machine it is. */

import { err } from '../core/base/result';
import type { Handlers } from '../protocol/rpc';
import {
  type RuntimeContract,
  isCompareParams,
  isNeighboursParams,
  isObserveParams,
  isPreviewParams,
  isReadModelParams,
  isRepairParams,
} from '../protocol/runtime';
import { compare } from './compare';
import type { RunContext } from './machine';
import { tryNeighbours } from './neighbours';
import { observe } from './observe';
import { previewPictures } from './previewPictures';
import { readModel } from './readModel';
import { repair } from './repair';

const badRequest = Promise.resolve(
  err({ kind: 'badRequest', message: 'The request has the wrong shape' } as const),
);

/** @param contextOf is asked for each request */
export function runtimeHandlers(contextOf: () => RunContext): Handlers<RuntimeContract> {
  return {
    readModel: (params: unknown) =>
      isReadModelParams(params) ? readModel(params, contextOf().machine) : badRequest,
    observe: (params: unknown) =>
      isObserveParams(params) ? observe(params, contextOf()) : badRequest,
    tryNeighbours: (params: unknown) =>
      isNeighboursParams(params) ? tryNeighbours(params, contextOf()) : badRequest,
    previewPictures: (params: unknown) =>
      isPreviewParams(params) ? previewPictures(params, contextOf().machine) : badRequest,
    compare: (params: unknown) =>
      isCompareParams(params) ? compare(params, contextOf()) : badRequest,
    repair: (params: unknown) =>
      isRepairParams(params) ? repair(params, contextOf()) : badRequest,
  };
}
