import { findNamedSecrets, findShapes } from '../../secret-shapes';
import type { ImageFacts } from './inspect';
import { quoted, type Scorecard } from './scorecard';

/** Where a secret was found, and a form of it that gives nothing away. */
export interface FoundSecret {
  where: string;
  kind: string;
  redacted: string;
}

/**
 * Looks for secrets in what everybody who can pull the image can read: history, environment, labels, entrypoint. Pure.
 */
export function findSecrets(facts: ImageFacts): FoundSecret[] {
  const found: FoundSecret[] = [];
  const look = (where: string, text: string): void => {
    for (const { kind, secret } of findShapes(text)) found.push({ where, kind, redacted: redact(secret) });
    for (const { name, value } of findNamedSecrets(text)) {
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
