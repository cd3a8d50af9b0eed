import type { Frame } from 'playwright-core';

/** Whether the first chart holds marks: more than a background and a grid have in common. */
export function chartIsDrawn(panel: Frame): Promise<boolean> {
  return panel.evaluate(() => {
    const canvas = document.querySelector<HTMLCanvasElement>('.chart canvas');
    const image = canvas?.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height);
    const colours = new Set(new Uint32Array(image?.data.buffer ?? new ArrayBuffer(0)));
    return colours.size > 3;
  });
}
