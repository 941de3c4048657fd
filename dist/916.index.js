"use strict";
exports.id = 916;
exports.ids = [916,31,885,649,248];
exports.modules = {

/***/ 2908:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Y: () => (/* binding */ restOf),
/* harmony export */   s: () => (/* binding */ tallyOf)
/* harmony export */ });
/* harmony import */ var _record__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4846);

/** Counts verdicts. Pure. */
function tallyOf(checks) {
    const promises = checks.filter(({ id }) => _record__WEBPACK_IMPORTED_MODULE_0__/* .CHECK_IDS */ .Sh.some((known) => known === id));
    const count = (wanted, required) => promises.filter((check) => check.verdict === wanted && (required ?? check.required) === check.required).length;
    return {
        kept: count('pass'),
        broken: count('fail', true),
        advice: count('fail', false),
        skipped: count('skipped'),
        promises: _record__WEBPACK_IMPORTED_MODULE_0__/* .CHECK_IDS */ .Sh.length,
    };
}
/** `, 1 advice, 3 skipped`: what there is of these, to follow the kept ones. Pure. */
function restOf({ advice, skipped }) {
    return (advice > 0 ? `, ${advice} advice` : '') + (skipped > 0 ? `, ${skipped} skipped` : '');
}


/***/ }),

/***/ 9248:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $: () => (/* binding */ rateLimitSeconds),
/* harmony export */   U: () => (/* binding */ isRequestFailure),
/* harmony export */   createGitHubClient: () => (/* binding */ createGitHubClient)
/* harmony export */ });
/* harmony import */ var node_timers_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8500);
/* harmony import */ var node_timers_promises__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_timers_promises__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var _actions_github__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2413);


/** One request may take this long; GitHub itself gives up after 10 s. */
const REQUEST_TIMEOUT_MILLISECONDS = 15_000;
/** Waits before a second and a third try. */
const RETRY_MILLISECONDS = [1_000, 3_000];
/** A rate limit that lasts longer is not waited for: a comment is not worth a runner's minutes. */
const RATE_LIMIT_WAIT_SECONDS_MAX = 20;
/** GitHub asks for a second between writes. */
const WRITE_PAUSE_MILLISECONDS = 1_000;
/** Whether a thrown thing is a failed request, by its shape: several copies of Octokit's class may be about. */
function isRequestFailure(error) {
    return error instanceof Error && 'status' in error && typeof error.status === 'number' && error.status >= 400;
}
/** Seconds until the limit ends when a request was refused by a rate limit, primary or secondary; else `undefined`. */
function rateLimitSeconds(failure, now) {
    if (failure.status !== 429 && failure.status !== 403)
        return undefined;
    const headers = failure.response?.headers ?? {};
    const after = Number(headers['retry-after'] ?? NaN);
    if (Number.isFinite(after))
        return Math.max(0, after);
    if (Number(headers['x-ratelimit-remaining'] ?? NaN) === 0) {
        const reset = Number(headers['x-ratelimit-reset'] ?? NaN);
        return Number.isFinite(reset) ? Math.max(0, reset - now.getTime() / 1000) : 60;
    }
    // GitHub's advice for a secondary limit that does not say how long.
    return failure.status === 429 || /secondary rate limit/iu.test(failure.message) ? 60 : undefined;
}
/**
 * A client that waits out short rate limits and tries again what may be tried again.
 *
 * A rate limit refuses a request before it has any effect, so every method is tried again. After a lost or a 5xx answer
 * nobody knows what happened; only methods that may run twice (GET, PATCH, DELETE …) are tried again, never POST: whoever
 * posts looks first whether it is there. `request.signal` of a call ends its waits too.
 */
function createGitHubClient({ token, baseUrl, log }) {
    const quiet = (message) => log.debug(message);
    const octokit = (0,_actions_github__WEBPACK_IMPORTED_MODULE_1__/* .getOctokit */ .Q)(token, { baseUrl, log: { debug: quiet, info: quiet, warn: quiet, error: quiet } });
    let nextWrite = 0;
    octokit.hook.wrap('request', async (request, options) => {
        const given = options.request?.signal;
        const wait = (milliseconds) => (0,node_timers_promises__WEBPACK_IMPORTED_MODULE_0__.setTimeout)(milliseconds, undefined, given ? { signal: given } : {});
        for (let attempt = 0;; attempt += 1) {
            if (options.method !== 'GET') {
                const pause = nextWrite - performance.now();
                nextWrite = Math.max(nextWrite, performance.now()) + WRITE_PAUSE_MILLISECONDS;
                if (pause > 0)
                    await wait(pause);
            }
            const limit = AbortSignal.timeout(REQUEST_TIMEOUT_MILLISECONDS);
            const signal = given ? AbortSignal.any([given, limit]) : limit;
            try {
                // The hook's types want the same object back; only the signal differs.
                return await request(Object.assign({}, options, { request: { ...options.request, signal } }));
            }
            catch (error) {
                const milliseconds = given?.aborted ? undefined : retryMilliseconds(error, options.method, attempt);
                if (milliseconds === undefined)
                    throw error;
                log.debug(`${options.method} ${options.url} failed, again in ${Math.round(milliseconds / 1000)} s`);
                await wait(milliseconds);
            }
        }
    });
    return octokit;
}
function retryMilliseconds(error, method, attempt) {
    const backoff = RETRY_MILLISECONDS[attempt];
    if (backoff === undefined || !isRequestFailure(error))
        return undefined;
    const limitSeconds = rateLimitSeconds(error, new Date());
    if (limitSeconds !== undefined) {
        return limitSeconds <= RATE_LIMIT_WAIT_SECONDS_MAX ? Math.max(limitSeconds * 1000, backoff) : undefined;
    }
    return error.status >= 500 && method !== 'POST' ? backoff : undefined;
}


/***/ }),

/***/ 4846:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Sh: () => (/* binding */ CHECK_IDS),
/* harmony export */   Vj: () => (/* binding */ verdictOf),
/* harmony export */   hl: () => (/* binding */ RECORD_VERSION)
/* harmony export */ });
/**
 * The run record: the one document that travels from step to step, and its only schema. `report.json` is this
 * document redacted. Times are ISO 8601 in UTC; durations are seconds; sizes are bytes.
 *
 * Everything in it that comes from a container, a build or an event is hostile text until the report escapes it.
 */
const RECORD_VERSION = 1;
const CHECK_IDS = [
    'train-argument',
    'hyperparameters',
    'channels',
    'model',
    'failure',
    'metrics',
    'stop',
    'resume',
    'offline',
    'user',
    'nodes',
    'serve',
    'platform',
    'secrets',
];
/** `passed`, `failed`, `skipped`: as the output `verdict` says it. Pure. */
function verdictOf(record) {
    if (record.errors.length > 0 || record.cancelled)
        return 'failed';
    if (record.verify && !record.verify.passed)
        return 'failed';
    if (record.train?.status === 'InProgress')
        return 'running';
    if (record.train && record.train.status !== 'Completed')
        return 'failed';
    return record.build || record.verify || record.train ? 'passed' : 'skipped';
}


/***/ }),

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


/***/ }),

/***/ 649:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   redact: () => (/* binding */ redact),
/* harmony export */   redactRecord: () => (/* binding */ redactRecord)
/* harmony export */ });
/* harmony import */ var _secret_shapes__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2398);

/** Secrets shorter than this are not looked for: taking out every `1` ruins a report and hides nothing. */
const SECRET_LENGTH_MIN = 6;
/** Query parameters that make an address a key: S3, CloudFront, Google, Azure. */
const SIGNED = /[?&](?:X-Amz-|X-Goog-|Signature=|sig=|AWSAccessKeyId=|Key-Pair-Id=|access_token=)/iu;
/** Takes out what looks like a credential, and every given secret value in its plain, JSON, URL and base64 form. Pure. */
function redact(text, secrets = []) {
    return redactForms(text, formsOf(secrets));
}
function redactForms(text, forms) {
    let result = text;
    for (const form of forms)
        result = result.replaceAll(form, _secret_shapes__WEBPACK_IMPORTED_MODULE_0__/* .REDACTED */ .XF);
    result = (0,_secret_shapes__WEBPACK_IMPORTED_MODULE_0__/* .redactShapes */ .YA)(result);
    // Token by token, so that a line of many half addresses costs no more than its length.
    if (!result.includes('://'))
        return result;
    return result.replace(/[^\s"'<>`]+/gu, (token) => {
        if (!token.includes('://'))
            return token;
        const withoutUser = token.replace(/:\/\/[^/?#@]*@/gu, `://${_secret_shapes__WEBPACK_IMPORTED_MODULE_0__/* .REDACTED */ .XF}@`);
        return SIGNED.test(withoutUser)
            ? `${withoutUser.slice(0, withoutUser.search(/[?]/u) + 1)}${_secret_shapes__WEBPACK_IMPORTED_MODULE_0__/* .REDACTED */ .XF}`
            : withoutUser;
    });
}
/** A copy of the record with every text in it redacted: what `report.json` holds and what the report is made from. Pure. */
function redactRecord(record, secrets = []) {
    // Made once: a key of a thousand lines has thousands of forms.
    return redactValue(record, formsOf(secrets));
}
function redactValue(value, forms) {
    if (typeof value === 'string')
        return redactForms(value, forms);
    if (Array.isArray(value)) {
        const items = value;
        // A key may run over many lines of a log: lines are looked at together.
        if (items.length > 1 && items.every((item) => typeof item === 'string')) {
            return redactForms(items.join('\n'), forms).split('\n');
        }
        return items.map((item) => redactValue(item, forms));
    }
    if (typeof value !== 'object' || value === null)
        return value;
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [
        redactForms(name, forms),
        typeof item === 'string' && (0,_secret_shapes__WEBPACK_IMPORTED_MODULE_0__/* .isSecretName */ .eh)(name) && item !== '' ? _secret_shapes__WEBPACK_IMPORTED_MODULE_0__/* .REDACTED */ .XF : redactValue(item, forms),
    ]));
}
/** Every way in which the values may appear, the longest first, so that none is cut by another. */
function formsOf(secrets) {
    const forms = new Set();
    for (const secret of secrets) {
        for (const value of [secret, ...secret.split(/\r?\n/u)]) {
            const plain = value.trim();
            if (plain.length < SECRET_LENGTH_MIN)
                continue;
            forms.add(plain);
            forms.add(JSON.stringify(plain).slice(1, -1));
            forms.add(encodeURIComponent(plain.replace(/\p{Cs}/gu, '')));
            forms.add(Buffer.from(plain).toString('base64'));
        }
    }
    return [...forms].filter((form) => form.length >= SECRET_LENGTH_MIN).sort((a, b) => b.length - a.length);
}


/***/ }),

