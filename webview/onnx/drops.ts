/** Files and folders from the Explorer of VS Code, dropped anywhere on the page. */

import type { Actions } from './controller';

/** VS Code gives addresses; the system's file manager gives files without their place. */
const addressTypes = ['application/vnd.code.uri-list', 'text/uri-list'];

export function acceptDrops(target: HTMLElement, { dropInput }: Pick<Actions, 'dropInput'>): void {
  target.addEventListener('dragover', (event) => {
    event.preventDefault();
  });
  target.addEventListener('drop', (event) => {
    event.preventDefault();
    dropInput(addressesOf(event.dataTransfer));
  });
}

function addressesOf(dropped: DataTransfer | null): readonly string[] {
  const text = addressTypes.map((type) => dropped?.getData(type) ?? '').find((list) => list !== '');
  const lines = text?.split(/\r?\n/) ?? [];
  return lines.filter((line) => line !== '' && !line.startsWith('#'));
}
