import type { Rule } from '../context';
import { levelForModel } from '../kerasLevels';
import { eventsBySite } from '../sites';
import doc from './rule.md';

export const loadByName: Rule = {
  id: 'BN209',
  name: 'load-by-name-may-skip-bn',
  summary: 'Weights loaded by name silently skip layers whose automatic names have other numbers',
  severity: 'hint',
  frameworks: ['keras', 'tensorflow2'],
  since: '0.1.0',
  doc,
  *check(context) {
    const notes = context.facts.keras.notes.filter(({ kind }) => kind === 'loadByName');
    for (const [{ site, hasNorm }] of eventsBySite(notes)) {
      const level = levelForModel(loadByName, hasNorm, context);
      if (level !== undefined) {
        yield {
          ...level,
          ...site,
          message:
            'Layers are matched by name, and those that match nothing are skipped without a word: BatchNorm layers named by Keras (`batch_normalization_7`) have another number in the next model, and keep their initial moving mean and moving variance then',
          related: [],
          fixes: [],
        };
      }
    }
  },
};
