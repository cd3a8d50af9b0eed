/** `bn-guard complete <shell>`: what a shell needs to complete our commands. */

import tab from '@bomb.sh/tab/commander';
import type { Command } from 'commander';
import { allRules } from '../core/rules/index';

/** Call it when every command is there: they and their options are what is completed. */
export function addCompletions(program: Command): void {
  const { commands } = tab(program);
  program.commands
    .find((command) => command.name() === 'complete')
    ?.description('print the script that lets a shell complete our commands: bash, zsh or fish');
  const options = commands.get('scan')?.options;
  for (const option of [options?.get('select'), options?.get('ignore')]) {
    if (option !== undefined) {
      option.handler = completeRules;
    }
  }
  const explained = commands.get('explain')?.arguments.get('rules');
  if (explained !== undefined) {
    explained.handler = completeRules;
  }
}

function completeRules(complete: (value: string, description: string) => void): void {
  for (const { id, name } of allRules) {
    complete(id, name);
  }
}
