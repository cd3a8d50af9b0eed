import type { SettingsCache } from './settings';
import type { Workspace } from './workspace';

/** For a bug report: versions, counts and times, and nothing of the user's code. */
export async function describeServer(server: {
  readonly workspace: Workspace;
  readonly settings: SettingsCache;
  readonly options: { readonly version: string; describeHost(): string };
}): Promise<string> {
  const { workspace, settings, options } = server;
  const lines = [
    `BN Guard ${options.version}`,
    options.describeHost(),
    `State: ${workspace.status.state}`,
  ];
  for (const [index, project] of workspace.projects.entries()) {
    const { isEnabled, selection } = await settings.for(project.uri);
    const kind = project.folder === undefined ? 'single document' : 'folder';
    lines.push(
      `Project ${String(index + 1)}: ${kind}, ${String(project.folder?.count ?? 1)} files, ` +
        `last analysis ${project.elapsedMs?.toFixed(0) ?? '–'} ms, ` +
        `${isEnabled ? 'enabled' : 'disabled'}, rules ${JSON.stringify(selection)}`,
    );
  }
  return `${lines.join('\n')}\n`;
}
