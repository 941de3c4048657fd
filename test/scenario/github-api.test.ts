/** GitHub's toolkit, unchanged, against the sandbox's GitHub over real HTTP. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { getOctokit } from '@actions/github';
import { ApiDescription } from '../../sandbox/github/description';
import { HANDLERS } from '../../sandbox/github/operations';
import { startGitHub, type GitHubSandbox } from '../../sandbox/github/server';

type Client = ReturnType<typeof getOctokit>;

const repo = { owner: 'acme', repo: 'cells' };
const description = new ApiDescription();
let github: GitHubSandbox;
let number: number;

beforeEach(async () => {
  github = await startGitHub();
  github.createRepository('acme/cells', { organization: true });
  github.createUser('alice', { role: 'write' });
  github.createUser('maya', { role: 'maintain' });
  github.createUser('rob', { role: 'triage' });
  number = github.createPullRequest({ title: 'A change', author: 'alice', head: { ref: 'change' } }).number;
});

afterEach(async () => {
  await github.close();
});

function client(options: Parameters<GitHubSandbox['token']>[0] = {}): Client {
  return getOctokit(github.token(options), { baseUrl: github.url });
}

/** What a refused request looked like to Octokit. */
async function refusal(promise: Promise<unknown>): Promise<{ status: number; message: string }> {
  try {
    await promise;
  } catch (error) {
    const { status, message } = error as { status: number; message: string };
    return { status, message };
  }
  throw new Error('The request was not refused');
}

describe('comments', () => {
  it('are created, read, updated, and deleted, and only allowed requests and answers were seen', async () => {
    const { rest } = client();
    const made = await rest.issues.createComment({ ...repo, issue_number: number, body: 'one' });
    expect(made.status).toBe(201);
    expect(made.data.user).toMatchObject({ login: 'github-actions[bot]', type: 'Bot' });
    expect(made.data.performed_via_github_app?.slug).toBe('github-actions');
    expect(made.data.html_url).toBe(`${github.url}/acme/cells/pull/${number}#issuecomment-${made.data.id}`);
    const comment = { ...repo, comment_id: made.data.id };
    await rest.issues.updateComment({ ...comment, body: 'two' });
    expect((await rest.issues.getComment(comment)).data.body).toBe('two');
    expect(github.comments(number).map((one) => one.body)).toEqual(['two']);
    expect((await rest.issues.deleteComment(comment)).status).toBe(204);
    expect(github.comments(number)).toEqual([]);
    expect(await refusal(rest.issues.updateComment({ ...comment, body: 'x' }))).toMatchObject({ status: 404 });
    expect(github.violations).toEqual([]);
    expect(github.requests.map((one) => `${one.method} ${one.status}`)).toEqual([
      'POST 201',
      'PATCH 200',
      'GET 200',
      'DELETE 204',
      'PATCH 404',
    ]);
  });

  it('are paged: 250 come once each, oldest first, in three requests of 100', async () => {
    for (let index = 0; index < 250; index += 1) github.addComment(number, 'alice', `comment ${index}`);
    const octokit = client();
    const all = await octokit.paginate(octokit.rest.issues.listComments, {
      ...repo,
      issue_number: number,
      per_page: 100,
    });
    expect(all.map((one) => one.body)).toEqual(Array.from({ length: 250 }, (_, index) => `comment ${index}`));
    expect(all.map((one) => one.id)).toEqual([...all.map((one) => one.id)].sort((a, b) => a - b));
    expect(github.requests).toHaveLength(3);
    const few = await octokit.rest.issues.listComments({ ...repo, issue_number: number });
    expect(few.data).toHaveLength(30);
    expect(few.headers.link).toContain('rel="next"');
    const many = await octokit.rest.issues.listComments({ ...repo, issue_number: number, per_page: 500 });
    expect(many.data).toHaveLength(100);
    const beyond = await octokit.rest.issues.listComments({ ...repo, issue_number: number, per_page: 100, page: 9 });
    expect(beyond.data).toEqual([]);
    expect(beyond.headers.link).not.toContain('rel="next"');
    expect(github.violations).toEqual([]);
  });

  it('of 65,536 characters fit, one more does not, and an empty one is refused', async () => {
    const { rest } = client();
    const on = { ...repo, issue_number: number };
    expect((await rest.issues.createComment({ ...on, body: 'x'.repeat(65_536) })).status).toBe(201);
    const long = await refusal(rest.issues.createComment({ ...on, body: 'x'.repeat(65_537) }));
    expect(long.status).toBe(422);
    expect(long.message).toContain('Validation Failed');
    expect(long.message).toContain('Body is too long (maximum is 65536 characters)');
    expect((await refusal(rest.issues.createComment({ ...on, body: ' ' }))).message).toContain('Body cannot be blank');
    expect(github.comments(number)).toHaveLength(1);
  });

  it('take a reaction once for each user', async () => {
    const { rest } = client();
    const { id } = github.addComment(number, 'alice', '/train');
    const eyes = { ...repo, comment_id: id, content: 'eyes' as const };
    expect((await rest.reactions.createForIssueComment(eyes)).status).toBe(201);
    expect((await rest.reactions.createForIssueComment(eyes)).status).toBe(200);
    expect((await rest.reactions.listForIssueComment({ ...repo, comment_id: id })).data).toHaveLength(1);
    expect(github.violations).toEqual([]);
  });
});

