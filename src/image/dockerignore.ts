import { readFile, realpath } from 'node:fs/promises';
import { join, posix } from 'node:path';

import { codeOf, UserError } from '../errors';
import { type BuildContext, isInside } from './context';

/** Says which files of a context Docker leaves out. */
export interface Dockerignore {
  /** Where the rules stand; `undefined` when there are none. */
  readonly path: string | undefined;
  /** Whether a rule starts with `!`: then an ignored folder may still hold files that are sent. */
  readonly hasExceptions: boolean;
  /** `path` is relative to the context, with `/`. */
  ignores(path: string): boolean;
}

interface Rule {
  exception: boolean;
  matches(path: string): boolean;
}

/**
 * Reads the rules as BuildKit does: `<Dockerfile>.dockerignore` beside the Dockerfile wins over `.dockerignore` in the
 * root of the context; they are never merged.
 */
export async function readDockerignore(context: BuildContext): Promise<Dockerignore> {
  for (const path of [`${context.dockerfile}.dockerignore`, join(context.directory, '.dockerignore')]) {
    let text: string;
    try {
      text = await readFile(path, 'utf8');
    } catch (error) {
      if (isMissing(error)) continue;
      throw new UserError(`${path} cannot be read.`, { fix: 'Make it a plain, readable text file.', cause: error });
    }
    // BuildKit resolves links inside the folder it was given; rules from elsewhere would be ours alone.
    const root = isInside(context.directory, path) ? context.directory : join(context.dockerfile, '..');
    if (!isInside(root, await realpath(path))) {
      throw new UserError(
        `${path} is a symbolic link that leads outside the build context; Docker would not follow it.`,
        {
          fix: 'Replace the link by a file.',
        },
      );
    }
    return parseDockerignore(text, path);
  }
  return parseDockerignore('', undefined);
}

/**
 * Docker's rules, which are not git's: a pattern is anchored at the root of the context, `*` and `?` stop at `/`, `**`
 * crosses it, the last rule that matches the path or one of its parents wins.
 * https://docs.docker.com/build/concepts/context/#dockerignore-files
 *
 * @throws UserError for a pattern that Docker refuses.
 */
export function parseDockerignore(text: string, path: string | undefined): Dockerignore {
  const rules: Rule[] = [];
  for (const [index, raw] of text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .entries()) {
    // A comment is recognised before the line is trimmed, as Docker does it.
    if (raw.startsWith('#')) continue;
    let pattern = raw.trim();
    if (pattern === '') continue;
    const exception = pattern.startsWith('!');
    if (exception) pattern = pattern.slice(1).trim();
    if (pattern === '') throw malformed(path, index + 1, raw);
    pattern = cleaned(pattern);
    try {
      rules.push({ exception, matches: matcher(pattern) });
    } catch (error) {
      throw malformed(path, index + 1, raw, error);
    }
  }

  return {
    path,
    hasExceptions: rules.some((rule) => rule.exception),
    ignores(file) {
      const parents = parentsOf(file);
      let ignored = false;
      for (const rule of rules) {
        // A rule that could not change the answer need not be asked.
        if (rule.exception !== ignored) continue;
        if (rule.matches(file) || parents.some((parent) => rule.matches(parent))) ignored = !rule.exception;
      }
      return ignored;
    },
  };
}

/** `a/b/c` → `a`, `a/b`. */
function parentsOf(path: string): string[] {
  const parents: string[] = [];
  for (let slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1))
    parents.push(path.slice(0, slash));
  return parents;
}

/** Go's filepath.Clean, then without the leading slash: `/a/../b/` is `b`. */
function cleaned(pattern: string): string {
  let clean = posix.normalize(pattern);
  if (clean.length > 1 && clean.endsWith('/')) clean = clean.slice(0, -1);
  return clean.length > 1 && clean.startsWith('/') ? clean.slice(1) : clean;
}

/** One cleaned pattern as a predicate. Special cases come first because Docker has them as plain string comparisons. */
function matcher(pattern: string): (path: string) => boolean {
  const plain = (text: string): boolean => !/[*?[\]\\]/.test(text);
  if (pattern.startsWith('**') && plain(pattern.slice(2))) {
    const suffix = pattern.slice(2);
    return (path) => path.endsWith(suffix) || (suffix.startsWith('/') && path === suffix.slice(1));
  }
  if (pattern.endsWith('**') && plain(pattern.slice(0, -2))) {
    const prefix = pattern.slice(0, -2);
    return (path) => path.startsWith(prefix);
  }
  if (plain(pattern)) return (path) => path === pattern;
  const expression = new RegExp(`^${regexOf(pattern)}$`, 'su');
  return (path) => expression.test(path);
}

function regexOf(pattern: string): string {
  let regex = '';
  for (let at = 0; at < pattern.length; at++) {
    const char = pattern[at] ?? '';
    if (char === '*' && pattern[at + 1] === '*') {
      at++;
      if (pattern[at + 1] === '/') at++;
      regex += at + 1 >= pattern.length ? '.*' : '(?:.*/)?';
    } else if (char === '*') {
      regex += '[^/]*';
    } else if (char === '?') {
      regex += '[^/]';
    } else if (char === '[') {
      const end = classEnd(pattern, at);
      regex += classOf(pattern.slice(at + 1, end));
      at = end;
    } else if (char === '\\') {
      at++;
      // Docker makes a regular expression of it too, where a backslash before a letter or digit means something else.
      if (at >= pattern.length || /[A-Za-z0-9]/.test(pattern[at] ?? '')) throw new SyntaxError('stray backslash');
      regex += escaped(pattern[at] ?? '');
    } else {
      regex += escaped(char);
    }
  }
  return regex;
}

/** Index of the `]` that ends the class opened at `start`; a `]` right after the opening (or `^`) is refused by Go. */
function classEnd(pattern: string, start: number): number {
  for (let at = start + 1; at < pattern.length; at++) {
    if (pattern[at] === '\\') at++;
    else if (pattern[at] === ']') {
      if (at === start + 1 || (at === start + 2 && pattern[start + 1] === '^')) break;
      return at;
    }
  }
  throw new SyntaxError('unclosed character class');
}

function classOf(body: string): string {
  const negated = body.startsWith('^');
  const members = (negated ? body.slice(1) : body).replace(
    /\\(.)|([[\]&|~^])/gsu,
    (_, quoted?: string, special?: string) => escaped(quoted ?? special ?? ''),
  );
  return `[${negated ? '^' : ''}${members}]`;
}

function escaped(char: string): string {
  return /[\\^$.*+?()[\]{}|/-]/.test(char) ? `\\${char}` : char;
}

function malformed(path: string | undefined, line: number, text: string, cause?: unknown): UserError {
  return new UserError(`${path ?? '.dockerignore'}, line ${line}: Docker cannot read this pattern.`, {
    fix: 'Correct the pattern (a lone `!`, an unclosed `[`, or a `\\` at the end or before a letter is not allowed).',
    details: [text],
    cause,
  });
}

function isMissing(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR'].includes(codeOf(error) ?? '');
}
