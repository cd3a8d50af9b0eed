import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { frameworkPython } from './runScript';

const execute = promisify(execFile);

/**
 * Runs Python and gives what it prints, whatever its exit code: tools that check files end with 1
 * when they find something.
 *
 * @throws Error when there is no Python, or it prints nothing and fails
 */
export async function runPython(args: readonly string[], cwd: string): Promise<string> {
  const options = { cwd, maxBuffer: 64 * 1024 * 1024 };
  try {
    return (await execute(frameworkPython(), [...args], options)).stdout;
  } catch (cause) {
    const printed = (cause as { readonly stdout?: string }).stdout ?? '';
    if (printed === '') throw cause;
    return printed;
  }
}
