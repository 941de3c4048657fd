/** What the last lines of a crashed program say, each part untrusted. */
export interface Crash {
  /** The line that names the error: of a Python traceback its exception, never a line of source. */
  error: string;
  /** Of a Python traceback: the innermost frame of the image's own code, `/app/train.py, line 19`. */
  frame?: string;
}

const TRACEBACK = /^Traceback \(most recent call last\)/;
/** torchrun and friends put the rank before each line. */
const RANK = /^\[(?:rank|default)\d+\]: ?/;
const FRAME = /^\s+File "([^"]{1,400})", line (\d{1,9})/;
/** Frames of others: installed packages, the standard library, what has no file. */
const FOREIGN_FRAME = /\/(?:site|dist)-packages\/|\/lib\/python\d[\d.]*\/|^</;
const EXCEPTION = /^(?:[A-Za-z_]\w*\.)*[A-Z]\w*(?:Error|Exception|Exit|Interrupt|Iteration|Failure)\b/;
/** Further up, a line that has the word "error" is most likely a metric. */
const COMPLAINT_LINES = 5;
const COMPLAINT =
  /\b(?:error|exception|fatal|panic|abort(?:ed)?|failed|no such file|not found|missing|cannot|killed|segmentation fault)\b/i;

/**
 * Finds the line that says why a program crashed: in its failure file unless that is itself a traceback, else the exception
 * of the last traceback, else the last line that looks like an error, else the last line. Pure.
 *
 * @param tail - the last lines of its log
 * @returns nothing when it said nothing
 */
export function crashOf(tail: readonly string[], failureText?: string): Crash | undefined {
  const lines = tail.map((line) => line.replace(RANK, ''));
  const failure = (failureText ?? '').split('\n').map((line) => line.trimEnd());
  const traced = exceptionIn(lines);
  const written = failure.find((line) => line.trim() !== '');
  const ending = lines.filter((line) => line.trim() !== '').slice(-COMPLAINT_LINES);
  const error =
    written !== undefined && !TRACEBACK.test(written)
      ? written
      : (traced ?? exceptionIn(failure) ?? last(lines, EXCEPTION) ?? last(ending, COMPLAINT) ?? ending.at(-1));
  if (error === undefined) return undefined;
  const frame = frameIn(lines) ?? frameIn(failure);
  return { error: error.trim(), ...(frame === undefined ? {} : { frame }) };
}

/** Of the last traceback: the first line after its frames, which is not indented. */
function exceptionIn(lines: readonly string[]): string | undefined {
  const start = lines.findLastIndex((line) => TRACEBACK.test(line));
  return start < 0 ? undefined : lines.slice(start + 1).find((line) => /^\S/.test(line));
}

function frameIn(lines: readonly string[]): string | undefined {
  const start = Math.max(
    0,
    lines.findLastIndex((line) => TRACEBACK.test(line)),
  );
  const frames = lines.slice(start).flatMap((line) => {
    const [, file, number] = FRAME.exec(line) ?? [];
    return file === undefined || FOREIGN_FRAME.test(file) ? [] : [`${file}, line ${number ?? ''}`];
  });
  return frames.at(-1);
}

function last(lines: readonly string[], pattern: RegExp): string | undefined {
  return lines.findLast((line) => pattern.test(line));
}

/** What an error says of data under /opt/ml/input/data. */
export interface DataError {
  /** Absolute, in the container, without `..`. */
  path: string;
  /** Empty when the error names /opt/ml/input/data itself. */
  channel: string;
  /** Relative to the channel; empty when the error names the channel's folder. */
  rest: string;
  kind: 'missing' | 'empty';
}

const ROOT = '/opt/ml/input/data';
const QUOTED_PATH = /(['"`])(\/opt\/ml\/input\/data(?:\/[^'"`]*)?)\1/;
const BARE_PATH = /\/opt\/ml\/input\/data(?:\/[^\s'"`:,;()[\]{}<>»]*)?/;
const EMPTY =
  /\bno (?:\w+ ){0,3}(?:files?|rows?|records?|images?|samples?|examples?|items?|tiles?|data|csvs?|lines?|class(?:es)?)\b|\bfound 0\b|\b0 (?:files?|rows?|images?|samples?)\b|\bis empty\b|\bempty (?:file|folder|directory|data|dataset|channel)\b|\bcouldn't find any\b|\bEmptyDataError\b|num_samples=0/i;
const MISSING =
  /no such file|does(?: not|n't) exist|not found|\bnot a directory\b|\b(?:cannot|can't|could not|couldn't|unable to|failed to) (?:open|find|stat|access|read|load)|\bmissing\b|FileNotFoundError|NoSuchFile|ENOENT/i;

/** Whether an error line is about a file or folder of a channel that is not there, or holds nothing. Pure. */
export function dataErrorOf(line: string): DataError | undefined {
  const path = QUOTED_PATH.exec(line)?.[2] ?? BARE_PATH.exec(line)?.[0].replace(/\.+$/, '');
  if (path === undefined) return undefined;
  const missing = /no such file or directory|FileNotFoundError: \[Errno/i.test(line);
  const kind = !missing && EMPTY.test(line) ? 'empty' : MISSING.test(line) ? 'missing' : undefined;
  if (kind === undefined) return undefined;
  const parts = path
    .slice(ROOT.length)
    .split('/')
    .filter((part) => part !== '' && part !== '.');
  if (parts.includes('..')) return undefined;
  const [channel = '', ...rest] = parts;
  return { path: [ROOT, ...parts].join('/'), channel, rest: rest.join('/'), kind };
}
