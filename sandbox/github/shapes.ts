import {
  ROLES,
  type Comment,
  type Commit,
  type GitHubState,
  type Label,
  type PullRequest,
  type Reaction,
} from './state';
import type { PullRequestSide, Repository, Role, User } from './state';

/** A JSON object as GitHub answers it. */
export type Shape = Record<string, unknown>;

export interface UserShape extends Shape {
  login: string;
  id: number;
  type: string;
}

export interface CommentShape extends Shape {
  id: number;
  body: string;
  user: UserShape;
  html_url: string;
  created_at: string;
  updated_at: string;
  author_association: string;
}

interface SideShape extends Shape {
  label: string;
  ref: string;
  sha: string;
}

export interface PullRequestShape extends Shape {
  number: number;
  title: string;
  body: string | null;
  state: string;
  html_url: string;
  user: UserShape;
  head: SideShape;
  base: SideShape;
  labels: Shape[];
}

const REACTIONS = ['+1', '-1', 'laugh', 'confused', 'heart', 'hooray', 'eyes', 'rocket'] as const;

/** GitHub's times have whole seconds. */
function time(at: Date): string {
  return `${at.toISOString().slice(0, 19)}Z`;
}

function nodeId(kind: string, id: number): string {
  return Buffer.from(`${kind}:${id}`).toString('base64url');
}

/** Writes the state as GitHub's REST API and webhooks do. `origin` is where API and pages are served. */
export class Shapes {
  constructor(
    private readonly origin: string,
    private readonly state: GitHubState,
  ) {}

  user(user: User): UserShape {
    const url = `${this.origin}/users/${encodeURIComponent(user.login)}`;
    return {
      login: user.login,
      id: user.id,
      node_id: nodeId('User', user.id),
      avatar_url: `${this.origin}/avatars/${encodeURIComponent(user.login)}`,
      gravatar_id: '',
      url,
      html_url: `${this.origin}/${user.type === 'Bot' ? `apps/${user.login.replace(/\[bot\]$/, '')}` : user.login}`,
      followers_url: `${url}/followers`,
      following_url: `${url}/following{/other_user}`,
      gists_url: `${url}/gists{/gist_id}`,
      starred_url: `${url}/starred{/owner}{/repo}`,
      subscriptions_url: `${url}/subscriptions`,
      organizations_url: `${url}/orgs`,
      repos_url: `${url}/repos`,
      events_url: `${url}/events{/privacy}`,
      received_events_url: `${url}/received_events`,
      type: user.type,
      user_view_type: 'public',
      site_admin: false,
    };
  }

  /** `GET /users/{username}` and `GET /user`. */
  profile(user: User): Shape {
    return {
      ...this.user(user),
      name: user.name,
      company: null,
      blog: '',
      location: null,
      email: null,
      hireable: null,
      bio: null,
      twitter_username: null,
      public_repos: [...this.state.repositories.values()].filter((one) => one.owner === user && !one.private).length,
      public_gists: 0,
      followers: 0,
      following: 0,
      created_at: time(user.createdAt),
      updated_at: time(user.createdAt),
    };
  }

  permissions(role: Role): Record<'admin' | 'maintain' | 'push' | 'triage' | 'pull', boolean> {
    const rank = ROLES.indexOf(role);
    return { admin: rank >= 5, maintain: rank >= 4, push: rank >= 3, triage: rank >= 2, pull: rank >= 1 };
  }

  /** The legacy words: maintain counts as write, triage as read; `role_name` tells them apart. */
  collaboratorPermission(user: User, role: Role): Shape {
    const permission = role === 'maintain' ? 'write' : role === 'triage' ? 'read' : role;
    return {
      permission,
      role_name: role,
      user: { ...this.user(user), permissions: this.permissions(role), role_name: role },
    };
  }

  /** The association of an author with the repository. */
  association(user: User, repository: Repository): string {
    if (repository.owner === user) return 'OWNER';
    if (repository.roles.has(user.login.toLowerCase())) {
      return repository.owner.type === 'Organization' ? 'MEMBER' : 'COLLABORATOR';
    }
    const merged = [...repository.pullRequests.values()].some((one) => one.author === user && one.merged);
    return merged ? 'CONTRIBUTOR' : 'NONE';
  }

