// System packages: installed when we may, named when we may not.
import { findCommand, runDownload } from './command.ts';

/** Something this machine has not and we may not or cannot install; the message says what to do. */
export class MissingToolError extends Error {}

export interface SystemPackages {
  /** What the packages are needed for, as the end of "is needed for …". */
  readonly purpose: string;
  /** Names of the Debian packages. */
  readonly packages: readonly string[];
  readonly isPresent: () => boolean | Promise<boolean>;
}

/** Makes sure the packages are there. Throws a {@link MissingToolError} when it cannot install them itself. */
export async function ensureSystemPackages(wanted: SystemPackages): Promise<void> {
  if (await wanted.isPresent()) return;
  const names = wanted.packages.join(' ');
  const aptGet = await findCommand('apt-get');
  if (aptGet === undefined || process.getuid?.() !== 0) {
    const remedy =
      aptGet === undefined
        ? `install the equivalent of the Debian packages "${names}"`
        : `run "sudo apt-get install ${names}"`;
    throw new MissingToolError(
      `${names} is needed for ${wanted.purpose} and is not installed: ${remedy}.`,
    );
  }
  console.log(`Installing ${names} with apt-get, for ${wanted.purpose} …`);
  await runDownload(aptGet, ['update']);
  await runDownload(aptGet, ['install', '-y', '--no-install-recommends', ...wanted.packages], {
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
}
