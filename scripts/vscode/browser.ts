// The browser that shows the workbench.
import { chromium, type Browser } from 'playwright-core';
import { findCommand } from '../tools/command.ts';
import { ensureSystemPackages } from '../tools/debian.ts';

const browserNames = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** Starts Chromium without a window. It is installed when it is missing and that is allowed. */
export async function launchBrowser(): Promise<Browser> {
  await ensureSystemPackages({
    purpose: 'showing the workbench in tests',
    packages: ['chromium'],
    isPresent: async () => (await findCommand(...browserNames)) !== undefined,
  });
  const executablePath = await findCommand(...browserNames);
  if (executablePath === undefined) throw new Error('No Chromium was found on PATH.');
  return chromium.launch({ executablePath, args: quietFlags });
}

const quietFlags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
