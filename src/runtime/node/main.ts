/** The model process: started by the panel and the command line, ended by killing it. */

import { isMainThread, workerData } from 'node:worker_threads';
import { Peer } from '../../protocol/rpc';
import type { RuntimeContract, RuntimeHostContract } from '../../protocol/runtime';
import { runtimeHandlers } from '../handlers';
import { nodeMachine } from './machine';
import { isMemoryWatch, startMemoryWatch, watchMemory } from './memoryWatch';

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
  const context = {
    machine: nodeMachine,
    report: (progress: RuntimeContract['events']['progress']) => {
      peer.emit('progress', progress);
    },
  };
  const peer = new Peer<RuntimeContract, RuntimeHostContract>(
    post,
    runtimeHandlers(() => context),
  );

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
