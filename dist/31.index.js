"use strict";
exports.id = 31;
exports.ids = [31];
exports.modules = {

/***/ 6412:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   CS: () => (/* binding */ prose),
/* harmony export */   Hg: () => (/* binding */ mermaidText),
/* harmony export */   MZ: () => (/* binding */ codeCell),
/* harmony export */   Pl: () => (/* binding */ safeUrl),
/* harmony export */   TN: () => (/* binding */ oneLine),
/* harmony export */   aY: () => (/* binding */ code),
/* harmony export */   blockLines: () => (/* binding */ blockLines),
/* harmony export */   fenced: () => (/* binding */ fenced),
/* harmony export */   mG: () => (/* binding */ inline),
/* harmony export */   nf: () => (/* binding */ link),
/* harmony export */   qy: () => (/* binding */ proseCell)
/* harmony export */ });
/* unused harmony export cut */
/**
 * The one place where text from outside becomes Markdown. Metric names, hyperparameters, log lines, failure reasons and
 * file names are chosen by whoever wrote the container, so each is escaped for where it lands: a sentence, a table cell,
 * a code span, a block, a link, a Mermaid string.
 *
 * GitHub looks for mentions, references (`#12`), addresses and emoji in the rendered text, where a backslash is gone
 * already; these are broken by a zero-width space. Nothing of it applies inside code.
 */