/***/ 7885:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   counted: () => (/* binding */ counted),
/* harmony export */   duration: () => (/* binding */ duration),
/* harmony export */   grouped: () => (/* binding */ grouped),
/* harmony export */   readable: () => (/* binding */ readable),
/* harmony export */   size: () => (/* binding */ size)
/* harmony export */ });
/** A number as a person reads it: four significant digits, no exponent where it can be helped. */
function readable(value) {
    if (!Number.isFinite(value))
        return '–';
    if (value === 0)
        return '0';
    const size = Math.abs(value);
    if (size < 1e-4 || size >= 1e9)
        return value
            .toExponential(3)
            .replace(/\.?0+e/u, 'e')
            .replace('e+', 'e');
    if (Number.isInteger(value))
        return String(value);
    const decimals = Math.max(0, 3 - Math.floor(Math.log10(size)));
    const text = value.toFixed(decimals);
    return text.includes('.') ? text.replace(/\.?0+$/u, '') : text;
}
/** `4.2 s`, `52 s`, `6 min 5 s`, `52 min`, `1 h 12 min`. */
function duration(seconds) {
    if (!Number.isFinite(seconds) || seconds < 0)
        return '–';
    if (seconds < 9.95)
        return `${seconds.toFixed(1).replace(/\.0$/u, '')} s`;
    const whole = Math.round(seconds);
    if (whole < 60)
        return `${whole} s`;
    const minutes = Math.floor(whole / 60);
    if (minutes < 10 && whole % 60 > 0)
        return `${minutes} min ${whole % 60} s`;
    if (whole < 3570)
        return `${Math.round(whole / 60)} min`;
    const quarters = Math.round(whole / 60);
    return quarters % 60 === 0 ? `${quarters / 60} h` : `${Math.floor(quarters / 60)} h ${quarters % 60} min`;
}
/** Decimal units, as Docker and registries print them: `1.36 GB`. */
function size(bytes) {
    if (!Number.isFinite(bytes) || bytes < 0)
        return '–';
    const units = ['B', 'kB', 'MB', 'GB', 'TB', 'PB', 'EB'];
    let value = bytes;
    let unit = 0;
    while (value >= 999.5 && unit < units.length - 1) {
        value /= 1000;
        unit += 1;
    }
    const digits = unit === 0 ? 0 : value < 10 ? 2 : value < 100 ? 1 : 0;
    return `${value.toFixed(digits)} ${units[unit] ?? 'B'}`;
}
/** `1,361,234,567`. */
function grouped(count) {
    return Number.isFinite(count)
        ? Math.trunc(count)
            .toString()
            .replace(/\B(?=(\d{3})+(?!\d))/gu, ',')
        : '–';
}
/** `1 layer`, `12 layers`. */
function counted(count, noun) {
    return `${grouped(count)} ${noun}${count === 1 ? '' : 's'}`;
}


/***/ }),

/***/ 2398:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ax: () => (/* binding */ findNamedSecrets),
/* harmony export */   Il: () => (/* binding */ findShapes),
/* harmony export */   XF: () => (/* binding */ REDACTED),
/* harmony export */   YA: () => (/* binding */ redactShapes),
/* harmony export */   eh: () => (/* binding */ isSecretName)
/* harmony export */ });
/**
 * The one table of what a secret looks like and what it is called. Verify finds by it, the report and an image's history
 * are redacted by it; a new kind of token is added here and nowhere else. Owner: the room `report`. Pure.
 *
 * The text is hostile: every pattern costs time in proportion to its length. So a run of characters is entered at its
 * beginning alone (the look-behinds), and what stands between two parts of a pattern is bounded.
 */
