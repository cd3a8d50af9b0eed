/** The model worker of a browser: started by the extension host there, ended by `terminate`. */

import { Peer } from '../../protocol/rpc';
import { runtimeHandlers } from '../handlers';
import { type HostPeer, WorkerMachine } from './machine';

/** What is used of a worker's global scope. */
interface WorkerScope {
  postMessage(message: unknown): void;
  onmessage: ((event: { readonly data: unknown }) => void) | null;
}

// The types of Node, which the rest of this folder's neighbours need, know no such scope.
const scope = globalThis as unknown as WorkerScope;

const peer: HostPeer = new Peer(
  (message) => {
    scope.postMessage(message);
  },
  runtimeHandlers(() => ({
    machine: new WorkerMachine(peer),
    report: (progress) => {
      peer.emit('progress', progress);
    },
  })),
);

scope.onmessage = ({ data }) => {
  peer.receive(data);
};
