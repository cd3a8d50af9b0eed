import { unusedSuppression } from './bn001-unused-suppression/rule';
import { restoreTrainableOnly } from './bn101-restore-trainable-only/rule';
import type { Rule } from './context';

/** Every rule, by id. A retired id stays here as a comment with its replacement. */
export const allRules: readonly Rule[] = [unusedSuppression, restoreTrainableOnly];
