import type { Shape, Shapes } from './shapes';
import type { Comment, Label, PullRequest, User } from './state';

/** What happened to a pull request. */
export type PullRequestAction = 'opened' | 'synchronize' | 'reopened' | 'closed' | 'labeled' | 'unlabeled';

/** What happened to a comment. */
export type CommentAction = 'created' | 'edited' | 'deleted';

/** The payload of GitHub's `pull_request` webhook, as `GITHUB_EVENT_PATH` would hold it. */
export function pullRequestPayload(
  shapes: Shapes,
  pullRequest: PullRequest,
  event: { action: PullRequestAction; sender: User; label?: Label | undefined; before?: string | undefined },
): Shape {
  const repository = pullRequest.base.repository;
  return {
    action: event.action,
    number: pullRequest.number,
    pull_request: shapes.pullRequest(pullRequest),
    ...(event.label && { label: shapes.label(event.label, repository) }),
    ...(event.action === 'synchronize' && { before: event.before, after: pullRequest.head.sha }),
    repository: shapes.repository(repository),
    ...organization(shapes, pullRequest),
    sender: shapes.user(event.sender),
  };
}

/** The payload of GitHub's `issue_comment` webhook for a comment on a pull request: `issue.pull_request` is there. */
export function issueCommentPayload(
  shapes: Shapes,
  pullRequest: PullRequest,
  event: { action: CommentAction; sender: User; comment: Comment; previousBody?: string | undefined },
): Shape {
  return {
    action: event.action,
    ...(event.action === 'edited' && { changes: { body: { from: event.previousBody ?? '' } } }),
    issue: shapes.issue(pullRequest),
    comment: shapes.comment(pullRequest, event.comment),
    repository: shapes.repository(pullRequest.base.repository),
    ...organization(shapes, pullRequest),
    sender: shapes.user(event.sender),
  };
}

function organization(shapes: Shapes, pullRequest: PullRequest): Shape {
  const owner = pullRequest.base.repository.owner;
  if (owner.type !== 'Organization') return {};
  const { login, id, node_id, avatar_url, url: user } = shapes.user(owner);
  const url = String(user).replace('/users/', '/orgs/');
  return {
    organization: {
      login,
      id,
      node_id,
      url,
      repos_url: `${url}/repos`,
      events_url: `${url}/events`,
      hooks_url: `${url}/hooks`,
      issues_url: `${url}/issues`,
      members_url: `${url}/members{/member}`,
      public_members_url: `${url}/public_members{/member}`,
      avatar_url,
      description: null,
    },
  };
}