  #api(repository: Repository): string {
    return `${this.origin}/repos/${repository.owner.login}/${repository.name}`;
  }

  /** The repository as it stands inside other answers and in webhooks. */
  repository(repository: Repository): Shape {
    const url = this.#api(repository);
    const fullName = `${repository.owner.login}/${repository.name}`;
    const open = [...repository.pullRequests.values()].filter((one) => one.state === 'open').length;
    const forks = [...this.state.repositories.values()].filter((one) => one.parent === repository).length;
    const created = time(repository.createdAt);
    return {
      id: repository.id,
      node_id: nodeId('Repository', repository.id),
      name: repository.name,
      full_name: fullName,
      private: repository.private,
      owner: this.user(repository.owner),
      html_url: `${this.origin}/${fullName}`,
      description: repository.description,
      fork: repository.parent !== null,
      url,
      forks_url: `${url}/forks`,
      keys_url: `${url}/keys{/key_id}`,
      collaborators_url: `${url}/collaborators{/collaborator}`,
      teams_url: `${url}/teams`,
      hooks_url: `${url}/hooks`,
      issue_events_url: `${url}/issues/events{/number}`,
      events_url: `${url}/events`,
      assignees_url: `${url}/assignees{/user}`,
      branches_url: `${url}/branches{/branch}`,
      tags_url: `${url}/tags`,
      blobs_url: `${url}/git/blobs{/sha}`,
      git_tags_url: `${url}/git/tags{/sha}`,
      git_refs_url: `${url}/git/refs{/sha}`,
      trees_url: `${url}/git/trees{/sha}`,
      statuses_url: `${url}/statuses/{sha}`,
      languages_url: `${url}/languages`,
      stargazers_url: `${url}/stargazers`,
      contributors_url: `${url}/contributors`,
      subscribers_url: `${url}/subscribers`,
      subscription_url: `${url}/subscription`,
      commits_url: `${url}/commits{/sha}`,
      git_commits_url: `${url}/git/commits{/sha}`,
      comments_url: `${url}/comments{/number}`,
      issue_comment_url: `${url}/issues/comments{/number}`,
      contents_url: `${url}/contents/{+path}`,
      compare_url: `${url}/compare/{base}...{head}`,
      merges_url: `${url}/merges`,
      archive_url: `${url}/{archive_format}{/ref}`,
      downloads_url: `${url}/downloads`,
      issues_url: `${url}/issues{/number}`,
      pulls_url: `${url}/pulls{/number}`,
      milestones_url: `${url}/milestones{/number}`,
      notifications_url: `${url}/notifications{?since,all,participating}`,
      labels_url: `${url}/labels{/name}`,
      releases_url: `${url}/releases{/id}`,
      deployments_url: `${url}/deployments`,
      created_at: created,
      updated_at: created,
      pushed_at: created,
      git_url: `${this.origin.replace(/^http/, 'git')}/${fullName}.git`,
      ssh_url: `git@${new URL(this.origin).hostname}:${fullName}.git`,
      clone_url: `${this.origin}/${fullName}.git`,
      svn_url: `${this.origin}/${fullName}`,
      homepage: null,
      size: 0,
      stargazers_count: 0,
      watchers_count: 0,
      language: null,
      has_issues: true,
      has_projects: true,
      has_downloads: true,
      has_wiki: true,
      has_pages: false,
      has_discussions: false,
      has_pull_requests: true,
      pull_request_creation_policy: 'all',
      forks_count: forks,
      mirror_url: null,
      archived: false,
      disabled: false,
      open_issues_count: open,
      license: null,
      allow_forking: true,
      is_template: false,
      web_commit_signoff_required: false,
      topics: [],
      visibility: repository.private ? 'private' : 'public',
      forks,
      open_issues: open,
      watchers: 0,
      default_branch: repository.defaultBranch,
    };
  }

  /** `GET /repos/{owner}/{repo}`, with what the asking token may do. */
  fullRepository(repository: Repository, role: Role): Shape {
    const parent = repository.parent && this.repository(repository.parent);
    return {
      ...this.repository(repository),
      permissions: this.permissions(role),
      network_count: 0,
      subscribers_count: 0,
      ...(parent && { parent, source: parent }),
    };
  }

  label(label: Label, repository: Repository): Shape {
    return {
      id: label.id,
      node_id: nodeId('Label', label.id),
      url: `${this.#api(repository)}/labels/${encodeURIComponent(label.name)}`,
      name: label.name,
      color: label.color,
      default: false,
      description: label.description,
    };
  }

  reaction(reaction: Reaction): Shape {
    return {
      id: reaction.id,
      node_id: nodeId('Reaction', reaction.id),
      user: this.user(reaction.user),
      content: reaction.content,
      created_at: time(reaction.createdAt),
    };
  }

  #reactions(url: string, reactions: readonly Reaction[]): Shape {
    const count = (content: string): number => reactions.filter((one) => one.content === content).length;
    const counts = REACTIONS.map((content) => [content, count(content)] as const);
    return { url: `${url}/reactions`, total_count: reactions.length, ...Object.fromEntries(counts) };
  }

  comment(pullRequest: PullRequest, comment: Comment): CommentShape {
    const repository = pullRequest.base.repository;
    const url = `${this.#api(repository)}/issues/comments/${comment.id}`;
    return {
      url,
      html_url: `${this.page(pullRequest)}#issuecomment-${comment.id}`,
      issue_url: `${this.#api(repository)}/issues/${pullRequest.number}`,
      id: comment.id,
      node_id: nodeId('IssueComment', comment.id),
      user: this.user(comment.user),
      created_at: time(comment.createdAt),
      updated_at: time(comment.updatedAt),
      body: comment.body,
      author_association: this.association(comment.user, repository),
      reactions: this.#reactions(url, comment.reactions),
      performed_via_github_app: comment.user.type === 'Bot' ? this.#app(comment.user) : null,
    };
  }

  /** The app behind a bot's login, owned by an organisation of its own name. */
  #app(bot: User): Shape {
    const slug = bot.login.replace(/\[bot\]$/, '');
    const owner = this.user(this.state.user(slug === 'github-actions' ? 'github' : slug, { type: 'Organization' }));
    return {
      id: 15_368 + (slug === 'github-actions' ? 0 : bot.id),
      client_id: `Iv1.${nodeId('App', bot.id)}`,
      slug,
      node_id: nodeId('App', bot.id),
      owner,
      name: slug,
      description: null,
      external_url: `${this.origin}/apps/${slug}`,
      html_url: `${this.origin}/apps/${slug}`,
      created_at: time(bot.createdAt),
      updated_at: time(bot.createdAt),
      permissions: { issues: 'write', metadata: 'read', pull_requests: 'write' },
      events: [],
    };
  }

  /** Address of the pull request's page. */
  page(pullRequest: PullRequest): string {
    const { owner, name } = pullRequest.base.repository;
    return `${this.origin}/${owner.login}/${name}/pull/${pullRequest.number}`;
  }

  /** The pull request as the issue that it is, too. */
  issue(pullRequest: PullRequest): Shape {
    const repository = pullRequest.base.repository;
    const api = this.#api(repository);
    const url = `${api}/issues/${pullRequest.number}`;
    const page = this.page(pullRequest);
    return {
      url,
      repository_url: api,
      labels_url: `${url}/labels{/name}`,
      comments_url: `${url}/comments`,
      events_url: `${url}/events`,
      html_url: page,
      id: pullRequest.issueId,
      node_id: nodeId('PullRequest', pullRequest.id),
      number: pullRequest.number,
      title: pullRequest.title,
      user: this.user(pullRequest.author),
      labels: pullRequest.labels.map((label) => this.label(label, repository)),
      state: pullRequest.state,
      locked: pullRequest.locked,
      assignee: null,
      assignees: [],
      milestone: null,
      comments: pullRequest.comments.length,
      created_at: time(pullRequest.createdAt),
      updated_at: time(pullRequest.updatedAt),
      closed_at: pullRequest.closedAt && time(pullRequest.closedAt),
      author_association: this.association(pullRequest.author, repository),
      active_lock_reason: null,
      draft: pullRequest.draft,
      pull_request: {
        url: `${api}/pulls/${pullRequest.number}`,
        html_url: page,
        diff_url: `${page}.diff`,
        patch_url: `${page}.patch`,
        merged_at: pullRequest.merged && pullRequest.closedAt ? time(pullRequest.closedAt) : null,
      },
      body: pullRequest.body,
      reactions: this.#reactions(url, []),
      timeline_url: `${url}/timeline`,
      performed_via_github_app: null,
      state_reason: null,
    };
  }

  #side(side: PullRequestSide): SideShape {
    return {
      label: `${side.repository.owner.login}:${side.ref}`,
      ref: side.ref,
      sha: side.sha,
      user: this.user(side.repository.owner),
      repo: this.repository(side.repository),
    };
  }

  /** The pull request as lists have it. */
  pullRequestSimple(pullRequest: PullRequest): PullRequestShape {
    const repository = pullRequest.base.repository;
    const api = this.#api(repository);
    const url = `${api}/pulls/${pullRequest.number}`;
    const issue = `${api}/issues/${pullRequest.number}`;
    const page = this.page(pullRequest);
    const statuses = `${api}/statuses/${pullRequest.head.sha}`;
    return {
      url,
      id: pullRequest.id,
      node_id: nodeId('PullRequest', pullRequest.id),
      html_url: page,
      diff_url: `${page}.diff`,
      patch_url: `${page}.patch`,
      issue_url: issue,
      number: pullRequest.number,
      state: pullRequest.state,
      locked: pullRequest.locked,
      title: pullRequest.title,
      user: this.user(pullRequest.author),
      body: pullRequest.body,
      created_at: time(pullRequest.createdAt),
      updated_at: time(pullRequest.updatedAt),
      closed_at: pullRequest.closedAt && time(pullRequest.closedAt),
      merged_at: pullRequest.merged && pullRequest.closedAt ? time(pullRequest.closedAt) : null,
      merge_commit_sha: null,
      assignee: null,
      assignees: [],
      requested_reviewers: [],
      requested_teams: [],
      labels: pullRequest.labels.map((label) => this.label(label, repository)),
      milestone: null,
      draft: pullRequest.draft,
      commits_url: `${url}/commits`,
      review_comments_url: `${url}/comments`,
      review_comment_url: `${api}/pulls/comments{/number}`,
      comments_url: `${issue}/comments`,
      statuses_url: statuses,
      head: this.#side(pullRequest.head),
      base: this.#side(pullRequest.base),
      _links: {
        self: { href: url },
        html: { href: page },
        issue: { href: issue },
        comments: { href: `${issue}/comments` },
        review_comments: { href: `${url}/comments` },
        review_comment: { href: `${api}/pulls/comments{/number}` },
        commits: { href: `${url}/commits` },
        statuses: { href: statuses },
      },
      author_association: this.association(pullRequest.author, repository),
      auto_merge: null,
      active_lock_reason: null,
    };
  }

  /** The pull request alone, and in webhooks. Its tree is not known here, so the diff counts as empty. */
  pullRequest(pullRequest: PullRequest): PullRequestShape {
    return {
      ...this.pullRequestSimple(pullRequest),
      merged: pullRequest.merged,
      mergeable: pullRequest.state === 'open' ? true : null,
      rebaseable: pullRequest.state === 'open' ? true : null,
      mergeable_state: pullRequest.state === 'open' ? 'clean' : 'unknown',
      merged_by: null,
      comments: pullRequest.comments.length,
      review_comments: 0,
      maintainer_can_modify: pullRequest.head.repository !== pullRequest.base.repository,
      commits: pullRequest.commits.length,
      additions: 0,
      deletions: 0,
      changed_files: 0,
    };
  }

  commit(commit: Commit, repository: Repository): Shape {
    const api = this.#api(repository);
    const web = `${this.origin}/${repository.owner.login}/${repository.name}`;
    const url = `${api}/commits/${commit.sha}`;
    const login = commit.author.login;
    const person = {
      name: login,
      email: `${commit.author.id}+${login}@users.noreply.github.com`,
      date: time(commit.at),
    };
    return {
      sha: commit.sha,
      node_id: nodeId('Commit', repository.id),
      commit: {
        author: person,
        committer: person,
        message: commit.message,
        tree: { sha: commit.sha, url: `${api}/git/trees/${commit.sha}` },
        url: `${api}/git/commits/${commit.sha}`,
        comment_count: 0,
        verification: { verified: false, reason: 'unsigned', signature: null, payload: null, verified_at: null },
      },
      url,
      html_url: `${web}/commit/${commit.sha}`,
      comments_url: `${url}/comments`,
      author: this.user(commit.author),
      committer: this.user(commit.author),
      parents: commit.parents.map((sha) => ({ sha, url: `${api}/commits/${sha}`, html_url: `${web}/commit/${sha}` })),
    };
  }

  branch(repository: Repository, name: string, commit: Commit): Shape {
    const url = `${this.#api(repository)}/branches/${encodeURIComponent(name)}`;
    return {
      name,
      commit: this.commit(commit, repository),
      _links: { self: url, html: `${this.origin}/${repository.owner.login}/${repository.name}/tree/${name}` },
      protected: false,
      protection: { enabled: false, required_status_checks: { enforcement_level: 'off', contexts: [], checks: [] } },
      protection_url: `${url}/protection`,
    };
  }
}
