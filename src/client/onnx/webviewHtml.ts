/** The page's frame. It holds no data: everything arrives by message. */

import { randomBytes } from 'node:crypto';

export interface PageOptions {
  /** Origin the page's own files come from, as the webview names it. */
  readonly cspSource: string;
  readonly scriptUri: string;
  readonly styleUri: string;
}

export function webviewHtml({ cspSource, scriptUri, styleUri }: PageOptions): string {
  const nonce = randomBytes(16).toString('base64url');
  const policy = [
    `default-src 'none'`,
    `script-src 'nonce-${nonce}'`,
    // The toolkit makes one style element to try a selector; it finds the nonce in a meta element.
    `style-src ${cspSource} 'nonce-${nonce}'`,
    `font-src ${cspSource}`,
    `img-src ${cspSource} blob: data:`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="en">
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
    <script type="module" nonce="${nonce}" src="${scriptUri}"></script>
  </body>
</html>
`;
}
