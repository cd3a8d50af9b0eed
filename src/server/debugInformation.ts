import type { SettingsCache } from './settings';
import type { Workspace } from './workspace';

/** For a bug report: versions, counts and times, and nothing of the user's code. */
export async function describeServer(server: {
  readonly workspace: Workspace;
  readonly settings: SettingsCache;
  readonly options: { readonly version: string };
}): Promise<string> {
  const { workspace, settings, options } = server;
  const memory = Math.round(process.memoryUsage().rss / 1024 / 1024);
  const lines = [
    `BN Guard ${options.version}`,
    `Node ${process.version}, ${process.platform} ${process.arch}, server memory ${String(memory)} MB`,
    `State: ${workspace.status.state}`,
  ];
  for (const [index, project] of workspace.projects.entries()) {
    const { isEnabled, selection } = await settings.for(project.uri);
    const kind = project.disk === undefined ? 'single document' : 'folder';
    lines.push(
      `Project ${String(index + 1)}: ${kind}, ${String(project.disk?.count ?? 1)} files, ` +
        `last analysis ${project.elapsedMs?.toFixed(0) ?? '–'} ms, ` +
        `${isEnabled ? 'enabled' : 'disabled'}, rules ${JSON.stringify(selection)}`,
    );
  }
  return `${lines.join('\n')}\n`;
}
