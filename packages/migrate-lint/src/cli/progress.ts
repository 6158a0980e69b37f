/** One line on stderr that erases itself; only on a terminal, and only for what takes more than a second. */
export interface ProgressLine {
  say(doing: string): void;
  clear(): void;
}

const patience = 1000;

/** A line for this run; the second counts from here. */
export function progressLine(stream: NodeJS.WriteStream = process.stderr): ProgressLine {
  if (!stream.isTTY || process.env.CI !== undefined) return { say: () => undefined, clear: () => undefined };
  const start = performance.now();
  let latest = '';
  let shown = false;
  const show = (): void => {
    const text = `${latest} …`.slice(0, (stream.columns || 80) - 1);
    stream.write(`\r\u001B[2K${text}`);
    shown = true;
  };
  const timer = setTimeout(() => {
    if (latest !== '') show();
  }, patience);
  timer.unref();
  return {
    // The embedded database keeps the timer waiting; its own reports do not.
    say: doing => {
      latest = doing;
      if (performance.now() - start >= patience) show();
    },
    clear: () => {
      clearTimeout(timer);
      if (shown) stream.write('\r\u001B[2K');
      shown = false;
      latest = '';
    },
  };
}
