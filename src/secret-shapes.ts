/**
 * The one table of what a secret looks like and what it is called. Verify finds by it, the report and an image's history
 * are redacted by it; a new kind of token is added here and nowhere else. Owner: the room `report`. Pure.
 *
 * The text is hostile: every pattern costs time in proportion to its length. So a run of characters is entered at its
 * beginning alone (the look-behinds), and what stands between two parts of a pattern is bounded.
 */

/** What stands where a secret stood; the same sign as the runner's own masks. */
export const REDACTED = '***';

/** A secret that was found. */
export interface FoundShape {
  /** For people: `a GitHub token`. */
  kind: string;
  /** The secret itself: never to be shown. */
  secret: string;
}

interface Shape {
  kind: string;
  /** Global. What its group `keep` matches is no part of the secret. */
  pattern: RegExp;
  /** Prose may look like it: redacted, which harms nobody, but no reason to fail an image. */
  loose?: true;
}

/** The beginning and the end of a private key; the key itself is what {@link redactPrivateKeys} takes out. */
const KEY_MARK = /-----(BEGIN|END) [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/gu;

const SHAPES: readonly Shape[] = [
  // Long-term, temporary, bearer, context-specific.
  { kind: 'an AWS access key', pattern: /(?<![A-Z0-9])(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}(?![A-Z0-9])/gu },
  { kind: 'a GitHub token', pattern: /(?<![A-Za-z0-9])(?:gh[pousr]_[\w.-]{20,}|github_pat_\w{20,})/gu },
  { kind: 'a GitLab token', pattern: /(?<![A-Za-z0-9])gl(?:pat|ptt|dt|rt|cbt|soat|ft|imt|agent)-[\w-]{20,}/gu },
  { kind: 'a Hugging Face token', pattern: /(?<![A-Za-z0-9])hf_[A-Za-z0-9]{30,}/gu },
  { kind: 'an npm token', pattern: /(?<![A-Za-z0-9])npm_[A-Za-z0-9]{36,}/gu },
  { kind: 'a PyPI token', pattern: /(?<![A-Za-z0-9])pypi-AgE[\w-]{20,}/gu },
  { kind: 'a Docker Hub token', pattern: /(?<![A-Za-z0-9])dckr_(?:pat|oat)_[\w-]{20,}/gu },
  { kind: 'a Slack token', pattern: /(?<![A-Za-z0-9])(?:xox[abeoprs]|xapp)-[A-Za-z0-9-]{10,}/gu },
  { kind: 'a Stripe key', pattern: /(?<![A-Za-z0-9])[rs]k_live_[A-Za-z0-9]{16,}/gu },
  { kind: 'an API key', pattern: /(?<![A-Za-z0-9])sk-[\w-]{32,}/gu },
  { kind: 'a Google API key', pattern: /(?<![A-Za-z0-9])AIza[\w-]{35}/gu },
  { kind: 'a Google OAuth secret', pattern: /(?<![A-Za-z0-9])(?:GOCSPX-|ya29\.)[\w-]{20,}/gu },
  { kind: 'an Azure account key', pattern: /(?<keep>AccountKey=)[A-Za-z0-9+/]{60,}={0,2}/gu },
  // An OIDC token is good for a role.
  { kind: 'a JSON Web Token', pattern: /(?<![\w-])eyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]*/gu },
  { kind: 'a password in a URL', pattern: /(?<keep>:\/\/)[^\s/:@"'$]{1,500}:[^\s/@"'$]{3,500}(?=@)/gu },
  {
    kind: 'an Authorization header',
    pattern:
      /(?<keep>\b(?:proxy-)?authorization["']?\s{0,4}[:=]\s{0,4}["']?(?:(?:bearer|basic|token)\s{1,4})?)[^\s"',]+/giu,
    loose: true,
  },
  { kind: 'a bearer token', pattern: /(?<keep>\bbearer\s{1,4})[\w.~+/=-]{8,}/giu, loose: true },
  {
    kind: 'an AWS secret',
    pattern:
      /(?<keep>(?:secret_?access_?key|session_?token|security_?token)["']?\s{0,4}[:=]\s{0,4}["']?)[\w/+=-]{16,}/giu,
    loose: true,
  },
];

/**
 * Names whose value is a secret whatever it looks like: `DB_PASSWORD`, `hf-token`, `apiKey`. Not `tokenizer`,
 * `max_tokens`, `GPG_KEY` (a public one's id), nor a language model's `pad_token`.
 */
const SECRET_NAME =
  /(?:^|[-_.])(?:secrets?|passwords?|passwd|passphrase|credentials?|(?:api|access|account|auth|encryption|private|secret|signing|ssh)[-_]?key|connection[-_]?string|(?<=[-_.])pwd|(?<!(?:additional|bos|class|cls|decoder|end|eod|eos|eot|extra|first|image|last|mask|new|next|pad|per|prefix|sep|special|start|stop|suffix|target|text|unk)[-_.])token|(?:access|api|auth|bearer|gh|github|hf|hub|refresh|secret|session)token)$/iu;

/** How the names above end: a text of a million assignments is to be told quickly. */
const NAME_ENDS = new Set(['et', 'ts', 'rd', 'ds', 'wd', 'se', 'al', 'ls', 'ey', 'ng', 'en']);
/** Shorter names are none; longer ones are looked at by their end. */
const NAME_LENGTH_MIN = 5;
const NAME_LENGTH_MAX = 300;

/** Values that give nothing away: references, small numbers, switches. */
const NO_VALUE = /^(?:|\$.*|\d{1,5}|true|false|none|null|yes|no|\*+)$/iu;
/** Values that most likely are none: paths to a secret, fill-ins. Redacted, but no reason to fail an image. */
const UNLIKELY_VALUE = /^(?:\/.*|x+|<.*>|.*(?:change.?me|placeholder|example|dummy).*)$/iu;

/** `NAME=` or `--name=`, entered at the beginning of the name alone. */
const ASSIGNED = /(?<![\w.$-])(?:-{0,2}([A-Za-z_][\w.-]*)=|(?:--|(?:ENV|ARG|LABEL)[ \t])([A-Za-z_][\w.-]*)[ \t]+)/gu;
const VALUE = /"[^"]*"|'[^']*'|[^\s;&|]+/uy;
/** What hangs on to a value and may belong to it: `x;make`. */
const REST = /\S*/uy;

/** Whether a value of that name (of a variable, build argument, hyperparameter, field) is a secret. */
export function isSecretName(name: string): boolean {
  if (name.length < NAME_LENGTH_MIN || !NAME_ENDS.has(name.slice(-2).toLowerCase())) return false;
  return SECRET_NAME.test(name.slice(-NAME_LENGTH_MAX).replace(/([a-z0-9])([A-Z])/gu, '$1_$2'));
}

/** The shapes in a text that are secrets wherever they stand. */
export function findShapes(text: string): FoundShape[] {
  const found: FoundShape[] = [];
  for (const [mark, which] of text.matchAll(KEY_MARK)) {
    if (which === 'BEGIN') found.push({ kind: 'a private key', secret: mark });
  }
  for (const { kind, pattern, loose } of SHAPES) {
    if (loose) continue;
    for (const match of text.matchAll(pattern)) {
      found.push({ kind, secret: match[0].slice(match.groups?.['keep']?.length ?? 0) });
    }
  }
  return found;
}

/** A value that was given to a secret's name. */
export interface NamedSecret {
  name: string;
  value: string;
}

interface Assignment extends NamedSecret {
  /** Where the value begins and what follows it begins. */
  start: number;
  end: number;
  /** Given with `=`, not a blank, and no fill-in. */
  certain: boolean;
}

/** `NAME=value` where the name says that the value is a secret: an ENV, an ARG's default, a build argument of a RUN. */
export function findNamedSecrets(text: string): NamedSecret[] {
  return [...assignments(text)].filter(({ certain }) => certain).map(({ name, value }) => ({ name, value }));
}

function* assignments(text: string): Generator<Assignment> {
  let from = 0;
  for (;;) {
    ASSIGNED.lastIndex = from;
    const match = ASSIGNED.exec(text);
    if (match === null) return;
    const start = match.index + match[0].length;
    // A name that is no secret's may have an assignment for its value: `--build-arg=TOKEN=x`.
    from = start;
    const name = match[1] ?? match[2] ?? '';
    if (!isSecretName(name)) continue;
    VALUE.lastIndex = start;
    const given = VALUE.exec(text);
    if (given === null) continue;
    const value = given[0].replace(/^(["'])(.*)\1$/su, '$2');
    from = VALUE.lastIndex;
    if (NO_VALUE.test(value)) continue;
    REST.lastIndex = from;
    from += REST.exec(text)?.[0].length ?? 0;
    yield { name, value, start, end: from, certain: match[1] !== undefined && !UNLIKELY_VALUE.test(value) };
  }
}

/** Takes out everything that this file knows: shapes, private keys, values of secrets' names. */
export function redactShapes(text: string): string {
  let result = redactPrivateKeys(text);
  for (const { pattern } of SHAPES) {
    result = result.replace(pattern, (...found: unknown[]) => {
      const groups = found.at(-1);
      const keep = typeof groups === 'object' ? (groups as Record<string, string>)['keep'] : undefined;
      return `${keep ?? ''}${REDACTED}`;
    });
  }
  let kept = '';
  let from = 0;
  for (const { start, end } of assignments(result)) {
    kept += result.slice(from, start) + REDACTED;
    from = end;
  }
  return kept + result.slice(from);
}

/** Takes out private keys, also those whose end or whose beginning was cut off. */
function redactPrivateKeys(text: string): string {
  let kept = '';
  // Up to here the text is dealt with, so that it is walked through once in all.
  let from = 0;
  let open = false;
  for (const mark of text.matchAll(KEY_MARK)) {
    if (mark[1] === 'BEGIN') {
      if (!open) kept += text.slice(from, mark.index) + REDACTED;
      open = true;
    } else {
      if (!open) {
        const before = text.slice(from, mark.index);
        kept += before.slice(0, lengthBeforeKey(before)) + REDACTED;
      }
      open = false;
    }
    from = mark.index + mark[0].length;
  }
  return open ? kept : kept + text.slice(from);
}

/** Shorter words may be anything; but for the last line of a key. */
const KEY_WORD_LENGTH_MIN = 16;

/**
 * How much of a text is not of the key whose end comes next: back over words of base64, also behind something else at
 * the beginning of a line, such as a node's name.
 */
function lengthBeforeKey(text: string): number {
  let start = text.length;
  let last = true;
  for (let lineEnd = text.length; lineEnd > 0;) {
    const lineStart = text.lastIndexOf('\n', lineEnd - 1) + 1;
    const words = [...text.slice(lineStart, lineEnd).matchAll(/\S+/gu)];
    let taken = 0;
    for (const word of words.reverse()) {
      // Of a key in JSON the last word is all of it: `MII…\nabc\n`.
      const fits = last || (word[0].length >= KEY_WORD_LENGTH_MIN && /^[A-Za-z0-9+/=]*$/u.test(word[0]));
      if (!fits) break;
      last = false;
      taken += 1;
      start = lineStart + word.index;
    }
    if (words.length > 0 && taken === 0) break;
    lineEnd = lineStart - 1;
  }
  return start;
}
