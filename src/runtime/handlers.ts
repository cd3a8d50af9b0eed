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
import { EngineFailure } from './session';

const badRequest = Promise.resolve(
  err({ kind: 'badRequest', message: 'The request has the wrong shape' } as const),
);

/** @param contextOf is asked for each request */
export function runtimeHandlers(contextOf: () => RunContext): Handlers<RuntimeContract> {
  const onMachine = async <T>(run: (context: RunContext) => Promise<T>): Promise<T> => {
    const context = contextOf();
    try {
      return await run(context);
    } catch (cause) {
      if (cause instanceof EngineFailure) {
        return context.machine.end(cause);
      }
      throw cause;
    }
  };
  return {
    readModel: (params: unknown) =>
      isReadModelParams(params)
        ? onMachine(({ machine }) => readModel(params, machine))
        : badRequest,
    observe: (params: unknown) =>
      isObserveParams(params) ? onMachine((context) => observe(params, context)) : badRequest,
    tryNeighbours: (params: unknown) =>
      isNeighboursParams(params)
        ? onMachine((context) => tryNeighbours(params, context))
        : badRequest,
    previewPictures: (params: unknown) =>
      isPreviewParams(params)
        ? onMachine(({ machine }) => previewPictures(params, machine))
        : badRequest,
    compare: (params: unknown) =>
      isCompareParams(params) ? onMachine((context) => compare(params, context)) : badRequest,
    repair: (params: unknown) =>
      isRepairParams(params) ? onMachine((context) => repair(params, context)) : badRequest,
  };
}
