/** Where a rule's page is on the web. */
export function rulePageUrl(id: string): string {
  return `https://bn-guard.github.io/rules/${id.toLowerCase()}`;
}
