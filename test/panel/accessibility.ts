// What axe finds on a page.
import axe from 'axe-core';
import type { Frame, Page } from 'playwright-core';

/** Each with the element and what would mend it. */
export async function seriousViolations(page: Page | Frame): Promise<readonly string[]> {
  // The driver's own world: axe is no part of the page and not under its policy.
  await page.evaluate(axe.source);
  return page.evaluate(async () => {
    const { axe: checker } = window as unknown as {
      axe: { run(): Promise<{ violations: Violation[] }> };
    };
    interface Violation {
      readonly id: string;
      readonly impact: string;
      readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
    }
    const { violations } = await checker.run();
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .flatMap(({ id, nodes }) =>
        nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
      );
  });
}
