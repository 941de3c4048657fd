import type { Environment } from '../deps';
import { UserError } from '../errors';

/** What a cache backend reads from the environment; child processes get it only when such a cache is asked for. */
const NEEDS: Readonly<Record<string, readonly string[]>> = {
  gha: ['ACTIONS_RUNTIME_TOKEN', 'ACTIONS_RESULTS_URL', 'ACTIONS_CACHE_URL', 'ACTIONS_CACHE_SERVICE_V2'],
  s3: ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN', 'AWS_REGION'],
};

/**
 * The variables for the caches named (`type=gha,scope=x`, buildx syntax).
 * @throws UserError for GitHub's cache where its token is not to be had.
 */
export function cacheEnvironment(caches: readonly string[], env: Environment): Record<string, string> {
  const result: Record<string, string> = {};
  for (const cache of caches) {
    // buildx would take them, but what stands in a cache's name is printed and can be read by every process.
    const credential = /(?:^|,)(token|access_key_id|secret_access_key|session_token)=/.exec(cache)?.[1];
    if (credential !== undefined) {
      throw new UserError(`A cache is given its ${credential} in \`cache-from\` or \`cache-to\`.`, {
        fix: 'Leave it out and set it as environment of the step (AWS_ACCESS_KEY_ID …, or the runtime token): it is handed on to the build.',
      });
    }
    const type = /(?:^|,)type=([a-z0-9]+)/.exec(cache)?.[1] ?? 'registry';
    for (const name of NEEDS[type] ?? []) {
      const value = env[name];
      if (value !== undefined) result[name] = value;
    }
    if (type === 'gha' && !result['ACTIONS_RUNTIME_TOKEN']) {
      throw new UserError(
        `"${cache}": GitHub's cache needs a token that the runner gives to JavaScript actions alone.`,
        {
          fix: 'Use `type=registry,ref=…` or `type=local,…` (with actions/cache), or hand the token on with crazy-max/ghaction-github-runtime before this action.',
        },
      );
    }
  }
  return result;
}
