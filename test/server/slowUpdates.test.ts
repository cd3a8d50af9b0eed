import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { LogMessageNotification } from 'vscode-languageserver/node';
import { SlowUpdates } from '../../src/server/slowUpdates';
import { temporaryFolders } from '../platform/temporaryFolder';
import { whole } from '../programs';
import { LspClient, uriOf } from './lspClient';

const makeFolder = temporaryFolders();

async function edited(slowMs?: number): Promise<{ logged: readonly string[]; client: LspClient }> {
  const folder = await makeFolder({ 'train.py': whole });
  const client = await LspClient.start({
    folders: [folder],
    ...(slowMs !== undefined && { slowMs }),
  });
  const logged: string[] = [];
  client.connection.onNotification(LogMessageNotification.type, ({ message }) => {
    logged.push(message);
  });
  const uri = uriOf(join(folder, 'train.py'));
  await client.open(uri, whole);
  await client.pull(uri);
  for (const version of [2, 3]) {
    await client.change(uri, version, `${whole}# ${String(version)}\n`);
    await client.pull(uri);
  }
  return { logged, client };
}

describe('an analysis that is slow after an edit', () => {
  it('is logged once with its file, and part of the status', async () => {
    const { logged, client } = await edited(0);
    expect(logged.filter((line) => line.includes('the analysis after an edit took'))).toEqual([
      expect.stringMatching(/^train\.py: .* took \d+\.\d s, so findings come late\./),
    ]);
    expect(client.statuses.at(-1)?.slow?.path).toBe('train.py');
  });

  it('is not told when it takes no longer than usual', async () => {
    const { logged, client } = await edited();
    expect(logged.filter((line) => line.includes('took'))).toEqual([]);
    expect(client.statuses.some(({ slow }) => slow !== undefined)).toBe(false);
  });

  it('is forgotten after a fast one, and told for each file', () => {
    const warned: string[] = [];
    const updates = new SlowUpdates(1000, (message) => warned.push(message));
    expect(updates.note({ elapsedMs: 4000, paths: ['a.py'] })).toBe(true);
    expect(updates.note({ elapsedMs: 5000, paths: ['a.py'] })).toBe(false);
    expect(updates.note({ elapsedMs: 20, paths: ['a.py'] })).toBe(true);
    expect(updates.slow).toBeUndefined();
    expect(updates.note({ elapsedMs: 4000, paths: ['b.py'] })).toBe(true);
    expect(warned.map((line) => line.slice(0, 4))).toEqual(['a.py', 'b.py']);
  });
});
