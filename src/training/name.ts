import { createHash } from 'node:crypto';

/** What a training job's name is made of. */
export interface TrainingJobIdentity {
  /** `owner/name`. */
  repository: string;
  /** A pull request's number, or … */
  pullRequest?: number;
  /** … the short name of the branch or tag. Untrusted. */
  ref?: string;
  /** The bound commit, 40 hex digits. */
  sha: string;
  /** Everything that makes this request a different one: hyperparameters, data, image inputs. Order of keys does not matter. */
  request: unknown;
}

const REF_CHARACTERS_MAX = 16;

/**
 * `byoc-<repo8>-<pr<n>|ref≤16>-<sha7>-<req8>`: the same request on the same commit always has the same name. `repo8` is a
 * hash of the whole repository name, since two repositories in one account may well begin alike. At most 48 characters of
 * `[A-Za-z0-9-]`, no two hyphens in a row, which SageMaker's `TrainingJobName` (63) takes. Pure.
 */
export function trainingJobName(identity: TrainingJobIdentity): string {
  const where = identity.pullRequest === undefined ? refPart(identity.ref ?? '') : `pr${identity.pullRequest}`;
  const repository = hash(identity.repository.toLowerCase());
  return ['byoc', repository, where, identity.sha.slice(0, 7), hash(canonical(identity.request))].join('-');
}

function refPart(ref: string): string {
  const plain = ref.replace(/[^A-Za-z0-9]+/g, '-').replace(/^-+/, '');
  return plain.slice(0, REF_CHARACTERS_MAX).replace(/-+$/, '') || 'ref';
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 8);
}

/** JSON with the keys of every object in order. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) => {
    if (part === null || typeof part !== 'object' || Array.isArray(part)) return part;
    return Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
  });
}
