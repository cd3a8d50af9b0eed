// What somebody can read or hear on the panel's page.
import type { Frame, Page } from 'playwright-core';
import { outsideBrackets } from '../workbench/pseudoLanguage';

/** Everything that is seen, read out or shown on pointing. */
export function shownTexts(page: Page | Frame): Promise<readonly string[]> {
  return page.evaluate(() => {
    const texts: string[] = [];
    const walk = (node: Node): void => {
      if (node instanceof HTMLScriptElement || node instanceof HTMLStyleElement) return;
      // Places in the user's code, with messages of findings, which stay as they are.
      if (node instanceof Element && node.matches('button.link[title]')) return;
      if (node instanceof Element) {
        for (const name of ['aria-label', 'title', 'alt', 'placeholder', 'data-explanation']) {
          texts.push(node.getAttribute(name) ?? '');
        }
      } else if (node.nodeType === Node.TEXT_NODE) {
        texts.push(node.textContent ?? '');
      }
      node.childNodes.forEach(walk);
    };
    walk(document.body);
    return [...new Set(texts)];
  });
}

/** Names of layers and files of the examples, and what is written the same in every language. */
const names =
  /\b(?:backbone|head|shortcut|block\d)\.[\w.]*|[\w.-]+\.(?:onnx|npz)|(?:pytorch|opset|IR) [\d.]+|\b(?:BN Guard|KL|S\d|MB|kB|ms|s|rgb|bgr|nchw|nhwc|bilinear|bicubic|linear)\b|\bBN\d{3}\b|\de[−\d]/g;

/** Of a page in the language that brackets every text: what stands outside, with words of its own. */
export async function escapedTexts(page: Page | Frame): Promise<readonly string[]> {
  const texts = await shownTexts(page);
  return texts.map(outsideBrackets).filter((text) => /\p{L}{2}/u.test(text.replace(names, '')));
}
