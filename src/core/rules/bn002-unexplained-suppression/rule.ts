import type { Rule } from '../context';
import doc from './rule.md';

/** The engine looks at the comments, and only where the user requires reasons. */
export const unexplainedSuppression: Rule = {
  id: 'BN002',
  name: 'unexplained-suppression',
  summary: 'A comment silences a finding and does not say why (where reasons are required)',
  severity: 'warning',
  frameworks: [],
  since: '0.1.0',
  doc,
  check: () => [],
};
