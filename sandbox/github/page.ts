import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { avatar } from './avatar';
import { icon, type IconName } from './icons';
import { escapeText, renderMarkdown } from './markdown';
import { Shapes } from './shapes';
import type { GitHubState, PullRequest, TimelineEvent, User } from './state';

const require = createRequire(import.meta.url);
const pageStyle = readFileSync(new URL('./page.css', import.meta.url), 'utf8');
const pageScript = readFileSync(new URL('./page.client.js', import.meta.url), 'utf8');

interface PageOptions {
  /** One file with everything in it, Mermaid too (3.6 MB, only when a diagram stands on the page). */
  inlineAssets: boolean;
}

interface Item {
  at: Date;
  html: string;
}

/**
 * The conversation of a pull request as a page, after GitHub's own: header, branches, comments and events in order,
 * light or dark as the reader's system is. Ends in a line that says it is the sandbox's.
 */
export function renderPullRequestPage(state: GitHubState, pullRequest: PullRequest, options: PageOptions): string {
  const page = new Page(state, pullRequest);
  const conversation = page.conversation();
  const scripts = scriptsOf(conversation, options);
  const { owner, name } = pullRequest.base.repository;
  const title = `${pullRequest.title} · Pull Request #${pullRequest.number} · ${owner.login}/${name}`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src 'self' data: https: http:; style-src 'unsafe-inline'; script-src ${scripts.sources.join(' ')}; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeText(title)}</title>
<link rel="icon" href="data:,">
<style>
${readFileSync(require.resolve('github-markdown-css/github-markdown.css'), 'utf8')}
${pageStyle}
</style>
</head>
<body>
${page.repositoryHeader()}
<main class="container">
${page.header()}
<div class="columns">
<div class="discussion">
${conversation}
</div>
${page.sidebar()}
</div>
</main>
<footer class="container">Rendered by the sandbox of sagemaker-byoc-action, after GitHub's pull request page. This is not github.com.</footer>
${scripts.html}
</body>
</html>
`;
}

/** Script tags, and what the content security policy must allow for them. */
function scriptsOf(conversation: string, { inlineAssets }: PageOptions): { html: string; sources: string[] } {
  const inline = [pageScript];
  const html: string[] = [];
  const sources: string[] = [];
  if (conversation.includes('class="mermaid-source"')) {
    if (inlineAssets) {
      // Inside a script element, `<!--` and `<script` would change how the browser looks for its end.
      const text = readFileSync(require.resolve('mermaid/dist/mermaid.min.js'), 'utf8');
      inline.unshift(text.replaceAll(/<(?=!--|\/?script)/gi, '\\x3c'));
    } else {
      html.push('<script src="/assets/mermaid.min.js"></script>');
      sources.push("'self'");
    }
  }
  for (const text of inline) {
    html.push(`<script>${text}</script>`);
    sources.push(`'sha256-${createHash('sha256').update(text).digest('base64')}'`);
  }
  return { html: html.join('\n'), sources };
}

class Page {
  readonly #now: Date;
  /** Only for words such as MEMBER, which need no address. */
  readonly #shapes: Shapes;

  constructor(
    state: GitHubState,
    private readonly pullRequest: PullRequest,
  ) {
    this.#now = state.now();
    this.#shapes = new Shapes('', state);
  }

  repositoryHeader(): string {
    const { owner, name, pullRequests } = this.pullRequest.base.repository;
    const open = [...pullRequests.values()].filter((one) => one.state === 'open').length;
    return `<header class="top">
<div class="crumbs">${icon('repo')}<span>${escapeText(owner.login)}</span><span class="slash">/</span><strong>${escapeText(name)}</strong></div>
<nav class="tabs">${tab('code', 'Code')}${tab('issue-opened', 'Issues')}${tab('git-pull-request', 'Pull requests', open, true)}</nav>
</header>`;
  }

  header(): string {
    const { title, number, author, commits, base, head } = this.pullRequest;
    const count = commits.length;
    const fork = head.repository !== base.repository;
    const branch = (owner: User, ref: string): string =>
      `<span class="branch">${escapeText(fork ? `${owner.login}:${ref}` : ref)}</span>`;
    const verb = this.pullRequest.merged ? 'merged' : 'wants to merge';
    return `<div class="title">
