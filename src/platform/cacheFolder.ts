import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where this platform keeps what can be made again; ours within it. */
export function cacheFolder(
  platform: NodeJS.Platform = process.platform,
  environment: NodeJS.ProcessEnv = process.env,
): string {
  const base =
    environment['XDG_CACHE_HOME'] ??
    (platform === 'win32' ? environment['LOCALAPPDATA'] : undefined) ??
    join(homedir(), ...(platform === 'darwin' ? ['Library', 'Caches'] : ['.cache']));
  return join(base, 'bn-guard');
}
