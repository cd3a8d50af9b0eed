/** The commands `rules` and `explain`. */

import { rulePage, ruleList } from '../core/report/ruleText';
import { allRules } from '../core/rules/index';
import type { RuleInfo } from '../core/rules/rule';
import { CommandFailure } from './exit';
import type { Terminal } from './terminal';

export function printRules(terminal: Terminal): void {
  terminal.out(ruleList(allRules, terminal));
}

/** Each rule by id or name, whatever the case of its letters. */
export function explainRules(names: readonly string[], terminal: Terminal): void {
  terminal.out(names.map((name) => rulePage(findRule(name), terminal)).join('\n'));
}

function findRule(name: string): RuleInfo {
  const wanted = name.toLowerCase();
  const rule = allRules.find((each) => [each.id.toLowerCase(), each.name].includes(wanted));
  if (rule === undefined) {
    throw new CommandFailure(`There is no rule '${name}'. "bn-guard rules" lists those there are.`);
  }
  return rule;
}