<h1>${escapeText(title)} <span class="number">#${number}</span></h1>
<div class="meta">${this.#stateBadge()}<span><strong>${escapeText(author.login)}</strong> ${verb} ${count} commit${count === 1 ? '' : 's'} into ${branch(base.repository.owner, base.ref)} from ${branch(head.repository.owner, head.ref)}</span></div>
</div>
<nav class="tabs page-tabs">${tab('comment-discussion', 'Conversation', this.pullRequest.comments.length, true)}${tab('git-commit', 'Commits', count)}${tab('checklist', 'Checks')}${tab('file-diff', 'Files changed')}</nav>`;
  }

  #stateBadge(): string {
    const { merged, state, draft } = this.pullRequest;
    if (merged) return `<span class="state merged">${icon('git-merge')}Merged</span>`;
    if (state === 'closed') return `<span class="state closed">${icon('git-pull-request-closed')}Closed</span>`;
    if (draft) return `<span class="state draft">${icon('git-pull-request-draft')}Draft</span>`;
    return `<span class="state open">${icon('git-pull-request')}Open</span>`;
  }

  conversation(): string {
    const { body, author, createdAt, comments, timeline } = this.pullRequest;
    const description = this.#comment({ id: 'description', user: author, at: createdAt, edited: false, body });
    const items: Item[] = [
      ...timeline.map((event) => ({ at: event.at, html: this.#event(event) })),
      ...comments.map((one) => ({
        at: one.createdAt,
        html: this.#comment({
          id: `issuecomment-${one.id}`,
          user: one.user,
          at: one.createdAt,
          edited: one.updatedAt.getTime() !== one.createdAt.getTime(),
          body: one.body,
          reactions: one.reactions.map((reaction) => reaction.content),
        }),
      })),
    ].sort((a, b) => a.at.getTime() - b.at.getTime());
    return [description, ...items.map((item) => item.html)].join('\n');
  }

  #comment(comment: {
    id: string;
    user: User;
    at: Date;
    edited: boolean;
    body: string | null;
    reactions?: string[];
  }): string {
    const { user, body } = comment;
    const text =
      body === null || body.trim() === '' ? '<p><em>No description provided.</em></p>' : renderMarkdown(body);
    const association = this.#shapes.association(user, this.pullRequest.base.repository);
    const badges = [
      ...(user.type === 'Bot' || association === 'NONE'
        ? []
        : [association.charAt(0) + association.slice(1).toLowerCase()]),
      ...(user === this.pullRequest.author && comment.id !== 'description' ? ['Author'] : []),
    ];
    return `<article class="comment" id="${comment.id}">
<div class="avatar-column">${picture(user, 40)}</div>
<div class="box">
<div class="box-header">${picture(user, 24)}<span class="who"><strong>${escapeText(user.login.replace(/\[bot\]$/, ''))}</strong>${user.type === 'Bot' ? ' <span class="label bot">bot</span>' : ''} commented ${this.#time(comment.at)}${comment.edited ? ' <span class="edited">· edited</span>' : ''}</span><span class="badges">${badges.map((badge) => `<span class="label">${badge}</span>`).join('')}${icon('kebab-horizontal')}</span></div>
<div class="markdown-body">${text}</div>
${reactions(comment.reactions ?? [])}
</div>
</article>`;
  }

  #event(event: TimelineEvent): string {
    const who = (user: User): string =>
      `${picture(user, 20)}<strong>${escapeText(user.login.replace(/\[bot\]$/, ''))}</strong>${user.type === 'Bot' ? ' <span class="label bot">bot</span>' : ''}`;
    const line = (name: IconName, kind: string, html: string): string =>
      `<div class="event ${kind}"><span class="event-icon">${icon(name)}</span><span class="event-text">${html}</span></div>`;
    switch (event.kind) {
      case 'committed': {
        const [subject = ''] = event.commit.message.split('\n');
        return line(
          'git-commit',
          'committed',
          `${picture(event.commit.author, 20)}<span class="subject">${escapeText(subject)}</span><code class="sha">${event.commit.sha.slice(0, 7)}</code>`,
        );
      }
      case 'labeled':
      case 'unlabeled': {
        const verb = event.kind === 'labeled' ? 'added' : 'removed';
        const name = `<span class="issue-label" style="--label: #${event.label.color}">${escapeText(event.label.name)}</span>`;
        return line('tag', event.kind, `${who(event.actor)} ${verb} the ${name} label ${this.#time(event.at)}`);
      }
      case 'closed':
        return line('git-pull-request-closed', 'closed', `${who(event.actor)} closed this ${this.#time(event.at)}`);
      case 'reopened':
        return line('git-pull-request', 'reopened', `${who(event.actor)} reopened this ${this.#time(event.at)}`);
      case 'merged': {
        const { sha } = this.pullRequest.head;
        const commit = `<code class="sha">${sha.slice(0, 7)}</code>`;
        const into = `<span class="branch">${escapeText(this.pullRequest.base.ref)}</span>`;
        return line(
          'git-merge',
          'merged',
          `${who(event.actor)} merged commit ${commit} into ${into} ${this.#time(event.at)}`,
        );
      }
    }
  }

  sidebar(): string {
    const { labels, author, comments } = this.pullRequest;
    const people = [...new Set([author, ...comments.map((one) => one.user)])].filter((one) => one.type !== 'Bot');
    const section = (title: string, html: string): string => `<section><h2>${title}</h2><div>${html}</div></section>`;
    const names = labels.map(
      (label) => `<span class="issue-label" style="--label: #${label.color}">${escapeText(label.name)}</span>`,
    );
    return `<aside class="sidebar">
${section('Reviewers', 'No reviews')}
${section('Assignees', 'No one assigned')}
${section('Labels', names.join(' ') || 'None yet')}
${section('Milestone', 'No milestone')}
${section(`${people.length} participant${people.length === 1 ? '' : 's'}`, people.map((user) => picture(user, 26)).join(''))}
</aside>`;
  }

  #time(at: Date): string {
    const full = at.toISOString().replace('T', ' ').slice(0, 16);
    return `<time datetime="${at.toISOString()}" title="${full} UTC">${relativeTime(at, this.#now)}</time>`;
  }
}

