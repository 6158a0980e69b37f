import type { Command, CommanderError } from 'commander';
import { didYouMean } from '@migrate-lint/core';
import type { UnknownName } from './flags.ts';
import { shown } from './project.ts';

/** One sentence about a name that is not known, with the nearest that is. */
export function unknownName({ what, given, known }: UnknownName): string {
  return ended(`There is no ${what} \`${given}\`${didYouMean(given, known)}`);
}

/** One sentence for what commander refuses. */
export function usageSentence(error: CommanderError, program: Command, args: readonly string[]): string {
  const said = error.message.replace(/^error: /, '').split('\n')[0] ?? '';
  const quoted = /'([^']*)'/.exec(said)?.[1] ?? '';
  const command = program.commands.find(each => each.name() === args.find(arg => !arg.startsWith('-')));
  switch (error.code) {
    case 'commander.unknownOption': {
      const name = quoted.replace(/=.*$/s, '');
      const options = [...(command ?? program.commands[0] ?? program).options, ...program.options];
      const known = options.flatMap(option => option.long ?? []);
      return ended(`There is no option \`${name}\`${didYouMean(name, [...known, '--help'])}`);
    }
    case 'commander.optionMissingArgument':
      return `The option \`${quoted}\` needs its value.`;
    case 'commander.missingArgument':
      return `\`${command?.name() ?? 'migrate-lint'}\` needs its \`<${quoted}>\`; see \`migrate-lint ${command?.name() ?? ''} --help\`.`;
    case 'commander.excessArguments':
      return `\`${command?.name() ?? 'migrate-lint'}\` takes fewer arguments; see \`migrate-lint ${command?.name() ?? ''} --help\`.`;
    default:
      return ended(said.charAt(0).toUpperCase() + said.slice(1));
  }
}

/** One sentence for a file of the project that the system refuses; anything else is a defect of ours. */
export function unreadable(error: unknown, cwd: string): string | undefined {
  const { code, path } = error as { readonly code?: unknown; readonly path?: unknown };
  if (typeof path !== 'string' || !['EACCES', 'EPERM', 'ELOOP', 'EISDIR', 'ENOTDIR'].includes(String(code)))
    return undefined;
  return `\`${shown(cwd, path)}\` cannot be read (${String(code)}); check its rights and links.`;
}

function ended(sentence: string): string {
  return /[.?!]$/.test(sentence) ? sentence : `${sentence}.`;
}