describe('rights', () => {
  it('a read-only token reads and may not write', async () => {
    const { rest } = client({ permissions: 'read' });
    const on = { ...repo, issue_number: number };
    expect((await rest.issues.listComments(on)).data).toEqual([]);
    const refused = await refusal(rest.issues.createComment({ ...on, body: 'x' }));
    expect(refused.status).toBe(403);
    expect(refused.message).toContain('Resource not accessible by integration');
    expect(github.comments(number)).toEqual([]);
  });

  it('either right to issues or to pull requests lets a token comment on a pull request', async () => {
    for (const permissions of [{ issues: 'write' }, { pull_requests: 'write' }] as const) {
      const { rest } = client({ permissions });
      expect((await rest.issues.createComment({ ...repo, issue_number: number, body: 'x' })).status).toBe(201);
    }
    const { rest } = client({ permissions: { contents: 'write' } });
    expect((await refusal(rest.issues.createComment({ ...repo, issue_number: number, body: 'x' }))).status).toBe(403);
  });

  it('an unknown token is bad credentials, and an installation is no user', async () => {
    const wrong = getOctokit('ghs_wrong', { baseUrl: github.url });
    expect(await refusal(wrong.rest.repos.get(repo))).toMatchObject({ status: 401 });
    expect((await refusal(wrong.rest.repos.get(repo))).message).toContain('Bad credentials');
    const refused = await refusal(client().rest.users.getAuthenticated());
    expect(refused.status).toBe(403);
    expect(refused.message).toContain('Resource not accessible by integration');
    expect((await client({ login: 'alice' }).rest.users.getAuthenticated()).data.login).toBe('alice');
  });

  it('a private repository hides from strangers', async () => {
    github.createRepository('acme/secret', { private: true });
    const secret = { owner: 'acme', repo: 'secret' };
    expect((await refusal(client({ login: 'rob' }).rest.repos.get(secret))).status).toBe(404);
    expect((await client().rest.repos.get(secret)).data.private).toBe(true);
  });

  it.each([
    ['acme', 'admin', 'admin'],
    ['maya', 'write', 'maintain'],
    ['alice', 'write', 'write'],
    ['rob', 'read', 'triage'],
    ['stranger', 'read', 'read'],
  ])('%s has permission %s and role %s', async (username, permission, role) => {
    github.createUser('stranger');
    const { data } = await client().rest.repos.getCollaboratorPermissionLevel({ ...repo, username });
    expect(data).toMatchObject({ permission, role_name: role });
    expect(github.violations).toEqual([]);
  });

  it('nobody is not a user', async () => {
    const asked = client().rest.repos.getCollaboratorPermissionLevel({ ...repo, username: 'nobody' });
    expect(await refusal(asked)).toMatchObject({ status: 404 });
  });

  it('a spent budget is refused until the hour is over, and asking for it is free', async () => {
    const octokit = client({ requestsPerHour: 2 });
    await octokit.rest.repos.get(repo);
    const second = await octokit.rest.repos.get(repo);
    expect(second.headers['x-ratelimit-remaining']).toBe('0');
    expect((await refusal(octokit.rest.repos.get(repo))).message).toContain('API rate limit exceeded');
    expect((await octokit.rest.rateLimit.get()).data.rate).toMatchObject({ limit: 2, remaining: 0, used: 2 });
  });
});

