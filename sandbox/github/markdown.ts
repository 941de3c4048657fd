import { randomBytes } from 'node:crypto';
import { Marked, type Token, type Tokens } from 'marked';
import sanitizeHtml from 'sanitize-html';
import { icon, type IconName } from './icons';

const ALERTS: Readonly<Record<string, { title: string; icon: IconName }>> = {
  note: { title: 'Note', icon: 'info' },
  tip: { title: 'Tip', icon: 'light-bulb' },
  important: { title: 'Important', icon: 'report' },
  warning: { title: 'Warning', icon: 'alert' },
  caution: { title: 'Caution', icon: 'stop' },
};

/** Raw tags that GitHub Flavored Markdown's tagfilter shows as text (GFM specification, 6.11). */
const FILTERED = /<(?=\/?(?:title|textarea|style|xmp|iframe|noembed|noframes|script|plaintext)\b)/gi;

/**
 * GitHub's allow-list, as its html-pipeline documents it (elements, attributes by element, attributes of all,
 * protocols). Classes and styles are not on it.
 */
const ELEMENTS = (
  'h1 h2 h3 h4 h5 h6 br b i strong em a pre code img tt div ins del sup sub p picture source ol ul table thead tbody ' +
  'tfoot blockquote dl dt dd kbd q samp var hr ruby rt rp li tr td th s strike summary details caption figure ' +
  'figcaption abbr bdo cite dfn mark small span time wbr'
).split(' ');

const ATTRIBUTES_OF_ALL = (
  'abbr align alt aria-describedby aria-hidden aria-label aria-labelledby border cellpadding cellspacing charset ' +
  'clear color cols colspan compact datetime dir height hreflang hspace id itemprop label lang name nowrap open ' +
  'rel rev role rows rowspan rules scope shape size span start summary tabindex title type valign value vspace width'
).split(' ');

const WEB = ['http', 'https'];

/**
 * Renders a comment as GitHub does: GitHub Flavored Markdown with hard line breaks, alerts, and Mermaid blocks, cut
 * down to GitHub's allow-list of HTML. Mentions and issue numbers stay plain text; nothing is highlighted.
 *
 * The input is hostile. What only we may say (an alert's frame, a task's box, a diagram) carries a name that is drawn
 * anew for each call and that no comment can know; the sanitizer lets that through and nothing else with it.
 */
export function renderMarkdown(markdown: string): string {
  const secret = `data-own-${randomBytes(12).toString('hex')}`;
  const dirty = parser(secret).parse(markdown, { async: false });
  const clean = sanitizeHtml(dirty, {
    allowedTags: [...ELEMENTS, 'input'],
    allowedAttributes: {
      '*': ATTRIBUTES_OF_ALL,
      a: ['href'],
      img: ['src', 'longdesc', 'loading'],
      source: ['srcset', 'media', 'sizes'],
      div: ['itemscope', 'itemtype', secret],
      pre: [secret],
      input: ['type', 'checked', 'disabled', secret],
      blockquote: ['cite'],
      del: ['cite'],
      ins: ['cite'],
      q: ['cite'],
    },
    allowedSchemes: [...WEB, 'mailto'],
    allowedSchemesByTag: { img: WEB, source: WEB },
    allowedSchemesAppliedToAttributes: ['href', 'src', 'cite', 'longdesc', 'srcset'],
    allowProtocolRelative: true,
    // A box that is not ours would be a form control of the comment's author.
    exclusiveFilter: (frame) => frame.tag === 'input' && frame.attribs[secret] === undefined,
    transformTags: {
      '*': (tagName, attribs) => ({ tagName, attribs: prefixed(attribs) }),
      a: (tagName, attribs) => ({ tagName, attribs: { ...prefixed(attribs), rel: 'nofollow' } }),
    },
  });
  return framed(clean, secret);
}

/** Names of a comment get a prefix, so that they cannot take the place of the page's own. */
function prefixed(attribs: Record<string, string>): Record<string, string> {
  const result = { ...attribs };
  for (const name of ['id', 'name']) {
    const value = result[name];
    if (value !== undefined) result[name] = `user-content-${value.replace(/^user-content-/, '')}`;
  }
  return result;
}

/** Puts the frames that only we may make where the markers stand. */
function framed(html: string, secret: string): string {
  return html
    .replaceAll(new RegExp(`<div ${secret}="alert-(\\w+)">`, 'g'), (whole, kind: string) => {
      const alert = ALERTS[kind];
      if (!alert) return whole;
      const title = `<p class="markdown-alert-title" dir="auto">${icon(alert.icon, 'octicon mr-2')}${alert.title}</p>`;
      return `<div class="markdown-alert markdown-alert-${kind}" dir="auto">${title}`;
    })
    .replaceAll(`<pre ${secret}="mermaid">`, '<pre class="mermaid-source" lang="mermaid">')
    .replaceAll(` ${secret}="task"`, ' class="task-list-item-checkbox"');
}

function parser(secret: string): Marked {
  const marked = new Marked({ gfm: true, breaks: true });
  marked.use({
    hooks: { processAllTokens: (tokens) => tokens.map(alertOf) },
    extensions: [
      {
        name: 'alert',
        level: 'block',
        renderer(token): string {
          const kind = String(token.kind);
          return `<div ${secret}="alert-${kind}">\n${this.parser.parse(token.tokens ?? [])}</div>\n`;
        },
      },
    ],
    renderer: {
      html: ({ text }) => text.replaceAll(FILTERED, '&lt;'),
      code({ text, lang }): string | false {
        if (lang?.trim().toLowerCase() !== 'mermaid') return false;
        return `<pre ${secret}="mermaid">${escapeText(text)}</pre>\n`;
      },
      checkbox: ({ checked }) => `<input type="checkbox" ${secret}="task" disabled=""${checked ? ' checked=""' : ''}> `,
    },
  });
  return marked;
}

/** A quote at the top level whose first line is `[!KIND]` alone, with something below, is an alert. */
function alertOf(token: Token): Token {
  if (token.type !== 'blockquote') return token;
  const quote = token as Tokens.Blockquote;
  const [paragraph, ...rest] = quote.tokens;
  if (paragraph?.type !== 'paragraph') return token;
  const inline = (paragraph as Tokens.Paragraph).tokens;
  const [mark, lineBreak, ...said] = inline;
  const kind = /^\[!(note|tip|important|warning|caution)\]\s*$/i.exec(mark?.raw ?? '')?.[1]?.toLowerCase();
  if (kind === undefined || (lineBreak !== undefined && lineBreak.type !== 'br')) return token;
  const tokens = said.length > 0 ? [{ ...paragraph, tokens: said } as Token, ...rest] : rest;
  return tokens.length === 0 ? token : { type: 'alert', raw: quote.raw, kind, tokens };
}

/** Text as HTML text. */
export function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
