/** What a Python fixture says must be found, on a 1-based line. */
export interface Expectation {
  readonly line: number;
  readonly ruleId: string;
  readonly messagePart: string | undefined;
}

type Item = Omit<Expectation, 'line'> & { readonly isFound: boolean };

const anyMarker = /#\s*(?<kind>(?:expect|known)[\w-]*)\s*:\s*(?<body>.*)$/;
const expectItem = /^(?<ruleId>BN\d{3})(?:\s+"(?<part>[^"]+)")?$/;
const knownItem = /^(?<ruleId>BN\d{3})\s+#\d+$/;

/**
 * Reads the expectations out of a Python fixture.
 *
 * - `# expect: BN306 "text"`: found here, and the message holds the text (optional).
 * - `# known-false: BN306 #12`: found here, but should not be.
 * - `# known-miss: BN306 #12`: not found here, but should be.
 *
 * A marker after code speaks about its own line; a marker alone on a line speaks about the next
 * line of code. Several items are separated by `;`.
 *
 * @throws Error when a marker is malformed, so that a typo cannot weaken a test
 */
export function readExpectations(source: string): readonly Expectation[] {
  const expectations: Expectation[] = [];
  let waiting: readonly Item[] = [];
  for (const [index, text] of source.split(/\r?\n/).entries()) {
    const items = [...waiting, ...readItems(text, index + 1)];
    const isCode = text.trim() !== '' && !text.trimStart().startsWith('#');
    waiting = isCode ? [] : items;
    for (const { ruleId, messagePart, isFound } of isCode ? items : []) {
      if (isFound) {
        expectations.push({ line: index + 1, ruleId, messagePart });
      }
    }
  }
  if (waiting.length > 0) {
    throw new Error('The last marker has no line of code below it');
  }
  return expectations;
}

function readItems(text: string, line: number): readonly Item[] {
  const marker = anyMarker.exec(text)?.groups;
  return marker === undefined
    ? []
    : (marker['body'] ?? '').split(';').map((part) => readItem(marker['kind'], part.trim(), line));
}

function readItem(kind: string | undefined, part: string, line: number): Item {
  const pattern = kind === 'expect' ? expectItem : knownItem;
  const isKind = kind === 'expect' || kind === 'known-false' || kind === 'known-miss';
  const groups = isKind ? pattern.exec(part)?.groups : undefined;
  const ruleId = groups?.['ruleId'];
  if (ruleId === undefined) {
    throw new Error(`Line ${String(line)}: cannot read "${String(kind)}: ${part}"`);
  }
  return { ruleId, messagePart: groups?.['part'], isFound: kind !== 'known-miss' };
}