describe('pull requests and labels', () => {
  it('are opened, listed, read, labelled', async () => {
    const { rest } = client();
    github.state.repository('acme/cells').branches.set('second', github.pullRequest(number).head.sha);
    const opened = await rest.pulls.create({ ...repo, title: 'Second', head: 'second', base: 'main' });
    expect((await rest.pulls.list(repo)).data.map((one) => one.number)).toEqual([opened.data.number, number]);
    const again = await refusal(rest.pulls.create({ ...repo, title: 'Second', head: 'second', base: 'main' }));
    expect(again.message).toContain('A pull request already exists for acme:second.');
    const read = await rest.pulls.get({ ...repo, pull_number: number });
    expect(read.data.head.sha).toBe(github.pullRequest(number).head.sha);
    expect((await rest.pulls.listCommits({ ...repo, pull_number: number })).data[0]?.sha).toBe(read.data.head.sha);
    expect((await rest.repos.getCommit({ ...repo, ref: read.data.head.sha })).data.sha).toBe(read.data.head.sha);
    expect((await rest.repos.getBranch({ ...repo, branch: 'change' })).data.commit.sha).toBe(read.data.head.sha);
    const on = { ...repo, issue_number: number };
    await rest.issues.addLabels({ ...on, labels: ['train'] });
    expect((await rest.issues.listLabelsOnIssue(on)).data.map((one) => one.name)).toEqual(['train']);
    expect((await rest.issues.get(on)).data.pull_request).toBeDefined();
    await rest.issues.removeLabel({ ...on, name: 'train' });
    expect((await refusal(rest.issues.removeLabel({ ...on, name: 'train' }))).message).toContain(
      'Label does not exist',
    );
    expect((await rest.users.getByUsername({ username: 'alice' })).data.login).toBe('alice');
    expect(github.violations).toEqual([]);
  });

  it('every operation of the description that was extracted is served', () => {
    expect(Object.keys(HANDLERS).sort()).toEqual([...description.operations.keys()].sort());
  });
});

describe('the OpenAPI description', () => {
  it('finds what is not an operation, a path, a query, a body', async () => {
    const octokit = client();
    expect((await refusal(octokit.request('GET /repos/acme/cells/pulls/1/secrets'))).status).toBe(404);
    expect((await refusal(octokit.request('GET /repos/acme/cells/issues/one/comments'))).status).toBe(404);
    await octokit.request('GET /repos/acme/cells/issues/1/comments?sorted=yes');
    expect((await refusal(octokit.request('POST /repos/acme/cells/issues/1/comments', { text: 'x' }))).status).toBe(
      422,
    );
    const wrong = octokit.request('PATCH /repos/acme/cells/issues/comments/1', { body: 7 });
    expect((await refusal(wrong)).status).toBe(422);
    expect(github.violations.map((one) => one.part)).toEqual(['operation', 'path', 'query', 'body', 'body']);
    expect(github.comments(number)).toEqual([]);
  });

  it('refuses an answer that GitHub would not give', () => {
    const operation = description.find('GET', '/repos/acme/cells/issues/comments/1')?.operation;
    if (!operation) throw new Error('No such operation');
    const comment = github.addComment(number, 'alice', 'x');
    expect(description.responseFaults(operation, 200, comment)).toEqual([]);
    expect(description.responseFaults(operation, 200, { ...comment, id: 'seven' })).not.toEqual([]);
    expect(description.responseFaults(operation, 200, { ...comment, created_at: undefined })).not.toEqual([]);
  });

  it('text that is not JSON is a bad request', async () => {
    const response = await fetch(`${github.url}/repos/acme/cells/issues/1/comments`, {
      method: 'POST',
      headers: { authorization: `Bearer ${github.token()}` },
      body: '{"body":',
    });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ message: 'Problems parsing JSON' });
  });
});

