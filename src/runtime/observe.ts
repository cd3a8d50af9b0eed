import { type Result, err } from '../core/base/result';
import type { ObservationDto, ObserveParams, ProgressDto, RuntimeError } from '../protocol/runtime';

/** This build has no inference part: it says so instead of making numbers up. */
export function observe(
  { path }: ObserveParams,
  report: (progress: ProgressDto) => void,
): Promise<Result<ObservationDto, RuntimeError>> {
  report({ stage: 'preparing', fraction: 0, message: 'Looking for the inference part' });
  return Promise.resolve(
    err({
      kind: 'runtimeMissing',
      message: `${path.replace(/^.*[\\/]/, '')} was not run: this build reads models but has no part that runs them. What the file stores is shown below.`,
    }),
  );
}
