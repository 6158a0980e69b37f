/** What a command has of the process that it runs in. */
export interface Session {
  readonly cwd: string;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
  readonly color: boolean;
  /** Columns of the terminal. */
  readonly width: number;
  /** Writes to stdout; done when it is flushed. */
  print(text: string): Promise<void>;
  /** Writes a line to stderr. */
  note(text: string): Promise<void>;
  progress(doing: string): void;
}