describe('faults on demand', () => {
  const path = /\/comments$/;

  it('502 after commit: the comment is there although the client was told otherwise', async () => {
    github.fail({ method: 'POST', path, status: 502, after: 'commit' });
    const { rest } = client();
    const asked = rest.issues.createComment({ ...repo, issue_number: number, body: 'once' });
    expect((await refusal(asked)).status).toBe(502);
    expect(github.comments(number).map((one) => one.body)).toEqual(['once']);
  });

  it('a secondary rate limit has its header and leaves nothing, twice and no more', async () => {
    github.fail({ method: 'POST', path, status: 403, headers: { 'retry-after': '60' }, times: 2 });
    const { rest } = client();
    const post = (): Promise<unknown> => rest.issues.createComment({ ...repo, issue_number: number, body: 'x' });
    expect((await refusal(post())).message).toContain('secondary rate limit');
    const seen = await post().catch((error: { response: { headers: Record<string, string> } }) => error.response);
    expect(seen).toMatchObject({ headers: { 'retry-after': '60' } });
    expect(github.comments(number)).toEqual([]);
    await post();
    expect(github.comments(number)).toHaveLength(1);
  });

  it('a reset ends the connection; a delay only delays', async () => {
    const { rest } = client();
    github.fail({ path, reset: true, after: 'commit', method: 'POST' });
    await expect(rest.issues.createComment({ ...repo, issue_number: number, body: 'x' })).rejects.toThrow();
    expect(github.comments(number)).toHaveLength(1);
    expect(github.requests.at(-1)?.status).toBe(0);
    github.fail({ path: /\/cells$/, delayMilliseconds: 120 });
    const started = performance.now();
    expect((await rest.repos.get(repo)).status).toBe(200);
    expect(performance.now() - started).toBeGreaterThanOrEqual(100);
  });
});

describe('webhook payloads', () => {
  it.each(['opened', 'synchronize', 'reopened', 'closed', 'labeled', 'unlabeled'] as const)(
    'pull_request %s is what GitHub describes',
    (action) => {
      if (action === 'unlabeled') github.event('pull_request', { action: 'labeled', number });
      const before = github.pullRequest(number).head.sha;
      const payload = github.event('pull_request', { action, number, sender: 'maya' });
      expect(description.webhookFaults(`pull-request-${action}`, payload)).toEqual([]);
      if (action === 'synchronize') {
        expect(payload).toMatchObject({ before, after: github.pullRequest(number).head.sha });
      }
      expect(payload).toMatchObject({ action, number, sender: { login: 'maya' } });
    },
  );

  it.each(['created', 'edited', 'deleted'] as const)('issue_comment %s on a pull request is, too', (action) => {
    const payload = github.event('issue_comment', { action, number, body: '/train', sender: 'alice' });
    expect(description.webhookFaults(`issue-comment-${action}`, payload)).toEqual([]);
    expect(payload).toMatchObject({
      action,
      issue: { number, pull_request: { url: `${github.url}/repos/acme/cells/pulls/${number}` } },
      comment: { body: '/train', user: { login: 'alice' }, author_association: 'MEMBER' },
    });
  });

  it("a fork's pull request names the fork", () => {
    const fork = github.createPullRequest({ title: 'Mine', author: 'eve', head: { ref: 'x' }, fork: true });
    const payload = github.event('pull_request', { action: 'opened', number: fork.number });
    expect(description.webhookFaults('pull-request-opened', payload)).toEqual([]);
    expect(payload).toMatchObject({
      pull_request: {
        head: { repo: { full_name: 'eve/cells', fork: true } },
        base: { repo: { full_name: 'acme/cells' } },
      },
    });
  });
});
