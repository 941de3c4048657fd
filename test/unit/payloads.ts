import { createRequire } from 'node:module';

// The package's entry is a JSON file, which ESM imports only with an attribute that not every tool here knows.
const examples = createRequire(import.meta.url)('@octokit/webhooks-examples') as {
  name: string;
  examples: Payload[];
}[];

type Payload = Record<string, unknown>;

/** All published example payloads of an event. */
export function examplesOf(name: string): Payload[] {
  const event = examples.find((entry) => entry.name === name);
  if (!event) throw new Error(`@octokit/webhooks-examples has no ${name}`);
  return event.examples;
}

/** The first example that `fits`, deep-copied, so that a test may change it. */
export function example(name: string, fits: (payload: Payload) => boolean = () => true): Payload {
  const found = examplesOf(name).find(fits);
  if (!found) throw new Error(`no ${name} example fits`);
  return structuredClone(found);
}

/** Sets `a.b.c` of a payload. */
export function set(payload: Payload, path: string, value: unknown): Payload {
  const keys = path.split('.');
  const last = keys.pop() ?? '';
  let at: Payload = payload;
  for (const key of keys) at = at[key] as Payload;
  at[last] = value;
  return payload;
}

/**
 * A comment on a pull request. The package has none, so it is made from a comment on an issue by what GitHub's schema
 * of `issue_comment` adds for pull requests: the object `issue.pull_request`.
 */
export function pullRequestComment(body: string, action = 'created'): Payload {
  const payload = example('issue_comment', (candidate) => candidate['action'] === action);
  const issue = payload['issue'] as Payload;
  const url = (issue['url'] as string).replace('/issues/', '/pulls/');
  issue['pull_request'] = {
    url,
    html_url: (issue['html_url'] as string).replace('/issues/', '/pull/'),
    diff_url: `${url}.diff`,
    patch_url: `${url}.patch`,
    merged_at: null,
  };
  return set(payload, 'comment.body', body);
}
