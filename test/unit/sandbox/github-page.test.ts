/** The pull request's page: what a comment may say, and what it may not do. */
import { describe, expect, it } from '@jest/globals';
import { renderMarkdown } from '../../../sandbox/github/markdown';
import { relativeTime, renderPullRequestPage } from '../../../sandbox/github/page';
import { GitHubState } from '../../../sandbox/github/state';

const now = new Date('2026-11-23T12:00:00Z');

function page(body: string, inlineAssets = true): string {
  const state = new GitHubState(() => now);
  const repository = state.createRepository('acme/cells');
  const pullRequest = state.createPullRequest(repository, { title: 'A <b>', author: 'alice', head: { ref: 'x' } });
  state.addComment(pullRequest, 'github-actions[bot]', body);
  return renderPullRequestPage(state, pullRequest, { inlineAssets });
}

describe('renderMarkdown', () => {
  it.each([
    ['a script', '<script>alert(1)</script>', '&lt;script&gt;alert(1)'],
    ['a handler', '<b onclick="alert(1)" style="color:red" class="x">b</b>', '<b>b</b>'],
    ['a javascript link', '[x](javascript:alert(1))', '<a rel="nofollow">x</a>'],
    ['a data image', '<img src="data:image/png;base64,AA" alt="a">', '<img alt="a" />'],
    ['a form', '<form action="/x"><input type="text" name="p"></form>', ''],
    ['an inline picture', '<svg onload="alert(1)"><rect/></svg>', ''],
    ['an id of ours', '<h2 id="description">x</h2>', '<h2 id="user-content-description">x</h2>'],
    ['an alert class', '<div class="markdown-alert">x</div>', '<div>x</div>'],
    ['a comment', 'a <!-- hidden --> b', 'a  b'],
    ['a closing tag too many', '</div></article></main>text', 'text'],
    ['a mention', '@alice #1', '<p>@alice #1</p>'],
  ])('%s', (_, markdown, expected) => {
    const html = renderMarkdown(markdown);
    expect(html).toContain(expected);
    expect(html).not.toMatch(/<script|<form|<svg|<input|onclick|onload|javascript:|data:|style=|class=|hidden/);
  });

  it('makes alerts of quotes at the top level only, and only with something in them', () => {
    expect(renderMarkdown('> [!CAUTION]\n> **Cause:** x\n> more')).toMatch(
      /<div class="markdown-alert markdown-alert-caution" dir="auto"><p class="markdown-alert-title".*Caution<\/p>\s*<p><strong>Cause:<\/strong> x<br \/>more<\/p>\s*<\/div>/,
    );
    expect(renderMarkdown('> [!CAUTION]')).toContain('<blockquote>');
    expect(renderMarkdown('> [!CAUTION] text')).toContain('<blockquote>');
    expect(renderMarkdown('<details>\n\n- > [!NOTE]\n  > x\n\n</details>')).not.toContain('markdown-alert');
  });

  it('renders tables, tasks, details, and hard line breaks', () => {
    expect(renderMarkdown('| a | b |\n| --- | ---: |\n| 1 | 2 |')).toContain('<td align="right">2</td>');
    expect(renderMarkdown('- [x] done')).toMatch(
      /<input type="checkbox" class="task-list-item-checkbox" disabled checked/,
    );
    expect(renderMarkdown('<details><summary>S</summary>\n\n**b**\n\n</details>')).toMatch(
      /<details><summary>S<\/summary>\s*<p><strong>b<\/strong><\/p>\s*<\/details>/,
    );
    expect(renderMarkdown('a\nb')).toContain('a<br />b');
  });

  it('keeps a diagram as text until the browser draws it', () => {
    const html = renderMarkdown('```mermaid\nxychart-beta\n  title "<img src=x>"\n```');
    expect(html).toContain(
      '<pre class="mermaid-source" lang="mermaid">xychart-beta\n  title "&lt;img src=x&gt;"</pre>',
    );
    expect(renderMarkdown('```text\nmermaid\n```')).not.toContain('mermaid-source');
  });
});

describe('renderPullRequestPage', () => {
  it('is one file that loads nothing, with Mermaid only for a diagram', () => {
    const plain = page('text');
    expect(plain).not.toMatch(/<script src|<link rel="stylesheet"/);
    expect(plain.length).toBeLessThan(100_000);
    const drawn = page('```mermaid\nxychart-beta\n```');
    expect(drawn).not.toMatch(/<script src/);
    expect(drawn.length).toBeGreaterThan(3_000_000);
    expect(page('```mermaid\nxychart-beta\n```', false)).toContain('<script src="/assets/mermaid.min.js">');
  });

  it('shows the title as text, the bot as a bot, and both comments in place', () => {
    const html = page('hello');
    expect(html).toContain('<h1>A &lt;b&gt; <span class="number">#1</span></h1>');
    expect(html).toContain('<strong>github-actions</strong> <span class="label bot">bot</span> commented');
    expect(html.indexOf('No description provided.')).toBeLessThan(html.indexOf('<p>hello</p>'));
  });
});

describe('relativeTime', () => {
  it.each([
    [10, 'now'],
    [50, '1 minute ago'],
    [3_599, '60 minutes ago'],
    [7_200, '2 hours ago'],
    [86_400, 'yesterday'],
    [40 * 86_400, 'on Oct 14, 2026'],
  ])('%d s before is %s', (seconds, words) => {
    expect(relativeTime(new Date(now.getTime() - seconds * 1000), now)).toBe(words);
  });
});
