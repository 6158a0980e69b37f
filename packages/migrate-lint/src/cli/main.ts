import { CommanderError } from 'commander';
import pc from 'picocolors';
import { UnknownName } from './flags.ts';
import { createProgram } from './program.ts';
import { progressLine } from './progress.ts';
import type { Session } from './session.ts';

/** What a shell makes of a process that a signal ended. */
const signals = { SIGINT: 130, SIGTERM: 143 } as const;

/**
 * Runs the command line and ends the process: the embedded database would keep it alive. Ctrl-C aborts what runs, so that
 * it can clean up behind itself; a second one kills.
 */
export async function main(args: readonly string[]): Promise<never> {
  const abort = new AbortController();
  let interrupted: number | undefined;
  for (const [signal, code] of Object.entries(signals)) {
    process.once(signal, () => {
      interrupted ??= code;
      abort.abort();
    });
  }
  // A pager that is closed early is no error.
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
    });
  }
  const progress = progressLine();
  const session: Session = {
    cwd: process.cwd(),
    signal: abort.signal,
    color: pc.isColorSupported,
    width: process.stdout.isTTY ? process.stdout.columns || 100 : 100,
    print: text => {
      progress.clear();
      return write(process.stdout, text);
    },
    note: text => {
      progress.clear();
      return write(process.stderr, `${text}\n`);
    },
    progress: doing => {
      progress.say(doing);
    },
  };
  const code = await run(args, session, () => interrupted);
  progress.clear();
  process.exit(code);
}

async function run(args: readonly string[], session: Session, interrupted: () => number | undefined): Promise<number> {
  let exitCode = 0;
  let shown = '';
  const program = createProgram(session, code => {
    exitCode = code;
  });
  for (const command of [program, ...program.commands])
    command.configureOutput({
      writeOut: text => {
        shown += text;
      },
    });
  try {
    await program.parseAsync(args, { from: 'user' });
    return interrupted() ?? exitCode;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) {
      await session.print(shown);
      return 0;
    }
    return interrupted() ?? (await complain(error, args, program, session));
  }
}

async function complain(
  error: unknown,
  args: readonly string[],
  program: ReturnType<typeof createProgram>,
  session: Session,
): Promise<number> {
  const [{ FactUnavailable, UsageError }, { oneLine }, { exitCodes }, { unknownName, unreadable, usageSentence }] =
    await Promise.all([
      import('@migrate-lint/core'),
      import('@migrate-lint/core/reporters'),
      import('./exit-code.ts'),
      import('./usage.ts'),
    ]);
  const say = (sentence: string): Promise<void> => session.note(`migrate-lint: ${oneLine(sentence)}`);
  const { message } = error as Error;
  const refused = unreadable(error, session.cwd);
  if (error instanceof UsageError) await say(message);
  else if (error instanceof UnknownName) await say(unknownName(error));
  else if (refused !== undefined) await say(refused);
  else if (error instanceof CommanderError) await say(usageSentence(error, program, args));
  else {
    // A check that could not run is never a pass, whoever is to blame.
    if (error instanceof FactUnavailable) await say(message);
    else await defect(error, say, session);
    return exitCodes.notVerified;
  }
  return exitCodes.usage;
}

async function defect(error: unknown, say: Session['note'], session: Session): Promise<void> {
  const debug = (process.env.DEBUG ?? '').split(',').includes('migrate-lint');
  const message = error instanceof Error ? error.message : String(error);
  const first = (message.split('\n')[0] ?? '').replace(/\.$/, '');
  const stack = debug ? 'the stack follows' : 'run again with DEBUG=migrate-lint and report the stack that it shows';
  await say(`This is a defect of migrate-lint, and nothing was verified: ${first}; ${stack}.`);
  if (debug && error instanceof Error) await session.note(error.stack ?? message);
}

/** Resolves when the text has left the process, also where nobody reads it any more. */
function write(stream: NodeJS.WriteStream, text: string): Promise<void> {
  return new Promise(resolve => {
    stream.write(text, () => {
      resolve();
    });
  });
}
