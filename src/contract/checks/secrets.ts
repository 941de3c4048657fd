import type { ImageFacts } from './inspect';
import { quoted, type Scorecard } from './scorecard';

/** Where a secret was found, and a form of it that gives nothing away. */
export interface FoundSecret {
  where: string;
  kind: string;
  redacted: string;
}

/** Shapes that are secrets wherever they stand. */
const SHAPES: readonly { kind: string; pattern: RegExp }[] = [
  { kind: 'an AWS access key', pattern: /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g },
  { kind: 'a private key', pattern: /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----/g },
  { kind: 'a GitHub token', pattern: /\b(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{22,})/g },
  { kind: 'a GitLab token', pattern: /\bglpat-[A-Za-z0-9_-]{20,}/g },
  { kind: 'a Hugging Face token', pattern: /\bhf_[A-Za-z0-9]{30,}/g },
  { kind: 'an npm token', pattern: /\bnpm_[A-Za-z0-9]{36}/g },
  { kind: 'a PyPI token', pattern: /\bpypi-AgE[A-Za-z0-9_-]{20,}/g },
  { kind: 'a Slack token', pattern: /\bxox[abprs]-[A-Za-z0-9-]{10,}/g },
  { kind: 'an API key', pattern: /\bsk-[A-Za-z0-9_-]{32,}/g },
  { kind: 'a Google API key', pattern: /\bAIza[A-Za-z0-9_-]{35}/g },
  { kind: 'a password in a URL', pattern: /\b[a-z][a-z0-9+.-]*:\/\/[^\s/:@"'$]+:[^\s/@"'$]{3,}@/g },
];

/** Names that say that their value is a secret; `TOKENIZERS_PARALLELISM` and `GPG_KEY` (a public one's id) do not. */
const SECRET_NAME =
  /(?:^|[_.-])(?:password|passwd|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|credentials?)$/i;
/** `NAME=value` in a layer's instruction: an ENV, an ARG's default, or a build argument that a RUN was given. */
const ASSIGNMENT = /(?<![\w.$-])([A-Za-z_][\w.-]*)=("[^"]*"|'[^']*'|[^\s;&|]+)/g;
/** Values that name where a secret is instead of being it, switches, and fill-ins. */
const NO_SECRET =
  /^(?:|\$.*|\/.*|\d{1,5}|true|false|none|null|yes|no|x+|\*+|<.*>|.*(?:change.?me|placeholder|example|dummy).*)$/i;

/**
 * Looks for secrets in what everybody who can pull the image can read: history, environment, labels, entrypoint. Pure.
 */
export function findSecrets(facts: ImageFacts): FoundSecret[] {
  const found: FoundSecret[] = [];
  const look = (where: string, text: string): void => {
    for (const { kind, pattern } of SHAPES) {
      for (const [match] of text.matchAll(pattern)) found.push({ where, kind, redacted: redact(match) });
    }
    for (const [, name = '', quotedValue = ''] of text.matchAll(ASSIGNMENT)) {
      const value = quotedValue.replace(/^(["'])(.*)\1$/, '$2');
      if (!SECRET_NAME.test(name) || NO_SECRET.test(value)) continue;
      found.push({ where, kind: `a value for ${name.slice(0, 60)}`, redacted: redact(value) });
    }
  };
  // The environment is told before the history, which repeats it.
  for (const variable of facts.environment) look(`environment variable ${nameOf(variable)}`, variable);
  for (const [name, value] of Object.entries(facts.labels)) look(`label ${name.slice(0, 60)}`, `${name}=${value}`);
  look('entrypoint', [...facts.entrypoint, ...facts.command].join(' '));
  facts.history.forEach((createdBy, index) => {
    look(`history, layer ${facts.history.length - index} (${instructionOf(createdBy)})`, createdBy);
  });
  const seen = new Set<string>();
  return found.filter(({ redacted, kind }) => !seen.has(redacted + kind) && seen.add(redacted + kind));
}

/** Passes when {@link findSecrets} finds nothing. */
export async function checkSecrets(facts: ImageFacts, scorecard: Scorecard): Promise<void> {
  const found = findSecrets(facts);
  if (found.length === 0) {
    await scorecard.pass(
      'secrets',
      `none in ${facts.history.length} layers' history, ${facts.environment.length} variables, ${Object.keys(facts.labels).length} labels`,
      0,
    );
    return;
  }
  const shown = found.slice(0, 5).map(({ where, kind, redacted }) => `${kind} (${redacted}) in ${where}`);
  await scorecard.fail(
    'secrets',
    quoted(shown.join('; ') + (found.length > 5 ? ` and ${found.length - 5} more` : ''), 600),
    'Whoever can pull the image can read it: withdraw that credential now. Then hand it to the build with the input `secrets` and ' +
      '`RUN --mount=type=secret,id=…`, never with ENV, ARG or LABEL.',
    0,
  );
}

/** Enough to recognise it by, too little to use it: its length and, of a long one, four characters. */
function redact(secret: string): string {
  return `${secret.length >= 16 ? secret.slice(0, 4) : ''}***, ${secret.length} characters`;
}

function nameOf(variable: string): string {
  return (variable.split('=')[0] ?? '').slice(0, 60);
}

function instructionOf(createdBy: string): string {
  return /^(?:\/bin\/sh -c #\(nop\)\s+)?([A-Z]{2,12})\b/.exec(createdBy)?.[1] ?? 'RUN';
}