/** What stands where a secret stood; the same sign as the runner's own masks. */
const REDACTED = '***';
/** The beginning and the end of a private key; the key itself is what {@link redactPrivateKeys} takes out. */
const KEY_MARK = /-----(BEGIN|END) [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/gu;
const SHAPES = [
    // Long-term, temporary, bearer, context-specific.
    { kind: 'an AWS access key', pattern: /(?<![A-Z0-9])(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}(?![A-Z0-9])/gu },
    { kind: 'a GitHub token', pattern: /(?<![A-Za-z0-9])(?:gh[pousr]_[\w.-]{20,}|github_pat_\w{20,})/gu },
    { kind: 'a GitLab token', pattern: /(?<![A-Za-z0-9])gl(?:pat|ptt|dt|rt|cbt|soat|ft|imt|agent)-[\w-]{20,}/gu },
    { kind: 'a Hugging Face token', pattern: /(?<![A-Za-z0-9])hf_[A-Za-z0-9]{30,}/gu },
    { kind: 'an npm token', pattern: /(?<![A-Za-z0-9])npm_[A-Za-z0-9]{36,}/gu },
    { kind: 'a PyPI token', pattern: /(?<![A-Za-z0-9])pypi-AgE[\w-]{20,}/gu },
    { kind: 'a Docker Hub token', pattern: /(?<![A-Za-z0-9])dckr_(?:pat|oat)_[\w-]{20,}/gu },
    { kind: 'a Slack token', pattern: /(?<![A-Za-z0-9])(?:xox[abeoprs]|xapp)-[A-Za-z0-9-]{10,}/gu },
    { kind: 'a Stripe key', pattern: /(?<![A-Za-z0-9])[rs]k_live_[A-Za-z0-9]{16,}/gu },
    { kind: 'an API key', pattern: /(?<![A-Za-z0-9])sk-[\w-]{32,}/gu },
    { kind: 'a Google API key', pattern: /(?<![A-Za-z0-9])AIza[\w-]{35}/gu },
    { kind: 'a Google OAuth secret', pattern: /(?<![A-Za-z0-9])(?:GOCSPX-|ya29\.)[\w-]{20,}/gu },
    { kind: 'an Azure account key', pattern: /(?<keep>AccountKey=)[A-Za-z0-9+/]{60,}={0,2}/gu },
    // An OIDC token is good for a role.
    { kind: 'a JSON Web Token', pattern: /(?<![\w-])eyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]*/gu },
    { kind: 'a password in a URL', pattern: /(?<keep>:\/\/)[^\s/:@"'$]{1,500}:[^\s/@"'$]{3,500}(?=@)/gu },
    {
        kind: 'an Authorization header',
        pattern: /(?<keep>\b(?:proxy-)?authorization["']?\s{0,4}[:=]\s{0,4}["']?(?:(?:bearer|basic|token)\s{1,4})?)[^\s"',]+/giu,
        loose: true,
    },
    { kind: 'a bearer token', pattern: /(?<keep>\bbearer\s{1,4})[\w.~+/=-]{8,}/giu, loose: true },
    {
        kind: 'an AWS secret',
        pattern: /(?<keep>(?:secret_?access_?key|session_?token|security_?token)["']?\s{0,4}[:=]\s{0,4}["']?)[\w/+=-]{16,}/giu,
        loose: true,
    },
];
/**
 * Names whose value is a secret whatever it looks like: `DB_PASSWORD`, `hf-token`, `apiKey`. Not `tokenizer`,
 * `max_tokens`, `GPG_KEY` (a public one's id), nor a language model's `pad_token`.
 */
const SECRET_NAME = /(?:^|[-_.])(?:secrets?|passwords?|passwd|passphrase|credentials?|(?:api|access|account|auth|encryption|private|secret|signing|ssh)[-_]?key|connection[-_]?string|(?<=[-_.])pwd|(?<!(?:additional|bos|class|cls|decoder|end|eod|eos|eot|extra|first|image|last|mask|new|next|pad|per|prefix|sep|special|start|stop|suffix|target|text|unk)[-_.])token|(?:access|api|auth|bearer|gh|github|hf|hub|refresh|secret|session)token)$/iu;
/** How the names above end: a text of a million assignments is to be told quickly. */
const NAME_ENDS = new Set(['et', 'ts', 'rd', 'ds', 'wd', 'se', 'al', 'ls', 'ey', 'ng', 'en']);
/** Shorter names are none; longer ones are looked at by their end. */
const NAME_LENGTH_MIN = 5;
const NAME_LENGTH_MAX = 300;
/** Values that give nothing away: references, small numbers, switches. */
const NO_VALUE = /^(?:|\$.*|\d{1,5}|true|false|none|null|yes|no|\*+)$/iu;
/** Values that most likely are none: paths to a secret, fill-ins. Redacted, but no reason to fail an image. */
const UNLIKELY_VALUE = /^(?:\/.*|x+|<.*>|.*(?:change.?me|placeholder|example|dummy).*)$/iu;
/** `NAME=` or `--name=`, entered at the beginning of the name alone. */
const ASSIGNED = /(?<![\w.$-])(?:-{0,2}([A-Za-z_][\w.-]*)=|(?:--|(?:ENV|ARG|LABEL)[ \t])([A-Za-z_][\w.-]*)[ \t]+)/gu;
const VALUE = /"[^"]*"|'[^']*'|[^\s;&|]+/uy;
/** What hangs on to a value and may belong to it: `x;make`. */
const REST = /\S*/uy;
/** Whether a value of that name (of a variable, build argument, hyperparameter, field) is a secret. */
function isSecretName(name) {
    if (name.length < NAME_LENGTH_MIN || !NAME_ENDS.has(name.slice(-2).toLowerCase()))
        return false;
    return SECRET_NAME.test(name.slice(-NAME_LENGTH_MAX).replace(/([a-z0-9])([A-Z])/gu, '$1_$2'));
}
/** The shapes in a text that are secrets wherever they stand. */
function findShapes(text) {
    const found = [];
    for (const [mark, which] of text.matchAll(KEY_MARK)) {
        if (which === 'BEGIN')
            found.push({ kind: 'a private key', secret: mark });
    }
    for (const { kind, pattern, loose } of SHAPES) {
        if (loose)
            continue;
        for (const match of text.matchAll(pattern)) {
            found.push({ kind, secret: match[0].slice(match.groups?.['keep']?.length ?? 0) });
        }
    }
    return found;
}
/** `NAME=value` where the name says that the value is a secret: an ENV, an ARG's default, a build argument of a RUN. */
function findNamedSecrets(text) {
    return [...assignments(text)].filter(({ certain }) => certain).map(({ name, value }) => ({ name, value }));
}
function* assignments(text) {
    let from = 0;
    for (;;) {
        ASSIGNED.lastIndex = from;
        const match = ASSIGNED.exec(text);
        if (match === null)
            return;
        const start = match.index + match[0].length;
        // A name that is no secret's may have an assignment for its value: `--build-arg=TOKEN=x`.
        from = start;
        const name = match[1] ?? match[2] ?? '';
        if (!isSecretName(name))
            continue;
        VALUE.lastIndex = start;
        const given = VALUE.exec(text);
        if (given === null)
            continue;
        const value = given[0].replace(/^(["'])(.*)\1$/su, '$2');
        from = VALUE.lastIndex;
        if (NO_VALUE.test(value))
            continue;
        REST.lastIndex = from;
        from += REST.exec(text)?.[0].length ?? 0;
        yield { name, value, start, end: from, certain: match[1] !== undefined && !UNLIKELY_VALUE.test(value) };
    }
}
/** Takes out everything that this file knows: shapes, private keys, values of secrets' names. */
function redactShapes(text) {
    let result = redactPrivateKeys(text);
    for (const { pattern } of SHAPES) {
        result = result.replace(pattern, (...found) => {
            const groups = found.at(-1);
            const keep = typeof groups === 'object' ? groups['keep'] : undefined;
            return `${keep ?? ''}${REDACTED}`;
        });
    }
    let kept = '';
    let from = 0;
    for (const { start, end } of assignments(result)) {
        kept += result.slice(from, start) + REDACTED;
        from = end;
    }
    return kept + result.slice(from);
}
/** Takes out private keys, also those whose end or whose beginning was cut off. */
function redactPrivateKeys(text) {
    let kept = '';
    // Up to here the text is dealt with, so that it is walked through once in all.
    let from = 0;
    let open = false;
    for (const mark of text.matchAll(KEY_MARK)) {
        if (mark[1] === 'BEGIN') {
            if (!open)
                kept += text.slice(from, mark.index) + REDACTED;
            open = true;
        }
        else {
            if (!open) {
                const before = text.slice(from, mark.index);
                kept += before.slice(0, lengthBeforeKey(before)) + REDACTED;
            }
            open = false;
        }
        from = mark.index + mark[0].length;
    }
    return open ? kept : kept + text.slice(from);
}
/** Shorter words may be anything; but for the last line of a key. */
const KEY_WORD_LENGTH_MIN = 16;
/**
 * How much of a text is not of the key whose end comes next: back over words of base64, also behind something else at
 * the beginning of a line, such as a node's name.
 */
function lengthBeforeKey(text) {
    let start = text.length;
    let last = true;
    for (let lineEnd = text.length; lineEnd > 0;) {
        const lineStart = text.lastIndexOf('\n', lineEnd - 1) + 1;
        const words = [...text.slice(lineStart, lineEnd).matchAll(/\S+/gu)];
        let taken = 0;
        for (const word of words.reverse()) {
            // Of a key in JSON the last word is all of it: `MII…\nabc\n`.
            const fits = last || (word[0].length >= KEY_WORD_LENGTH_MIN && /^[A-Za-z0-9+/=]*$/u.test(word[0]));
            if (!fits)
                break;
            last = false;
            taken += 1;
            start = lineStart + word.index;
        }
        if (words.length > 0 && taken === 0)
            break;
        lineEnd = lineStart - 1;
    }
    return start;
}


/***/ }),

/***/ 9916:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  report: () => (/* binding */ report)
});

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./src/record.ts
var src_record = __webpack_require__(4846);
// EXTERNAL MODULE: ./src/github.ts
var github = __webpack_require__(9248);
;// CONCATENATED MODULE: ./src/report/marker.ts
/** The marker stands at the very start; anywhere else it is somebody's text. */
const MARKER = /^<!-- sagemaker-byoc-action:v1 key=([\w.-]{1,128}) run=(\d{1,20}) attempt=(\d{1,6}) -->/u;
/** The marker of a record. */
function markerOf(record) {
    return {
        commentKey: record.commentKey.replace(/[^\w.-]/gu, '-').slice(0, 128) || 'default',
        runId: /^\d{1,20}$/u.test(record.run.runId) ? BigInt(record.run.runId) : 0n,
        runAttempt: Math.max(1, Math.min(999_999, Math.trunc(record.run.runAttempt) || 1)),
    };
}
/** The marker as the comment's first line. */
function markerLine({ commentKey, runId, runAttempt }) {
    return `<!-- sagemaker-byoc-action:v1 key=${commentKey} run=${runId} attempt=${runAttempt} -->`;
}
/** The marker at the start of a comment, or `undefined`. */
function readMarker(body) {
    const match = MARKER.exec(body);
    if (!match)
        return undefined;
    const [, commentKey = '', run = '', attempt = ''] = match;
    return { commentKey, runId: BigInt(run), runAttempt: Number(attempt) };
}
/** Below 0 when `a` is of an older run, or an older attempt of the same run, than `b`. */
function compareRuns(a, b) {
    if (a.runId !== b.runId)
        return a.runId < b.runId ? -1 : 1;
    return a.runAttempt - b.runAttempt;
}

;// CONCATENATED MODULE: ./src/report/comment.ts


const TIMEOUT_MILLISECONDS = 60_000;
/** GitHub shows a comment that it made behind a lost answer after about a second. */
const SETTLE_MILLISECONDS = 2_000;
/** The author behind every workflow's own token. */
const ACTIONS_LOGIN = 'github-actions[bot]';
/**
 * Creates or updates this run's one comment.
 *
 * Ours is the comment with our marker at its very start and of our own making. Who we are: a workflow's token writes as
 * `github-actions[bot]`; a person's token is asked (`GET /user`, which refuses installations); the token of another
 * GitHub App is told by GraphQL's `viewer`. A marker in anybody else's comment is a forgery and left alone.
 *
 * An older run never overwrites a newer one's report. Two runs that race make two comments and then agree on the one with
 * the lowest id. A comment deleted meanwhile is made anew. A POST whose answer was lost is repeated only after a look whether it came
 * through.
 *
 * @throws only what is no failed request: a bug of ours
 */
async function upsertComment(target, markdown, edges) {
    const limit = AbortSignal.timeout(edges.timeoutMilliseconds ?? TIMEOUT_MILLISECONDS);
    const signal = AbortSignal.any([edges.signal, limit]);
    const sticky = new StickyComment(target, `${markerLine(target.marker)}\n${markdown}`, { ...edges, signal });
    try {
        return await sticky.upsert();
    }
    catch (error) {
        if (edges.signal.aborted)
            return { skipped: 'the run was cancelled' };
        if (limit.aborted)
            return { skipped: 'GitHub took too long to answer' };
        if ((0,github/* isRequestFailure */.U)(error))
            return { skipped: sentenceOf(error, edges.clock.now()) };
        throw error;
    }
}
class StickyComment {
    target;
    body;
    #octokit;
    #clock;
    #signal;
    #repository;
    /** Ours, once known; `null`: an installation whose login nobody tells. */
    #login;
    constructor(target, body, { octokit, clock, signal }) {
        this.target = target;
        this.body = body;
        this.#octokit = octokit;
        this.#clock = clock;
        this.#signal = signal;
        this.#repository = { owner: target.owner, repo: target.repo, request: { signal } };
    }
    async upsert() {
        const found = await this.#ours();
        const newer = this.#newerOf(found);
        if (newer)
            return { skipped: newerSentence(newer) };
        const [kept] = found;
        if (!kept)
            return this.#create();
        if (!(await this.#update(kept.id)))
            return this.#create();
        await this.#removeDuplicates(found, kept);
        return { url: kept.url, action: 'updated' };
    }
    /** Posts, and if the answer got lost looks before it posts once more. */
    async #create() {
        try {
            return await this.#settle(await this.#post());
        }
        catch (error) {
            if (!(0,github/* isRequestFailure */.U)(error) || error.status < 500 || this.#signal.aborted)
                throw error;
        }
        await this.#clock.sleep(SETTLE_MILLISECONDS, this.#signal);
        const [there] = await this.#ours();
        return this.#settle(there ?? (await this.#post()));
    }
    /** After a POST: another run may have posted too. The lowest id stays, with the newest run's report in it. */
    async #settle(made) {
        let found;
        try {
            found = await this.#ours();
        }
        catch (error) {
            if (!(0,github/* isRequestFailure */.U)(error))
                throw error;
            return { url: made.url, action: 'created' };
        }
        const [kept = made] = found;
        if (kept.id === made.id) {
            const newer = this.#newerOf(found);
            if (!newer)
                await this.#removeDuplicates(found, kept);
            return { url: made.url, action: 'created' };
        }
        if (compareRuns(kept.marker, this.target.marker) < 0 && !(await this.#update(kept.id))) {
            return { url: made.url, action: 'created' };
        }
        await this.#remove(made.id);
        return compareRuns(kept.marker, this.target.marker) > 0
            ? { skipped: newerSentence(kept) }
            : { url: kept.url, action: 'updated' };
    }
    /** All comments with our key that are ours, lowest id first, over all pages. */
    async #ours() {
        const found = [];
        for await (const comment of this.#comments()) {
            const marker = readMarker(comment.body ?? '');
            if (marker?.commentKey !== this.target.marker.commentKey || !comment.user)
                continue;
            if (await this.#isOurs(comment.user))
                found.push({ id: comment.id, url: comment.html_url, marker });
        }
        return found.sort((a, b) => a.id - b.id);
    }
    /** Page by page; Octokit's own `paginate` drops the signal, and with it the time limit. */
    async *#comments() {
        for (let page = 1;; page += 1) {
            const { data, headers } = await this.#octokit.rest.issues.listComments({
                ...this.#repository,
                issue_number: this.target.number,
                per_page: 100,
                page,
            });
            yield* data;
            if (!(headers.link ?? '').includes('rel="next"'))
                return;
        }
    }
    async #isOurs({ login, type }) {
        if (type === 'Bot' && login === ACTIONS_LOGIN)
            return true;
        if (this.#login === undefined)
            this.#login = await this.#askUser();
        // An installation never writes as a person; only another App's own comment is worth the question.
        if (this.#login === null && type === 'Bot')
            this.#login = await this.#askViewer();
        return login === this.#login;
    }
    async #askUser() {
        try {
            const { data } = await this.#octokit.rest.users.getAuthenticated({ request: { signal: this.#signal } });
            return data.login;
        }
        catch (error) {
            if ((0,github/* isRequestFailure */.U)(error) && (error.status === 403 || error.status === 404))
                return null;
            throw error;
        }
    }
    async #askViewer() {
        try {
            const answer = await this.#octokit.graphql('query { viewer { login } }', {
                request: { signal: this.#signal },
            });
            return answer.viewer.login;
        }
        catch (error) {
            // Not told: then nobody's comment is ours but the Actions bot's, and one of our own is made.
            if ((0,github/* isRequestFailure */.U)(error) || (error instanceof Error && error.name === 'GraphqlResponseError'))
                return '';
            throw error;
        }
    }
    #newerOf(found) {
        return found.find((one) => compareRuns(one.marker, this.target.marker) > 0);
    }
    async #post() {
        const { data } = await this.#octokit.rest.issues.createComment({
            ...this.#repository,
            issue_number: this.target.number,
            body: this.body,
        });
        if (data.user)
            this.#login ??= data.user.login;
        return { id: data.id, url: data.html_url, marker: this.target.marker };
    }
    /** False when it is not there any more. */
    async #update(id) {
        try {
            await this.#octokit.rest.issues.updateComment({ ...this.#repository, comment_id: id, body: this.body });
            return true;
        }
        catch (error) {
            if ((0,github/* isRequestFailure */.U)(error) && (error.status === 404 || error.status === 410))
                return false;
            throw error;
        }
    }
    /** Others of ours that no newer run wrote. What stays behind is untidy and no more. */
    async #removeDuplicates(found, kept) {
        for (const one of found) {
            if (one.id === kept.id || compareRuns(one.marker, this.target.marker) > 0)
                continue;
            await this.#remove(one.id);
        }
    }
    async #remove(id) {
        try {
            await this.#octokit.rest.issues.deleteComment({ ...this.#repository, comment_id: id });
        }
        catch (error) {
            if (!(0,github/* isRequestFailure */.U)(error))
                throw error;
        }
    }
}
function newerSentence({ marker }) {
    return `a newer run (${marker.runId}, attempt ${marker.runAttempt}) has already reported on this pull request`;
}
/** Why there is no comment, with what to do where something can be done. */
function sentenceOf(failure, now) {
    const said = messageIn(failure);
    const limit = (0,github/* rateLimitSeconds */.$)(failure, now);
    if (limit !== undefined)
        return "GitHub's rate limit for this token is used up; the next run comments again";
    if (/\block/iu.test(said) && failure.status === 403)
        return 'the conversation is locked';
    switch (failure.status) {
        case 401:
            return 'GitHub refused the token (401); see the input `github-token`';
        case 403:
            return 'the token may not write comments; give the job `permissions: pull-requests: write`';
        case 404:
            return 'GitHub did not find the pull request with this token (404); give the job `permissions: pull-requests: write`';
        default:
            return failure.status >= 500
                ? `GitHub could not be reached or failed (${said || failure.status})`
                : `GitHub refused the comment (${failure.status}: ${said})`;
    }
}
function messageIn(failure) {
    const data = failure.response?.data;
    const message = typeof data === 'object' && data !== null && 'message' in data && typeof data.message === 'string'
        ? data.message
        : failure.message;
    return message.replaceAll('`', "'").slice(0, 200);
}

