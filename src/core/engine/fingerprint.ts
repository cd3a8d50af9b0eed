/**
 * A name for a finding that survives edits elsewhere: made of the rule, the line's text without
 * its spaces, and how many equal ones came before.
 *
 * @returns 16 hex digits
 */
export function fingerprintOf(rule: string, lineText: string, occurrence: number): string {
  const key = `${rule}\n${lineText.replace(/\s+/g, '')}\n${String(occurrence)}`;
  return hash32(key, 0x811c9dc5) + hash32(key, 0x9e3779b9);
}

/** FNV-1a over UTF-16 units, as 8 hex digits. */
export function hash32(text: string, seed: number): string {
  let hash = seed;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return (hash >>> 0).toString(16).padStart(8, '0');
}