function tab(name: IconName, text: string, count?: number, selected = false): string {
  const counter = count === undefined ? '' : `<span class="counter">${count}</span>`;
  return `<span class="tab${selected ? ' selected' : ''}">${icon(name)}${text}${counter}</span>`;
}

/** An avatar: people are round, apps are square with soft corners. */
function picture(user: User, size: number): string {
  const source = `data:image/svg+xml;base64,${Buffer.from(avatar(user)).toString('base64')}`;
  const shape = user.type === 'Bot' ? ' app' : '';
  return `<img class="avatar${shape}" src="${source}" width="${size}" height="${size}" alt="@${escapeText(user.login)}">`;
}

const EMOJI: Readonly<Record<string, string>> = {
  '+1': '👍',
  '-1': '👎',
  laugh: '😄',
  confused: '😕',
  heart: '❤️',
  hooray: '🎉',
  eyes: '👀',
  rocket: '🚀',
};

function reactions(contents: readonly string[]): string {
  const kinds = Object.entries(EMOJI).map(([content, emoji]) => ({
    emoji,
    count: contents.filter((one) => one === content).length,
  }));
  const shown = kinds.filter(({ count }) => count > 0);
  if (shown.length === 0) return '';
  return `<div class="reactions">${shown.map(({ emoji, count }) => `<span>${emoji} ${count}</span>`).join('')}</div>`;
}

/** As GitHub words it: "5 minutes ago" within a month, a date beyond. */
export function relativeTime(at: Date, now: Date): string {
  const seconds = Math.max(0, Math.round((now.getTime() - at.getTime()) / 1000));
  const ago = (count: number, unit: Intl.RelativeTimeFormatUnit): string =>
    new Intl.RelativeTimeFormat('en', { numeric: 'auto' }).format(-count, unit);
  if (seconds < 45) return 'now';
  if (seconds < 3_600) return ago(Math.max(1, Math.round(seconds / 60)), 'minute');
  if (seconds < 86_400) return ago(Math.round(seconds / 3_600), 'hour');
  if (seconds < 30 * 86_400) return ago(Math.round(seconds / 86_400), 'day');
  return `on ${at.toLocaleDateString('en-US', { month: 'short', day: 'numeric', year: 'numeric', timeZone: 'UTC' })}`;
}