;// CONCATENATED MODULE: ./src/report/direction.ts
const FALL = new Set('loss losses error errors err mae mse rmse rmsle mape smape perplexity ppl nll wer cer fid logloss cost'.split(' '));
const RISE = new Set(('acc accuracy auc auroc auprc rocauc prauc f1 fscore iou miou jaccard dice precision recall sensitivity specificity ' +
    'map map50 r2 bleu rouge kappa mcc top1 top5 balanced score reward psnr ssim').split(' '));
/** The direction that a metric's name tells, else `undefined`: a wrong arrow is worse than none. */
function directionOf(name) {
    const words = name
        .slice(0, 200)
        .replace(/([a-z0-9])([A-Z])/gu, '$1 $2')
        .toLowerCase()
        .split(/[^a-z0-9]+/u);
    // `error` decides before `balanced`: `balanced_error_rate` falls. `valacc`, `trainloss` are read by their ends.
    if (words.some((word) => FALL.has(word) || /(?:loss|error)$/u.test(word)))
        return 'down';
    if (words.some((word) => RISE.has(word) || /(?:acc|accuracy|auc)$/u.test(word)))
        return 'up';
    return undefined;
}
/** The best value seen, by the direction its name tells. Least and greatest are kept when a series is thinned. */
function bestOf(series) {
    const direction = directionOf(series.name);
    if (direction === undefined)
        return undefined;
    let best;
    for (const point of series.points) {
        if (!Number.isFinite(point.value))
            continue;
        if (best === undefined || (direction === 'up' ? point.value > best.value : point.value < best.value))
            best = point;
    }
    return best;
}
/** The one metric that stands in the first line: a validation score before a training score, a score before a loss. */
function headlineOf(metrics) {
    const ranked = metrics
        .filter((series) => series.last !== undefined && Number.isFinite(series.last))
        .map((series, index) => {
        const direction = directionOf(series.name);
        const validation = /val|test|eval|holdout/iu.test(series.name.slice(0, 200));
        return { series, rank: (direction === 'up' ? 0 : direction === 'down' ? 2 : 4) + (validation ? 0 : 1), index };
    });
    ranked.sort((a, b) => a.rank - b.rank || a.index - b.index);
    return ranked[0]?.series;
}

// EXTERNAL MODULE: ./src/report/escape.ts
var report_escape = __webpack_require__(6412);
// EXTERNAL MODULE: ./src/contract/tally.ts
var contract_tally = __webpack_require__(2908);
;// CONCATENATED MODULE: ./src/report/charts.ts


/** Mermaid's own limit is 50,000 characters; more points than this no eye can tell apart. */
const POINTS_MAX = 100;
const LINES_MAX = 4;
const CHARTS_MAX = 4;
/** The line colours, each with the square that names it in the caption, since xychart has no legend. */
const COLOURS = [
    { hex: '#3b88c3', square: '🟦' },
    { hex: '#f4900c', square: '🟧' },
    { hex: '#78b159', square: '🟩' },
    { hex: '#aa8ed6', square: '🟪' },
];
/** No background of its own, so that it stands well on light and dark; our colours; not taller than it needs to be. */
const THEME = `%%{init: {"xyChart": {"width": 700, "height": 300}, "themeVariables": {"xyChart": {"backgroundColor": "transparent", "plotColorPalette": "${COLOURS.map(({ hex }) => hex).join(', ')}"}}}}%%`;
/**
 * Curves as Mermaid `xychart-beta` with a caption each: losses together, scores together, never two scales in one chart.
 * Parses with mermaid 10.9, 11 and 12: plain decimals only, at most 100 points a line, strings without quotes. Pure.
 *
 * @param stepWord what one value stands for, `epoch` where that is known
 */
function charts(metrics, stepWord) {
    return chartsOf(metrics)
        .slice(0, CHARTS_MAX)
        .map((chart) => render(chart, stepWord));
}
function chartsOf(metrics) {
    const result = [];
    for (const series of metrics) {
        const points = series.points.filter((point) => Number.isFinite(point.value) && Number.isFinite(point.step));
        if (points.length < 2)
            continue;
        const line = {
            name: series.name,
            count: series.count,
            steps: points.map((point) => point.step),
            values: points.map((point) => point.value),
        };
        const direction = directionOf(series.name);
        const kind = direction ?? `only ${series.name}`;
        const scale = Math.max(...line.values.map(Math.abs));
        const home = result.find((chart) => chart.kind === kind && chart.lines.length < LINES_MAX && sameScale(chart.scale, scale));
        if (home) {
            home.lines.push(line);
            home.scale = Math.max(home.scale, scale);
        }
        else {
            result.push({ kind, scale, lines: [line] });
        }
    }
    // Scores first: they are what a reviewer came for.
    const order = (kind) => (kind === 'up' ? 0 : kind === 'down' ? 1 : 2);
    return result.sort((a, b) => order(a.kind) - order(b.kind));
}
function sameScale(a, b) {
    if (a === 0 || b === 0)
        return a === b;
    return Math.max(a, b) / Math.min(a, b) <= 12;
}
function render(chart, stepWord) {
    const counts = chart.lines.map((line) => line.count);
    const sameCount = counts.every((count) => count === counts[0]);
    const all = chart.lines.flatMap((line) => line.values);
    const exponent = exponentOf(Math.max(...all.map(Math.abs)));
    const scaled = (value) => (exponent < 0 ? value * 10 ** -exponent : value / 10 ** exponent);
    const [least, greatest] = rangeOf(all.map(scaled));
    const decimals = Math.min(12, Math.max(0, 3 - Math.floor(Math.log10(greatest - least))));
    const last = Math.max(2, counts[0] ?? 2);
    const body = [
        THEME,
        'xychart-beta',
        sameCount ? `    x-axis "${(0,report_escape/* mermaidText */.Hg)(stepWord)}" 1 --> ${last}` : '    x-axis "% of the training" 0 --> 100',
        `    y-axis ${least.toFixed(decimals)} --> ${greatest.toFixed(decimals)}`,
        ...chart.lines.map((line) => `    line [${resample(line)
            .map((value) => scaled(value).toFixed(decimals))
            .join(', ')}]`),
    ];
    const legend = chart.lines.map((line, index) => `${COLOURS[index]?.square ?? ''} ${(0,report_escape/* code */.aY)(line.name, 60)}`).join(' · ');
    const unit = exponent === 0 ? '' : ` (values × 10${superscript(-exponent)})`;
    return `${legend}${unit}\n\n${(0,report_escape.fenced)(body, 'mermaid')}`;
}
/** The values on an even grid over the line's steps: xychart spaces points evenly, while a thinned series is not even. */
function resample(line) {
    const { steps, values } = line;
    const first = steps[0] ?? 0;
    const last = steps[steps.length - 1] ?? first;
    const even = steps.every((step, index) => step === first + index);
    if (even && values.length <= POINTS_MAX)
        return values;
    const wanted = Math.min(POINTS_MAX, Math.max(2, Math.round(last - first) + 1));
    const result = [];
    let right = 1;
    for (let index = 0; index < wanted; index += 1) {
        const at = first + ((last - first) * index) / (wanted - 1);
        while (right < steps.length - 1 && (steps[right] ?? 0) < at)
            right += 1;
        const [x0, x1] = [steps[right - 1] ?? 0, steps[right] ?? 0];
        const [y0, y1] = [values[right - 1] ?? 0, values[right] ?? 0];
        const share = x1 === x0 ? 1 : Math.min(1, Math.max(0, (at - x0) / (x1 - x0)));
        // Weighted, not y0 + (y1 - y0) × share: the difference of two huge values is no number.
        result.push(y0 * (1 - share) + y1 * share);
    }
    return result;
}
/** A little air around the values; an axis of no length does not draw. */
function rangeOf(values) {
    const least = Math.min(...values);
    const greatest = Math.max(...values);
    const span = greatest - least;
    const air = span > Math.max(Math.abs(greatest), 1e-9) * 1e-9 ? span * 0.05 : Math.max(Math.abs(greatest) * 0.1, 0.1);
    // An axis of scores starts at 0 or ends at 1 rather than just beyond.
    const low = least >= 0 ? Math.max(0, least - air) : least - air;
    const high = greatest <= 1 && least >= 0 && greatest > 0.5 ? Math.min(1, greatest + air) : greatest + air;
    return high > low ? [low, high] : [low - 0.1, high + 0.1];
}
/** 0 where plain decimals do; else the power of ten to take out, since Mermaid reads no exponent. */
function exponentOf(greatest) {
    if (greatest === 0 || (greatest >= 1e-3 && greatest < 1e6))
        return 0;
    return Math.max(-300, Math.min(300, Math.floor(Math.log10(greatest))));
}
function superscript(exponent) {
    const signs = '⁰¹²³⁴⁵⁶⁷⁸⁹';
    return String(exponent).replace(/./gu, (sign) => (sign === '-' ? '⁻' : (signs[Number(sign)] ?? '')));
}

