import type { getOctokit } from '@actions/github';

/** The toolkit's Octokit: REST methods and pagination. */
export type Octokit = ReturnType<typeof getOctokit>;
