import { writeReasonOf } from '../platform/disk';
import { writeAtomically } from '../platform/writeAtomically';
import { CommandFailure } from './exit';
import { withoutInterruption } from './signals';

/** Writes a file that the user asked for, whole or not at all. */
export async function writeOutput(file: string, text: string): Promise<void> {
  try {
    await withoutInterruption(() => writeAtomically(file, Buffer.from(text)));
  } catch (cause) {
    throw new CommandFailure(`The report was not written to ${file}: ${writeReasonOf(cause)}.`, {
      cause,
    });
  }
}
