import type { Rule } from '../context';
import doc from './rule.md';

/** What it finds depends on what all other rules find, so the engine itself does the looking. */
export const unusedSuppression: Rule = {
  id: 'BN001',
  name: 'unused-suppression',
  summary: 'A comment silences a finding that is not there',
  severity: 'information',
  frameworks: [],
  since: '0.1.0',
  doc,
  check: () => [],
};
