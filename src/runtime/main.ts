/** The model process: started by the panel and the command line, ended by killing it. */

import { isMainThread, workerData } from 'node:worker_threads';
import { err } from '../core/base/result';
import {
  type ProgressDto,
  type RuntimeContract,
  type RuntimeHostContract,
  isCompareParams,
  isNeighboursParams,
  isObserveParams,
  isPreviewParams,
  isReadModelParams,
  isRepairParams,
} from '../protocol/runtime';
import { Peer } from '../protocol/rpc';
import { compare } from './compare';
import { isMemoryWatch, startMemoryWatch, watchMemory } from './memoryWatch';
import { tryNeighbours } from './neighbours';
import { observe } from './observe';
import { previewPictures } from './previewPictures';
import { readModel } from './readModel';
import { repair } from './repair';

const badRequest = err({ kind: 'badRequest', message: 'The request has the wrong shape' } as const);

if (isMainThread) {
  serve();
} else if (isMemoryWatch(workerData)) {
  watchMemory(workerData);
}

function serve(): void {
  const limitMb = Number(process.argv[2]);
  if (limitMb > 0) {
    startMemoryWatch(__filename, { limitMb });
  }
  const report = (progress: ProgressDto): void => {
    peer.emit('progress', progress);
  };
  const peer = new Peer<RuntimeContract, RuntimeHostContract>(post, {
    readModel: (params: unknown) =>
      Promise.resolve(isReadModelParams(params) ? readModel(params) : badRequest),
    observe: (params: unknown) =>
      isObserveParams(params) ? observe(params, report) : Promise.resolve(badRequest),
    tryNeighbours: (params: unknown) =>
      isNeighboursParams(params) ? tryNeighbours(params, report) : Promise.resolve(badRequest),
    previewPictures: (params: unknown) =>
      isPreviewParams(params) ? previewPictures(params) : Promise.resolve(badRequest),
    compare: (params: unknown) =>
      isCompareParams(params) ? compare(params, report) : Promise.resolve(badRequest),
    repair: (params: unknown) =>
      isRepairParams(params) ? repair(params, report) : Promise.resolve(badRequest),
  });

  process.on('message', (message) => {
    peer.receive(message);
  });

  // Without its host nobody waits for an answer any more.
  process.on('disconnect', () => {
    process.exit(0);
  });
}

/** The boolean of `send` means back-pressure; the callback says whether it was sent. */
function post(message: unknown): Promise<boolean> {
  return new Promise((resolve) => {
    if (process.send === undefined) {
      resolve(false);
      return;
    }
    process.send(message, undefined, undefined, (cause) => {
      resolve(cause === null);
    });
  });
}