;// CONCATENATED MODULE: ./src/report/compose.ts
/** A block of the frame: always there. */
function compose_frame(text) {
    return { wordings: [{ text, keep: Infinity }] };
}
/**
 * Joins the blocks to at most `budgetBytes` of UTF-8. Shortens by giving up the least important wording until all fits;
 * every wording is whole Markdown of its own, so nothing is ever cut open.
 *
 * @param note says what was cut, in words for the reader
 * @throws RangeError when not even the frame fits: the frame is bounded, so that is a mistake of the caller
 */
function compose(blocks, budgetBytes, note) {
    const states = blocks.map((block) => ({
        block,
        at: 0,
        bytes: block.wordings.map(({ text }) => (text === '' ? 0 : Buffer.byteLength(text) + 2)),
    }));
    const noteText = () => {
        const cut = states.flatMap(({ block, at }) => (at > 0 && block.name !== undefined ? [block.name] : []));
        return cut.length > 0 ? note(cut) : '';
    };
    for (;;) {
        const closing = noteText();
        const total = states.reduce((sum, { at, bytes }) => sum + (bytes[at] ?? 0), 0) + Buffer.byteLength(closing) + 1;
        if (total <= budgetBytes) {
            const texts = states.map(({ block, at }) => block.wordings[at]?.text ?? '');
            return `${[...texts, closing].filter((text) => text !== '').join('\n\n')}\n`;
        }
        let least;
        for (const state of states) {
            if (state.at >= state.block.wordings.length - 1)
                continue;
            const keep = state.block.wordings[state.at]?.keep ?? Infinity;
            if (least === undefined || keep < (least.block.wordings[least.at]?.keep ?? Infinity))
                least = state;
        }
        if (least === undefined)
            throw new RangeError(`The report's frame takes ${total} bytes of ${budgetBytes}`);
        least.at += 1;
    }
}

;// CONCATENATED MODULE: ./src/report/failure.ts

/** Why the run is red, the reason that decided first. Empty when it is not. Pure. */
function causesOf(record) {
    const causes = [];
    const broken = brokenChecks(record);
    const shown = new Set();
    for (const check of broken) {
        // Several checks may judge the same run: its lines are shown once.
        const lines = check.log ?? [];
        const key = JSON.stringify(lines);
        const details = shown.has(key) ? [] : lines;
        shown.add(key);
        causes.push({
            cause: `\`${check.id}\`: ${check.proof.replace(/[.\s]+$/u, '')}. Expected: ${check.title}.`,
            ...(check.fix === undefined ? {} : { change: check.fix }),
            details,
        });
    }
    const trained = record.train && record.train.status !== 'Completed' && !record.cancelled ? record.train : undefined;
    const trainError = record.errors.find((error) => error.step === 'train' && error.user);
    if (trained) {
        const change = trainError?.fix;
        causes.push({
            cause: trained.failureReason ?? trainError?.message ?? 'The container said nothing about why.',
            ...(change === undefined ? {} : { change }),
            details: [],
        });
    }
    if (record.cancelled?.signal === 'SIGKILL') {
        causes.push({
            cause: `The step \`${record.cancelled.step}\` was killed before it could finish: by the system when memory ran out, or by the runner.`,
            change: 'Take a runner with more memory, or a smaller batch; if somebody cancelled the run, nothing.',
            details: [],
        });
    }
    for (const error of record.errors) {
        // What the step threw to turn red says again what stands above.
        if (error.user && error.step === 'verify' && broken.length > 0)
            continue;
        if (trained && error === trainError)
            continue;
        causes.push(causeOf(error));
    }
    return causes;
}
/** Failed required checks. */
function brokenChecks(record) {
    return (record.verify?.checks ?? []).filter((check) => check.required && check.verdict === 'fail');
}
/** The sentence of a failure reason that says what happened: its first, but of a Python traceback its last line's. */
function reasonLine(train) {
    const [line = ''] = reasonLines(train.failureReason ?? '');
    const sentence = /^.{8,}?[.!?](?=\s)/u.exec(line)?.[0] ?? line;
    return sentence.replace(/[.:]$/u, '').trim();
}
/**
 * A failure reason without its traceback: at most three lines that read as sentences. The traceback's own last line stands
 * for it only when nothing came before. The block of log lines has the rest.
 */
function reasonLines(text) {
    const lines = (0,report_escape.blockLines)(text, { lines: 400, lineLength: 700 }).filter((line) => line.trim() !== '');
    const traceback = lines.findIndex((line) => /^traceback \(most recent call last\)/iu.test(line.trim()));
    const said = traceback === 0 ? lines.slice(-1) : traceback > 0 ? lines.slice(0, traceback) : lines;
    return said.slice(0, 3).map((line) => line.trim());
}
function causeOf(error) {
    if (error.user) {
        return { cause: error.message, ...(error.fix === undefined ? {} : { change: error.fix }), details: error.details };
    }
    return {
        cause: `A fault of this action itself, in its step \`${error.step}\`: ${error.message}`,
        change: error.fix ?? 'Report it with this page; running the job again may help meanwhile.',
        details: error.details,
    };
}

// EXTERNAL MODULE: ./src/report/redact.ts
var redact = __webpack_require__(649);
// EXTERNAL MODULE: ./src/secret-shapes.ts
var secret_shapes = __webpack_require__(2398);
;// CONCATENATED MODULE: ./src/report/reproduce.ts



/** Longer values make no line to copy. */
const ARGUMENT_LENGTH_MAX = 2_000;
/**
 * The commands that do on any machine with Docker what this run did, or none when no image was made. Everybody may read
 * them: a build argument whose value could be a secret comes without it (the client then takes it from its environment).
 * Pure.
 *
 * @param secrets - values that must not stand in the commands
 */
function reproduce(record, recipe, secrets = []) {
    return commands(record, recipe && withoutSecrets(recipe, secrets)).map((line) => (0,redact.redact)(line, secrets));
}
function withoutSecrets({ context, file, target, buildArgs }, secrets) {
    // Before anything is quoted for a shell: a quoted secret would not be known again.
    const clean = (text) => (0,redact.redact)(text, secrets);
    const harmless = (name, value) => !(0,secret_shapes/* isSecretName */.eh)(name) &&
        clean(value) === value &&
        clean(`${name}=${value}`) === `${name}=${value}` &&
        // Also the short ones, which `redact` leaves alone.
        !secrets.some((secret) => secret !== '' && value.includes(secret));
    return {
        context: clean(context),
        ...(file === undefined ? {} : { file: clean(file) }),
        ...(target === undefined ? {} : { target: clean(target) }),
        buildArgs: Object.entries(buildArgs).map(([name, value]) => [name, harmless(name, value) ? value : undefined]),
    };
}
function commands(record, recipe) {
    const build = record.build;
    if (!build || !/^[0-9a-f]{40}$/u.test(record.plan.sha))
        return [];
    const image = /^[\w./:@-]{1,200}$/u.test(build.reference) ? build.reference : 'byoc/image';
    const lines = [`git checkout ${record.plan.sha}`];
    const unset = (recipe?.buildArgs ?? []).flatMap(([name, value]) => (value === undefined ? [name] : []));
    if (unset.length > 0)
        lines.push((0,report_escape/* oneLine */.TN)(`# set in your environment first: ${unset.join(', ')}`, ARGUMENT_LENGTH_MAX));
    lines.push(buildLine(image, recipe));
    const hyperparameters = record.train?.hyperparameters ?? {};
    const channels = (record.train?.channels ?? [])
        .map(({ name }) => name)
        .filter((name) => /^[\w.-]{1,64}$/u.test(name));
    const folders = ['input/config', 'model', 'output', ...channels.slice(0, 20).map((name) => `input/data/${name}`)];
    lines.push(`mkdir -p ${folders.map((folder) => `ml/${folder}`).join(' ')}`);
    if (channels.length > 0)
        lines.push(`# copy your data into ${channels
            .slice(0, 20)
            .map((name) => `ml/input/data/${name}`)
            .join(', ')}`);
    const json = asciiJson(hyperparameters);
    lines.push(json.length <= ARGUMENT_LENGTH_MAX
        ? `printf '%s' ${quoted(json)} > ml/input/config/hyperparameters.json`
        : '# write ml/input/config/hyperparameters.json: too long to show here, see report.json');
    const gpus = record.train?.gpus === true ? ' --gpus all' : '';
    lines.push(`docker run --rm${gpus} --volume "$PWD/ml:/opt/ml" ${image} train`);
    return lines;
}
function buildLine(image, recipe) {
    const words = ['docker build --platform linux/amd64 --tag', image];
    if (recipe?.file !== undefined)
        words.push('--file', word(recipe.file));
    if (recipe?.target !== undefined)
        words.push('--target', word(recipe.target));
    for (const [name, value] of recipe?.buildArgs ?? [])
        words.push('--build-arg', word(value === undefined ? name : `${name}=${value}`));
    words.push(word(recipe?.context ?? '.'));
    const line = words.join(' ');
    return line.length <= ARGUMENT_LENGTH_MAX
        ? line
        : `docker build --platform linux/amd64 --tag ${image} .  # and the build arguments of the workflow`;
}
function word(text) {
    const line = (0,report_escape/* oneLine */.TN)(text, ARGUMENT_LENGTH_MAX);
    return /^[\w./:@=+,-]+$/u.test(line) ? line : quoted(line);
}
/** A POSIX shell word: nothing in it acts. */
function quoted(text) {
    return `'${text.replaceAll("'", `'\\''`)}'`;
}
/** JSON in plain ASCII, so that nothing invisible is copied along, and never a line end. */
function asciiJson(value) {
    return JSON.stringify(value).replace(/[^\x20-\x7E]/gu, (character) => Array.from({ length: character.length }, (_, index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`).join(''));
}

// EXTERNAL MODULE: ./src/report/units.ts
var units = __webpack_require__(7885);
;// CONCATENATED MODULE: ./src/report/title.ts






