// Draws media/icon.png from media/icon.svg. Run it after changing the drawing.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { repositoryRoot } from './tools/repository.ts';
import { launchBrowser } from './vscode/browser.ts';

const size = 256;
const drawing = await readFile(join(repositoryRoot, 'media/icon.svg'), 'utf8');
const browser = await launchBrowser();
const page = await browser.newPage({ viewport: { width: size, height: size } });
await page.setContent(`<style>body { margin: 0 } svg { display: block }</style>${drawing}`);
const image = await page.screenshot({ omitBackground: true, type: 'png' });
await writeFile(join(repositoryRoot, 'media/icon.png'), image);
await browser.close();
