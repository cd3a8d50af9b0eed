/** The page's frame. It holds no data but the texts of its language: the rest arrives by message. */

import type { Texts } from '../../protocol/l10n';

export interface PageOptions {
  /** Origin the page's own files come from, as the webview names it. */
  readonly cspSource: string;
  readonly scriptUri: string;
  readonly styleUri: string;
  /** Of VS Code; absent when there is no bundle for it, and the texts are those of the sources. */
  readonly language?: PageLanguage | undefined;
}

export interface PageLanguage {
  readonly name: string;
  readonly texts: Texts;
}

export function webviewHtml({ cspSource, scriptUri, styleUri, language }: PageOptions): string {
  const nonce = btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(18))));
  const policy = [
    `default-src 'none'`,
    `script-src 'nonce-${nonce}'`,
    // The toolkit makes one style element to try a selector; it finds the nonce in a meta element.
    `style-src ${cspSource} 'nonce-${nonce}'`,
    `font-src ${cspSource}`,
    `img-src ${cspSource} blob: data:`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="${language?.name ?? 'en'}">
  <head>
    <meta charset="utf-8" />
    <meta http-equiv="Content-Security-Policy" content="${policy}" />
    <meta property="csp-nonce" content="${nonce}" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>Model Statistics</title>
    <link rel="stylesheet" href="${styleUri}" />
  </head>
  <body>
    <div id="root"></div>
    <script type="application/json" id="texts">${inScript(language?.texts ?? {})}</script>
    <script type="module" nonce="${nonce}" src="${scriptUri}"></script>
  </body>
</html>
`;
}

/** A block of data is no script to the policy; only what looks like its end could break out of it. */
function inScript(texts: Texts): string {
  return JSON.stringify(texts).replaceAll('<', '\\u003c');
}