const DOING = {
    plan: 'planning',
    build: 'the build',
    verify: 'the contract checks',
    train: 'training',
    report: 'the report',
    cleanup: 'the cleanup',
};
/** The first line, without the heading's signs. It must do as the subject of an e-mail: verdict first, then the number. */
function titleOf(record) {
    if (record.cancelled)
        return cancelledTitle(record, record.cancelled);
    switch ((0,src_record/* verdictOf */.Vj)(record)) {
        case 'passed':
            return passedTitle(record);
        case 'failed':
            return failedTitle(record);
        case 'running':
            return `⏳ Training has not ended yet, ${(0,units.duration)(record.train?.seconds ?? 0)} so far`;
        case 'skipped':
            return skippedTitle(record);
    }
}
/** The second line: which commit, how the contract stands, links. */
function factsOf(record) {
    const facts = [(0,report_escape/* code */.aY)(record.plan.sha.slice(0, 12))];
    const contract = contractCount(record);
    if (contract !== undefined)
        facts.push(`contract ${contract}`);
    if (record.build)
        facts.push(`image ${(0,units.size)(record.build.sizeBytes)}`);
    if (record.train?.status === 'Completed')
        facts.push(`trained on the runner${record.train.gpus ? "'s GPU" : ''}`);
    else if (record.build && !record.train)
        facts.push('not trained');
    const run = runUrl(record);
    if (run !== undefined)
        facts.push((0,report_escape/* link */.nf)('run', run));
    if (record.artifactUrl !== undefined)
        facts.push((0,report_escape/* link */.nf)('files', record.artifactUrl));
    return facts.join(' · ');
}
/** `10/14, 1 advice, 3 skipped`: kept promises of all there are. */
function contractCount(record) {
    const checks = record.verify?.checks ?? [];
    if (checks.length === 0)
        return undefined;
    const tally = (0,contract_tally/* tallyOf */.s)(checks);
    return `${tally.kept}/${tally.promises}${(0,contract_tally/* restOf */.Y)(tally)}`;
}
/** The address of this attempt of the run, built from the runner's own facts alone. */
function runUrl(record) {
    const { serverUrl, repository, runId, runAttempt } = record.run;
    if (!/^[\w.-]{1,100}\/[\w.-]{1,100}$/u.test(repository) || !/^\d{1,20}$/u.test(runId))
        return undefined;
    if (!URL.canParse(serverUrl))
        return undefined;
    const attempt = Number.isSafeInteger(runAttempt) && runAttempt > 1 ? `/attempts/${runAttempt}` : '';
    return `${serverUrl.replace(/\/+$/u, '')}/${repository}/actions/runs/${runId}${attempt}`;
}
/** Seconds spent in the steps that ran. */
function totalSeconds(record) {
    return (record.build?.seconds ?? 0) + (record.verify?.seconds ?? 0) + (record.train?.seconds ?? 0);
}
function passedTitle(record) {
    const parts = [];
    const headline = record.train ? headlineOf(record.train.metrics) : undefined;
    if (headline?.last !== undefined)
        parts.push(`${(0,report_escape/* inline */.mG)(headline.name, 64)} ${(0,units.readable)(headline.last)}`);
    else if (record.train)
        parts.push('trained');
    else if (record.verify)
        parts.push('contract kept');
    else
        parts.push('image built');
    parts.push((0,units.duration)(totalSeconds(record)));
    return `✅ Passed: ${parts.join(' · ')}`;
}
function failedTitle(record) {
    const broken = brokenChecks(record);
    const bug = record.errors.find((error) => !error.user);
    const error = record.errors[0];
    const [first] = broken;
    if (first?.crash !== undefined && broken.length === 1) {
        return `❌ The container crashed in its sample run: ${(0,report_escape/* inline */.mG)(first.crash, 140)}`;
    }
    if (broken.length > 0) {
        const shown = broken.slice(0, 4).map((check) => (0,report_escape/* code */.aY)(check.id, 40));
        const more = broken.length > shown.length ? ` and ${broken.length - shown.length} more` : '';
        return `❌ Contract broken: ${shown.join(', ')}${more}`;
    }
    if (record.train && record.train.status !== 'Completed') {
        const verb = record.train.status === 'Stopped' ? 'Training was stopped' : 'Training failed';
        const reason = reasonLine(record.train) || (error?.message ?? '');
        return `❌ ${verb} after ${(0,units.duration)(record.train.seconds)}${reason === '' ? '' : `: ${(0,report_escape/* prose */.CS)(reason, 140)}`}`;
    }
    if (bug && bug === error)
        return `❌ This action failed in its step ${(0,report_escape/* code */.aY)(bug.step)}: ${(0,report_escape/* inline */.mG)(bug.message, 140)}`;
    if (!error)
        return '❌ Contract broken';
    const what = {
        plan: 'Refused',
        build: 'Build failed',
        verify: 'Contract checks could not run',
        train: 'Training failed',
        report: 'Report failed',
        cleanup: 'Cleanup failed',
    };
    return `❌ ${what[error.step]}: ${(0,report_escape/* prose */.CS)(withoutEcho(error.message, what[error.step]), 140)}`;
}
/** "Build failed: build failed in line 4" says it twice. */
function withoutEcho(message, title) {
    const lower = message.toLowerCase();
    const echo = title.toLowerCase();
    return lower.startsWith(`${echo}: `) ? message.slice(title.length + 2) : message;
}
function cancelledTitle(record, { step, signal }) {
    const seconds = step === 'train' ? record.train?.seconds : totalSeconds(record);
    const after = seconds !== undefined && seconds > 0 ? ` after ${(0,units.duration)(seconds)}` : '';
    return `${signal === 'SIGKILL' ? '❌ Killed' : '⏹ Cancelled'} during ${DOING[step]}${after}`;
}
function skippedTitle(record) {
    if (record.dryRun)
        return '📝 Dry run: planned, and nothing done';
    return `⏭ Nothing to do: ${(0,report_escape/* prose */.CS)(record.plan.build.reason, 160)}`;
}

;// CONCATENATED MODULE: ./src/report/markdown.ts










const BUDGET_BYTES = 60_000;
const LOG_LINES_SHOWN = 12;
const CHARTS_SHOWN = 2;
/**
 * The record as GitHub Markdown, what a reviewer needs first: verdict, cause and change when red, metrics, curves; then,
 * folded, contract, training, image, files, plan, how to run it. What has nothing to say does not appear. Pure.
 *
 * Everything in the record is taken to be hostile: it is redacted, escaped for its place, and bounded. Over budget, the
 * least important goes first (the order is the `keep` of each wording below), and a note says what went.
 */
