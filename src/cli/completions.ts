/** `bn-guard complete <shell>`: what a shell needs to complete our commands. */

import { type RootCommand, ShellCompDirective } from '@bomb.sh/tab';
import tab from '@bomb.sh/tab/commander';
import type { Command } from 'commander';
import { allRules } from '../core/rules/index';
import { bashCompletion } from './bashCompletion';
import type { Terminal } from './terminal';

const completionHelp = `
Put one of these where your shell begins:
  source <(bn-guard complete bash)       ~/.bashrc
  source <(bn-guard complete zsh)        ~/.zshrc, after compinit
  bn-guard complete fish | source        ~/.config/fish/config.fish`;

/** Call it when every command is there: they and their options are what is completed. */
export function addCompletions(program: Command, terminal: Terminal): void {
  const root = tab(program);
  program.commands
    .find((command) => command.name() === 'complete')
    ?.description('print the script that lets a shell complete our commands: bash, zsh or fish')
    .addHelpText('after', completionHelp);
  offerFiles(root);
  useOwnScriptForBash(root, terminal);
  const options = root.commands.get('scan')?.options;
  for (const option of [options?.get('select'), options?.get('ignore')]) {
    if (option !== undefined) {
      option.handler = completeRules;
    }
  }
  const explained = root.commands.get('explain')?.arguments.get('rules');
  if (explained !== undefined) {
    explained.handler = completeRules;
  }
}

/** The library forbids shells to offer files, and most of our arguments are files. */
function offerFiles(root: RootCommand): void {
  Object.defineProperty(root, 'directive', {
    get: () => ShellCompDirective.ShellCompDirectiveDefault,
    set: () => undefined,
  });
}

/** The library's needs the package bash-completion, and evaluates what the user has typed so far. */
function useOwnScriptForBash(root: RootCommand, terminal: Terminal): void {
  const setup = root.setup.bind(root);
  root.setup = (name, executable, shell) => {
    if (shell === 'bash') {
      terminal.out(bashCompletion);
    } else {
      setup(name, executable, shell);
    }
  };
}

function completeRules(complete: (value: string, description: string) => void): void {
  for (const { id, name } of allRules) {
    complete(id, name);
  }
}