const ZERO_WIDTH_SPACE = '\u200B';
const ESCAPE = String.fromCharCode(0x1b);
const BELL = String.fromCharCode(0x07);
/** Terminal sequences: colours, cursor moves, window titles. */
const TERMINAL = new RegExp(`${ESCAPE}(?:\\[[0-9;:?<=>]*[ -/]*[@-~]?|\\][^${BELL}${ESCAPE}]*(?:${BELL}|${ESCAPE}\\\\)?|.)`, 'gu');
/** Controls, format characters (bidi, zero-width, tags), lone surrogates, private use, all that a renderer may ignore. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Default_Ignorable_Code_Point}]/gu;
/** What any viewer may take for the end of a line. */
const LINE_END = /\r\n|[\n\r\v\f\u0085\u2028\u2029]/u;
/** Cuts at a whole character and says so with `…`. `length` counts UTF-16 units, the ellipsis included. */
function cut(text, length) {
    if (text.length <= length)
        return text;
    const end = length - 1;
    const code = text.charCodeAt(end - 1);
    const splitsPair = code >= 0xd800 && code <= 0xdbff;
    return `${text.slice(0, splitsPair ? end - 1 : end).trimEnd()}…`;
}
/** One visible line: terminal sequences and invisible characters out, white space to single blanks, cut to `length`. */
function oneLine(text, length = 300) {
    // What is far beyond the cut is never looked at: a line of a megabyte costs as much as a short one.
    const line = text
        .slice(0, length * 8 + 64)
        .replace(TERMINAL, '')
        .replace(/[\s\u0085]+/gu, ' ')
        .replace(INVISIBLE, '')
        .trim();
    return cut(line, length);
}
const SPECIAL = new RegExp([
    '[\\\\`*\\[\\]|~<>&$]', // Markdown, HTML, math
    '_+',
    '@',
    '#\\d?',
    'GH-(?=\\d)',
    '://',
    'www\\.',
    '(?:mailto|xmpp):',
    ':(?=[\\w+-]+:)', // an emoji's name; some of them are pictures
].join('|'), 'giu');
const WORD = /[\p{L}\p{N}]/u;
/** Text for a sentence, a heading's rest or a table cell. Never stands at the start of a line of its own. */
function inline(text, length = 300) {
    const line = oneLine(text, length);
    const escaped = line.replace(SPECIAL, (match, offset) => {
        const first = match.charAt(0);
        if (first === '<')
            return '&lt;';
        if (first === '>')
            return '&gt;';
        if (first === '&')
            return '&amp;';
        if (first === '$')
            return '&#36;';
        if (first === '@')
            return `@${ZERO_WIDTH_SPACE}`;
        if (first === '#')
            return `\\#${match.length > 1 ? ZERO_WIDTH_SPACE + match.slice(1) : ''}`;
        if (match === '://')
            return `:${ZERO_WIDTH_SPACE}//`;
        if (first === ':')
            return `:${ZERO_WIDTH_SPACE}`;
        if (first === '_') {
            // Inside a word an underscore is only an underscore: `val_acc` stays readable in the mail's plain text.
            const before = line.charAt(offset - 1);
            const after = line.charAt(offset + match.length);
            return WORD.test(before) && WORD.test(after) ? match : match.replaceAll('_', '\\_');
        }
        if (/^[a-z]/iu.test(first))
            return match + ZERO_WIDTH_SPACE;
        return `\\${match}`;
    });
    // List markers, should it ever come to stand first.
    return escaped.replace(/^(\d{1,9})?([-+=.)])/u, '$1\\$2');
}
/** Text shown verbatim inside a line. Safe for anything; in a table use {@link codeCell}. */
function code(text, length = 200) {
    const content = breakComments(oneLine(text, length));
    if (content === '')
        return '*(empty)*';
    const fence = '`'.repeat(longestRun(content) + 1);
    const pad = content.startsWith('`') || content.endsWith('`') ? ' ' : '';
    return `${fence}${pad}${content}${pad}${fence}`;
}
/** {@link code} for a table cell: a bar would end the cell, in code too. */
function codeCell(text, length = 200) {
    // The bar needs an odd number of backslashes before it; after an odd number of its own one more appears, harmlessly.
    return code(text, length).replace(/(\\*)\|/gu, (_, backslashes) => backslashes.length % 2 === 0 ? `${backslashes}\\|` : `${backslashes}\\\\|`);
}
/** A sentence of ours that may quote outside text: what stands between backticks becomes code, the rest is escaped. */
function prose(text, length = 600) {
    const line = oneLine(text, length);
    const parts = line.split('`');
    // An unpaired backtick is only a backtick.
    const paired = parts.length % 2 === 1;
    if (!paired)
        return inline(line, length);
    return parts
        .map((part, index) => {
        if (index % 2 === 1)
            return part.trim() === '' ? '' : code(part, length);
        if (part === '')
            return '';
        const lead = /^\s/u.test(part) ? ' ' : '';
        const trail = /\s$/u.test(part) && part.trim() !== '' ? ' ' : '';
        return `${lead}${inline(part, length)}${trail}`;
    })
        .join('');
}
/** {@link prose} for a table cell. */
function proseCell(text, length = 400) {
    const line = oneLine(text, length);
    // `inline` escapes bars itself; only code needs the other way, and mixing both is not worth a second parser.
    return line.includes('`') && !line.includes('|') ? prose(line, length) : inline(line.replaceAll('`', "'"), length);
}
/** Visible lines of a text from outside, cut to the limits; blank lines at both ends left out. */
function blockLines(text, limits = {}) {
    const { lines: most = 100, lineLength = 400, keep = 'first' } = limits;
    const given = typeof text === 'string' ? [text] : text;
    // Of each entry only what could be shown is looked at.
    const window = most * (lineLength + 1) * 4;
    const pieces = given
        .slice(...(keep === 'last' ? [-most * 4] : [0, most * 4]))
        .flatMap((entry) => (keep === 'last' ? entry.slice(-window) : entry.slice(0, window)).split(LINE_END))
        .map((line) => visible(line, lineLength));
    while (pieces.length > 0 && pieces[0] === '')
        pieces.shift();
    while (pieces.length > 0 && pieces[pieces.length - 1] === '')
        pieces.pop();
    return keep === 'last' ? pieces.slice(-most) : pieces.slice(0, most);
}
/** A fenced block, tagged, its fence longer than any run of backticks inside. The lines come from {@link blockLines}. */
function fenced(lines, language = 'text', indent = '') {
    const body = lines.map(breakComments);
    const fence = '`'.repeat(Math.max(4, longestRun(body.join('\n')) + 1));
    return [`${fence}${language}`, ...body, fence].map((line) => `${indent}${line}`).join('\n');
}
/** A link of ours: the label is ours, the address is `https:` (or the configured server's own scheme). */
function link(label, url) {
    const address = safeUrl(url);
    return address === undefined ? label : `[${label}](${address})`;
}
/** The address with everything that could end a Markdown link encoded, or `undefined` when it is not one to link. */
function safeUrl(url) {
    if (url.length > 1_000 || !URL.canParse(url))
        return undefined;
    const parsed = new URL(url);
    const local = ['localhost', '127.0.0.1', '[::1]'].includes(parsed.hostname);
    if (parsed.protocol !== 'https:' && !(parsed.protocol === 'http:' && local))
        return undefined;
    if (parsed.username !== '' || parsed.password !== '')
        return undefined;
    return parsed.href.replace(/[()<>[\]|\\`*_~!'"]/gu, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`);
}
/** A string inside Mermaid's quotes: letters, digits and a few signs; nothing that its lexer or its comments know. */
function mermaidText(text, length = 40) {
    const plain = oneLine(text, length * 2)
        .replace(/"/gu, "'")
        .replace(/[^\p{L}\p{N} _.,:/()+=×⁰¹²³⁴⁵⁶⁷⁸⁹⁻'-]/gu, ' ')
        .replace(/-{2,}/gu, '-')
        .replace(/\s+/gu, ' ')
        .trim();
    return cut(plain, length).replace('…', '...') || 'value';
}
function visible(line, length) {
    const text = line
        .slice(0, length * 8 + 64)
        .replace(TERMINAL, '')
        .replaceAll('\t', '    ')
        .replace(INVISIBLE, '')
        .trimEnd();
    return cut(text, length);
}
/** Keeps anything that looks like a marker of ours from being one: the only HTML comment in a report is its first line. */
function breakComments(text) {
    return text.replaceAll('<!--', '<! --');
}
function longestRun(text) {
    return Math.max(0, ...Array.from(text.matchAll(/`+/gu), (match) => match[0].length));
}


/***/ })

};
;