function toMarkdown(given, options = {}) {
    const record = (0,redact.redactRecord)(given, options.secrets);
    const blocks = [
        compose_frame(`### ${titleOf(record)}`),
        compose_frame(factsOf(record)),
        ...causes(record),
        ...notices(record),
        ...advisories(record),
        ...metrics(record.train),
        ...curves(record.train),
        ...log(record),
        ...contract(record),
        ...training(record.train),
        ...markdown_image(record),
        ...files(record),
        ...planAndTimes(record),
        ...locally(record, options),
    ];
    const full = options.fullReport ?? fullReport(record);
    return compose(blocks, options.budgetBytes ?? BUDGET_BYTES, (cut) => `*Cut to fit: ${cut.join(', ')}. Whole in ${full}.*`);
}
function fullReport(record) {
    const run = runUrl(record);
    const summary = run === undefined ? 'the job summary' : (0,report_escape/* link */.nf)('the job summary', run);
    return record.artifactUrl === undefined ? summary : `${summary} and in ${(0,report_escape/* link */.nf)('the files', record.artifactUrl)}`;
}
/** The card that says why it is red and what to change. */
function causes(record) {
    const all = causesOf(record);
    if (all.length === 0)
        return [];
    const card = (most, textLength, changeLinesMost) => {
        const entries = all.slice(0, most).map(({ cause, change }) => {
            const lines = [`> **Cause:** ${(0,report_escape/* prose */.CS)(reasonLines(cause).join(' '), textLength) || 'not told'}`];
            if (change !== undefined && change.trim() !== '') {
                lines.push('>', ...changeLines(change, textLength, changeLinesMost));
            }
            return lines.join('\n');
        });
        if (all.length > most)
            entries.push(`> … and ${all.length - most} more, in the lists below.`);
        return ['> [!CAUTION]', entries.join('\n>\n')].join('\n');
    };
    const details = all.slice(0, 5).flatMap((cause) => cause.details);
    return [
        {
            wordings: [
                { text: card(6, 700, 12), keep: 90 },
                { text: card(3, 200, 3), keep: Infinity },
            ],
        },
        ...proof(details),
    ];
}
function changeLines(change, textLength, most) {
    const [first = '', ...rest] = (0,report_escape.blockLines)(change, { lines: most, lineLength: textLength });
    const lines = [`> **Change:** ${(0,report_escape/* prose */.CS)(first, textLength)}`];
    if (rest.length === 0)
        return lines;
    // Lines to copy come indented or as YAML; sentences do not.
    const verbatim = rest.some((line) => /^\s|^[-$]|^[\w-]+:(?:\s|$)/u.test(line));
    return verbatim
        ? [
            ...lines,
            '>',
            ...(0,report_escape.fenced)(rest)
                .split('\n')
                .map((line) => `> ${line}`),
        ]
        : [...lines, ...rest.filter((line) => line.trim() !== '').flatMap((line) => ['>', `> ${(0,report_escape/* prose */.CS)(line, textLength)}`])];
}
/** Lines that prove the cause: the failing Dockerfile line, the last output. */
function proof(details) {
    if (details.length === 0)
        return [];
    const block = (lines, lineLength) => {
        const shown = (0,report_escape.blockLines)(details, { lines, lineLength, keep: 'last' });
        return shown.length === 0 ? '' : (0,report_escape.fenced)(shown);
    };
    return [
        {
            name: 'the lines of the error',
            wordings: [
                { text: block(40, 300), keep: 70 },
                { text: block(10, 160), keep: 85 },
                { text: '', keep: Infinity },
            ],
        },
    ];
}
function notices(record) {
    const lines = record.plan.notices.slice(0, 4).map((notice) => (0,report_escape/* prose */.CS)(notice, 250));
    if (record.plan.train.run === false && record.build && record.plan.train.reason.trim() !== '') {
        lines.push(`Not trained: ${(0,report_escape/* prose */.CS)(record.plan.train.reason, 250)}`);
    }
    if (record.report?.commentSkipped !== undefined)
        lines.push(`No comment: ${(0,report_escape/* prose */.CS)(record.report.commentSkipped, 250)}`);
    const shown = lines.filter((line) => line.trim() !== '');
    return shown.length === 0 ? [] : [compose_frame(['> [!NOTE]', shown.map((line) => `> ${line}`).join('\n>\n')].join('\n'))];
}
/** Advisory checks that failed: not red, but nothing to fold away. */
function advisories(record) {
    const failed = (record.verify?.checks ?? []).filter((check) => !check.required && check.verdict === 'fail');
    if (failed.length === 0)
        return [];
    const rows = failed.map((check) => {
        const seen = (0,report_escape/* proseCell */.qy)(check.proof || check.title, 240);
        return [(0,report_escape/* codeCell */.MZ)(check.id, 60), seen, check.fix === undefined ? '' : (0,report_escape/* proseCell */.qy)(check.fix, 300)];
    });
    return [
        {
            name: 'advice',
            wordings: tableWordings('Suggestions (they do not fail the run):\n\n', ['Check', 'Seen', 'Change'], rows, [20, 5], 75),
        },
    ];
}
function metrics(train) {
    if (!train || train.metrics.length === 0)
        return [];
    const word = stepWord(train);
    const rows = train.metrics.map((series) => {
        const direction = directionOf(series.name);
        const arrow = direction === 'up' ? ' ↑' : direction === 'down' ? ' ↓' : '';
        const best = bestOf(series);
        const dropped = series.dropped > 0 ? `, ${(0,units.grouped)(series.dropped)} not finite` : '';
        return [
            `${(0,report_escape/* codeCell */.MZ)(series.name, 80)}${arrow}`,
            series.last === undefined ? 'never seen' : `**${(0,units.readable)(series.last)}**`,
            best === undefined ? '–' : `${(0,units.readable)(best.value)} (${best.step + 1})`,
            `${(0,units.grouped)(series.count)}${dropped}`,
        ];
    });
    return [
        {
            name: 'metrics',
            wordings: tableWordings('', ['Metric', 'Last', `Best (${word})`, 'Points'], rows, [60, 15, 5], 80, '|---|--:|--:|--:|'),
        },
    ];
}
function curves(train) {
    if (!train)
        return [];
    const all = charts(train.metrics, stepWord(train));
    const shown = all
        .slice(0, CHARTS_SHOWN)
        .map((text, index) => curve(index === 0 ? 'curves' : `curve ${index + 1}`, text, 50 - index));
    const more = all.slice(CHARTS_SHOWN);
    if (more.length > 0)
        shown.push(curve('more curves', details((0,units.counted)(more.length, 'more curve'), more.join('\n\n')), 36));
    return shown;
}
function curve(name, text, keep) {
    return {
        name,
        wordings: [
            { text, keep },
            { text: '', keep: Infinity },
        ],
    };
}
/** `epoch` where the hyperparameters say that this many were trained, else `value`. */
function stepWord(train) {
    const longest = Math.max(0, ...train.metrics.map((series) => series.count));
    const epochs = Object.entries(train.hyperparameters).find(([name]) => /^(?:n|num|max)?[-_]?(?:train[-_])?epochs?$/iu.test(name));
    return epochs && Number(epochs[1].replace(/^"|"$/gu, '')) === longest ? 'epoch' : 'value no.';
}
function log(record) {
    const train = record.train;
    if (!train || train.status === 'Completed' || train.logTail.length === 0)
        return [];
    const all = (0,report_escape.blockLines)(train.logTail, { lines: 150, lineLength: 300, keep: 'last' });
    if (all.length === 0)
        return [];
    const shown = all.slice(-LOG_LINES_SHOWN);
    const before = all.slice(0, -LOG_LINES_SHOWN);
    const short = (0,report_escape.blockLines)(train.logTail, { lines: 6, lineLength: 120, keep: 'last' });
    const blocks = [
        {
            name: 'the last lines of the log',
            wordings: [
                { text: `The last lines of the log:\n\n${(0,report_escape.fenced)(shown)}`, keep: 78 },
                { text: `The last lines of the log:\n\n${(0,report_escape.fenced)(short)}`, keep: 88 },
                { text: '', keep: Infinity },
            ],
        },
    ];
    if (before.length > 0) {
        const earlier = (lines) => details(`${(0,units.counted)(lines.length, 'line')} before`, (0,report_escape.fenced)(lines));
        blocks.push({
            name: 'earlier log lines',
            wordings: [
                { text: earlier(before), keep: 30 },
                ...(before.length > 40 ? [{ text: earlier(before.slice(-40)), keep: 45 }] : []),
                { text: '', keep: Infinity },
            ],
        });
    }
    return blocks;
}
function contract(record) {
    const verify = record.verify;
    if (!verify || verify.checks.length === 0)
        return [];
    const tally = (0,contract_tally/* tallyOf */.s)(verify.checks);
    const title = `Contract: ${tally.kept} of ${tally.promises} kept${(0,contract_tally/* restOf */.Y)(tally)} · ${(0,units.duration)(verify.seconds)}`;
    const rows = (length) => verify.checks.map((check) => [
        (0,report_escape/* codeCell */.MZ)(check.id, 60),
        verdictWord(check),
        check.verdict === 'skipped' ? '–' : (0,units.readable)(Math.round(check.seconds * 10) / 10),
        proofOf(check, length),
    ]);
    const text = (length, most) => details(title, table(['Check', 'Verdict', 'Seconds', 'Proof'], rows(length).slice(0, most), '|---|---|--:|---|', verify.checks.length));
    return [
        {
            name: 'contract checks',
            wordings: [
                { text: text(400, 60), keep: 60 },
                { text: text(80, 30), keep: 72 },
                { text: '', keep: Infinity },
            ],
        },
    ];
}
function verdictWord(check) {
    if (check.verdict === 'pass')
        return '✅ pass';
    if (check.verdict === 'skipped')
        return '⏭ skipped';
    return check.required ? '❌ fail' : '⚠️ advice';
}
function proofOf(check, length) {
    if (check.verdict === 'skipped')
        return (0,report_escape/* proseCell */.qy)(check.reason ?? '', length);
    const seen = (0,report_escape/* proseCell */.qy)(check.proof, length);
    return seen === '' ? (0,report_escape/* proseCell */.qy)(check.title, length) : seen;
}
function training(train) {
    if (!train)
        return [];
    const parts = [];
    const rows = [
        ['Status', `${(0,report_escape/* inline */.mG)(train.status)}${train.exitCode === undefined ? '' : `, exit code ${train.exitCode}`}`],
        ['Where', `the runner, ${(0,units.counted)(train.instanceCount, 'node')}, ${train.gpus ? 'with GPUs' : 'CPU'}`],
        ['Time', (0,units.duration)(train.seconds)],
    ];
    if (train.peakMemoryBytes !== undefined)
        rows.push(['Peak memory', exactSize(train.peakMemoryBytes)]);
    if (train.cpuSeconds !== undefined)
        rows.push(['CPU time', (0,units.duration)(train.cpuSeconds)]);
    parts.push(table(['Training', ''], rows));
    const hyperparameters = Object.entries(train.hyperparameters);
    if (hyperparameters.length > 0) {
        const cells = hyperparameters.slice(0, 60).map(([name, value]) => [(0,report_escape/* codeCell */.MZ)(name, 80), (0,report_escape/* codeCell */.MZ)(value, 160)]);
        parts.push(table(['Hyperparameter', 'Value'], cells, undefined, hyperparameters.length));
    }
    if (train.channels.length > 0) {
        const cells = train.channels
            .slice(0, 20)
            .map((channel) => [
            (0,report_escape/* codeCell */.MZ)(channel.name, 64),
            (0,report_escape/* inline */.mG)(channel.mode),
            (0,units.grouped)(channel.files),
            (0,units.size)(channel.sizeBytes),
        ]);
        parts.push(table(['Channel', 'Mode', 'Files', 'Size'], cells, '|---|---|--:|--:|', train.channels.length));
    }
    const title = [
        'Training',
        (0,units.counted)(hyperparameters.length, 'hyperparameter'),
        (0,units.counted)(train.channels.length, 'channel'),
    ];
    return [
        {
            name: 'training facts',
            wordings: [
                { text: details(title.join(' · '), parts.join('\n\n')), keep: 40 },
                { text: '', keep: Infinity },
            ],
        },
    ];
}
function markdown_image(record) {
    const build = record.build;
    if (!build)
        return [];
    const rows = [
        ['Name', (0,report_escape/* codeCell */.MZ)(build.reference, 160)],
        ['Image id', (0,report_escape/* codeCell */.MZ)(build.imageId, 80)],
        ...(build.configDigest === undefined ? [] : [['Config digest', (0,report_escape/* codeCell */.MZ)(build.configDigest, 80)]]),
        ['Platform', (0,report_escape/* codeCell */.MZ)(build.platform, 40)],
        ['Size', exactSize(build.sizeBytes)],
        ['Entrypoint', build.entrypoint === null ? 'none' : (0,report_escape/* codeCell */.MZ)(JSON.stringify(build.entrypoint), 240)],
        ['Command', build.cmd === null ? 'none' : (0,report_escape/* codeCell */.MZ)(JSON.stringify(build.cmd), 240)],
        ['User', build.user === '' ? 'root' : (0,report_escape/* codeCell */.MZ)(build.user, 60)],
        ['Working directory', (0,report_escape/* codeCell */.MZ)(build.workingDir === '' ? '/' : build.workingDir, 120)],
        ['Builder', (0,report_escape/* inline */.mG)(build.builder, 80)],
        ['Build time', (0,units.duration)(build.seconds)],
    ];
    const cached = build.cachedSteps !== undefined && build.totalSteps !== undefined
        ? `${build.cachedSteps} of ${build.totalSteps}`
        : undefined;
    if (cached !== undefined)
        rows.push(['Steps from cache', cached]);
    const facts = table(['Image', ''], rows);
    const biggest = [...build.layers].sort((a, b) => b.sizeBytes - a.sizeBytes).filter((layer) => layer.sizeBytes > 0);
    const layers = table(['Biggest layers', 'Size'], biggest.slice(0, 6).map((layer) => [(0,report_escape/* codeCell */.MZ)(layer.createdBy, 140), (0,units.size)(layer.sizeBytes)]), '|---|--:|');
    const title = [
        'Image',
        (0,units.size)(build.sizeBytes),
        (0,units.counted)(build.layers.length, 'layer'),
        `built in ${(0,units.duration)(build.seconds)}`,
    ];
    if (cached !== undefined)
        title.push(`${cached} steps from cache`);
    const summary = title.join(' · ');
    const wordings = [
        { text: details(summary, [facts, ...(biggest.length > 0 ? [layers] : [])].join('\n\n')), keep: 20 },
    ];
    if (biggest.length > 0)
        wordings.push({ text: details(summary, facts), keep: 35 });
    wordings.push({ text: '', keep: Infinity });
    return [{ name: 'image facts', wordings }];
}
function files(record) {
    const artifacts = record.train?.artifacts ?? [];
    if (artifacts.length === 0)
        return [];
    const most = 30;
    const rows = artifacts
        .slice(0, most)
        .map((artifact) => [
        (0,report_escape/* codeCell */.MZ)(artifact.name, 120),
        (0,report_escape/* inline */.mG)(artifact.kind, 20),
        exactSize(artifact.sizeBytes),
        (0,report_escape/* codeCell */.MZ)(artifact.sha256, 64),
    ]);
    const body = table(['File', 'Kind', 'Size', 'SHA-256'], rows, '|---|---|--:|---|', artifacts.length);
    const model = artifacts.find((artifact) => artifact.kind === 'model');
    const title = ['Files', (0,units.counted)(artifacts.length, 'file')];
    if (model)
        title.push(`model ${(0,units.size)(model.sizeBytes)}`);
    const url = record.artifactUrl === undefined ? undefined : (0,report_escape/* safeUrl */.Pl)(record.artifactUrl);
    const lead = url === undefined ? [] : [(0,report_escape/* link */.nf)('Download all of them', url)];
    return [
        {
            name: 'files',
            wordings: [
                { text: details(title.join(' · '), [...lead, body].join('\n\n')), keep: 38 },
                { text: '', keep: Infinity },
            ],
        },
    ];
}
function planAndTimes(record) {
    const { plan } = record;
    const row = (name, step, seconds) => [
        name,
        step.run ? 'yes' : 'no',
        seconds === undefined ? '–' : (0,units.duration)(seconds),
        (0,report_escape/* proseCell */.qy)(step.reason, 240),
    ];
    const rows = [
        row('build', plan.build, record.build?.seconds),
        row('verify', plan.verify, record.verify?.seconds),
        row('train', plan.train, record.train?.seconds),
        row('comment', plan.comment, undefined),
    ];
    const because = plan.because.trim() === '' ? [] : [`Because: ${(0,report_escape/* prose */.CS)(plan.because, 200)}.`];
    const body = [...because, table(['Step', 'Planned', 'Took', 'Why'], rows, '|---|---|--:|---|')].join('\n\n');
    // A dry run is nothing but its plan.
    const text = record.dryRun ? body : details('Plan and times', body);
    return [
        {
            name: 'plan',
            wordings: [
                { text, keep: 32 },
                { text: '', keep: Infinity },
            ],
        },
    ];
}
function locally(record, { recipe, secrets }) {
    const lines = reproduce(record, recipe, secrets);
    if (lines.length === 0)
        return [];
    return [
        {
            name: 'how to run it locally',
            wordings: [
                { text: details('Run it on your machine', (0,report_escape.fenced)(lines, 'sh')), keep: 42 },
                { text: '', keep: Infinity },
            ],
        },
    ];
}
/** Folded. GitHub needs the blank lines to see Markdown inside; the title is ours, without outside text. */
function details(title, body) {
    return `<details>\n<summary>${title}</summary>\n\n${body}\n\n</details>`;
}
function table(header, rows, rule, of) {
    const line = (cells) => `| ${cells.join(' | ')} |`;
    const more = of !== undefined && of > rows.length ? [``, `… and ${(0,units.grouped)(of - rows.length)} more.`] : [];
    return [line(header), rule ?? `|${'---|'.repeat(header.length)}`, ...rows.map(line), ...more].join('\n');
}
function tableWordings(lead, header, rows, steps, keep, rule) {
    const counts = steps.filter((count, index) => index === 0 || count < rows.length);
    return [
        ...counts.map((count, index) => ({
            text: `${lead}${table(header, rows.slice(0, count), rule, rows.length)}`,
            keep: keep + index * 6,
        })),
        { text: '', keep: Infinity },
    ];
}
function exactSize(bytes) {
    return bytes < 1000 ? (0,units.size)(bytes) : `${(0,units.size)(bytes)} (${(0,units.grouped)(bytes)} bytes)`;
}

