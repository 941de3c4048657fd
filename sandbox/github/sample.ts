import type { GitHubSandbox } from './server';

/** Full name of the sample repository. */
export const SAMPLE_REPOSITORY = 'acme/cell-classifier';

/**
 * A small repository with people in every role and one open pull request, number 7; for `npm run sandbox`.
 *
 * @returns the pull request's number
 */
export function addSample(sandbox: GitHubSandbox): number {
  sandbox.createRepository(SAMPLE_REPOSITORY, {
    description: 'Gland, stroma or background, from stained tissue',
    organization: true,
  });
  sandbox.createUser('maya', { role: 'admin' });
  sandbox.createUser('alice', { role: 'write' });
  sandbox.createUser('rob', { role: 'read' });
  const { number } = sandbox.createPullRequest({
    number: 7,
    title: 'Train with stronger augmentation',
    author: 'alice',
    head: { ref: 'augment' },
    body: [
      'Flips, 90° turns and stain jitter, since the validation curve of `main` flattens after epoch 6.',
      '',
      '- [x] same seed and same split as `main`',
      '- [ ] compare with a longer warm-up',
    ].join('\n'),
  });
  sandbox.addComment(number, 'maya', 'Looks right to me. Could you train it once before we merge?');
  return number;
}