;// CONCATENATED MODULE: ./src/report/summary.ts

/** The runner drops a step's summary above 1 MiB; all that the report can say stays far below. */
const summary_BUDGET_BYTES = 1024 * 1024 - 4096;
/** The report for the job summary: the same Markdown as the comment, without its marker and hardly ever cut. Pure. */
function toSummary(record, options = {}) {
    return toMarkdown(record, { ...options, budgetBytes: summary_BUDGET_BYTES });
}

// EXTERNAL MODULE: ./src/steps/secrets.ts
var steps_secrets = __webpack_require__(826);
;// CONCATENATED MODULE: ./src/steps/report.ts













/** Bytes of a comment, its marker included. */
const COMMENT_BYTES_MAX = 60_000;
/**
 * Renders the record: `report.md` and `report.json` beside it, job summary, sticky comment, outputs. Runs also when a
 * step before it failed, and does not turn red for that (the failed step did). A comment that cannot be made is a warning.
 */
const report = async (context) => {
    const { deps, record, folder } = context;
    setArtifactUrl(context);
    const secrets = (0,steps_secrets/* secretsOf */.F)(context);
    const options = { secrets, recipe: recipeOf(context) };
    const path = (0,external_node_path_.join)(folder, 'report.md');
    record.report = { path };
    const write = async () => {
        await (0,promises_.writeFile)(path, toSummary(record, options));
        await (0,promises_.writeFile)((0,external_node_path_.join)(folder, 'report.json'), `${JSON.stringify((0,redact.redactRecord)(record, secrets), null, 2)}\n`);
        await context.save();
    };
    // First on disk: whatever GitHub does now, the report is there.
    await write();
    const outcome = await comment(context, options);
    if ('url' in outcome)
        record.report.commentUrl = outcome.url;
    else
        record.report.commentSkipped = outcome.skipped;
    await write();
    await deps.summary(toSummary(record, options));
    setOutputs(deps, record);
    tell(deps, record, outcome);
};
async function comment({ deps, inputs, record }, options) {
    const { plan, run } = record;
    if (!plan.comment.run)
        return { skipped: plan.comment.reason, planned: false };
    if (!plan.pullRequest)
        return { skipped: 'there is no pull request', planned: false };
    const octokit = await deps.github(inputs.githubToken);
    if (!octokit)
        return { skipped: 'the input `github-token` is empty', planned: false };
    const [owner = '', repo = ''] = run.repository.split('/');
    const marker = markerOf(record);
    const budgetBytes = COMMENT_BYTES_MAX - Buffer.byteLength(markerLine(marker)) - 1;
    const markdown = toMarkdown(record, { ...options, budgetBytes });
    const target = { owner, repo, number: plan.pullRequest.number, marker };
    return upsertComment(target, markdown, { octokit, clock: deps.clock, signal: deps.signal });
}
/** The link that the upload step gave: believed only when it leads to the server of this run. */
function setArtifactUrl({ deps, record }) {
    const given = deps.env['BYOC_ARTIFACT_URL'];
    if (given === undefined || given === '')
        return;
    const url = (0,report_escape/* safeUrl */.Pl)(given);
    const { serverUrl } = record.run;
    if (url === undefined || !URL.canParse(serverUrl) || new URL(url).origin !== new URL(serverUrl).origin) {
        deps.log.warning('The link to the uploaded files does not lead to this GitHub server; the report does without it.');
        return;
    }
    record.artifactUrl = url;
}
function recipeOf({ inputs }) {
    return {
        context: inputs.context,
        buildArgs: inputs.buildArgs,
        ...(inputs.file === undefined ? {} : { file: inputs.file }),
        ...(inputs.target === undefined ? {} : { target: inputs.target }),
    };
}
function setOutputs({ outputs }, record) {
    outputs.set('verdict', (0,src_record/* verdictOf */.Vj)(record));
    outputs.set('metrics', JSON.stringify(metricsOf(record)));
    outputs.set('report-path', record.report?.path ?? '');
    outputs.set('comment-url', record.report?.commentUrl ?? '');
    outputs.set('training-job-status', record.train?.status ?? '');
}
/** `{ "val_acc": { "last": 0.927, "best": 0.931 } }`; `best` only where the metric's name tells what better means. */
function metricsOf(record) {
    return Object.fromEntries((record.train?.metrics ?? []).map((series) => {
        const best = bestOf(series)?.value;
        return [
            series.name,
            { ...(series.last === undefined ? {} : { last: series.last }), ...(best === undefined ? {} : { best }) },
        ];
    }));
}
/** What happened, as a short table at the end of the log. */
function tell({ log }, record, outcome) {
    const { plan, build, verify, train } = record;
    const rows = [];
    const row = (step, section, ok, what) => {
        const failed = record.errors.some((error) => error.step === step) || (section !== undefined && !ok);
        const cancelled = record.cancelled?.step === step;
        const result = cancelled
            ? 'cancelled'
            : failed
                ? 'failed'
                : section
                    ? 'ok'
                    : plan[step].run
                        ? 'not reached'
                        : 'not planned';
        rows.push([step, result, section ? (0,units.duration)(section.seconds) : '', what]);
    };
    row('build', build, true, build ? `${(0,units.size)(build.sizeBytes)}, ${build.layers.length} layers` : '');
    row('verify', verify, verify?.passed ?? true, verify ? `contract ${contractCount(record) ?? 'not checked'}` : '');
    const metrics = (train?.metrics ?? [])
        .filter((series) => series.last !== undefined)
        .slice(0, 4)
        .map((series) => `${(0,report_escape/* oneLine */.TN)(series.name, 40)} ${(0,units.readable)(series.last ?? NaN)}`);
    row('train', train, train?.status === 'Completed', train ? [train.status, ...metrics].join(', ') : '');
    rows.push([
        'comment',
        'url' in outcome ? outcome.action : 'skipped',
        '',
        'url' in outcome ? outcome.url : outcome.skipped,
    ]);
    const widths = [0, 1, 2].map((column) => Math.max(...rows.map((cells) => (cells[column] ?? '').length)));
    log.info(`Verdict: ${(0,src_record/* verdictOf */.Vj)(record)}`);
    // Metric names come from outside: the runner must not find a command in them.
    const sink = log.untrusted();
    for (const cells of rows)
        sink.line(cells
            .map((cell, column) => cell.padEnd(widths[column] ?? 0))
            .join('  ')
            .trimEnd());
    sink.close();
    log.info(`Report: ${record.report?.path ?? ''}`);
    if ('skipped' in outcome && outcome.planned === undefined)
        log.warning(`No comment on the pull request: ${outcome.skipped}.`);
}


/***/ }),

/***/ 826:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   F: () => (/* binding */ secretsOf)
/* harmony export */ });
/* harmony import */ var _secret_shapes__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2398);

/** Variables whose values are secrets wherever they turn up. */
const SECRET_VARIABLES = [
    'ACTIONS_ID_TOKEN_REQUEST_TOKEN',
    'ACTIONS_RUNTIME_TOKEN',
    'AWS_SECRET_ACCESS_KEY',
    'AWS_SESSION_TOKEN',
    'GITHUB_TOKEN',
    'GH_TOKEN',
];
/**
 * The values that must stand in nothing that is handed out: report, uploaded record and log. Beside the secrets
 * themselves, what was given under a secret's name where a secret does not belong.
 */
function secretsOf({ deps, inputs }) {
    const given = inputs.secrets.map((secret) => ('value' in secret ? secret.value : deps.env[secret.environmentName]));
    const known = SECRET_VARIABLES.map((name) => deps.env[name]);
    const named = [inputs.environment, inputs.buildArgs, inputs.hyperparameters, inputs.verifyHyperparameters].flatMap((values) => Object.entries(values)
        .filter(([name]) => (0,_secret_shapes__WEBPACK_IMPORTED_MODULE_0__/* .isSecretName */ .eh)(name))
        .map(([, value]) => value));
    const all = [inputs.githubToken, ...given, ...known, ...named].filter((value) => value !== undefined && value !== '');
    return [...new Set(all)];
}


/***/ })

};
;