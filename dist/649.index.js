export const id = 649;
export const ids = [649];
export const modules = {

/***/ 649:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   X: () => (/* binding */ REDACTED),
/* harmony export */   redact: () => (/* binding */ redact),
/* harmony export */   redactRecord: () => (/* binding */ redactRecord)
/* harmony export */ });
/** What stands where a secret stood; the same sign as the runner's own masks. */
const REDACTED = '***';
/** Secrets shorter than this are not looked for: taking out every `1` ruins a report and hides nothing. */
const SECRET_LENGTH_MIN = 6;
/** Known shapes, each with what replaces it. */
const SHAPES = [
    // A private key, also one whose end or whose beginning was cut off.
    [/-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z0-9 ]{0,40}PRIVATE KEY-----|$)/gu, REDACTED],
    [/(?:^|\n)(?:[A-Za-z0-9+/=]{16,}\s*\n)*-----END [A-Z0-9 ]{0,40}PRIVATE KEY-----/gu, `\n${REDACTED}`],
    // AWS access key ids: long-term, temporary, bearer and context-specific.
    [/(?<![A-Z0-9])(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}(?![A-Z0-9])/gu, REDACTED],
    [
        /((?:aws_?)?(?:secret_?access_?key|session_?token|security_?token)["']?\s{0,4}[:=]\s{0,4}["']?)[A-Za-z0-9/+=_-]{16,}/giu,
        `$1${REDACTED}`,
    ],
    // GitHub, Hugging Face, npm, Slack.
    [/\b(?:gh[pousr]_[A-Za-z0-9_.-]{20,}|github_pat_[A-Za-z0-9_]{20,})/gu, REDACTED],
    [/\b(?:hf_[A-Za-z0-9]{30,}|npm_[A-Za-z0-9]{36,}|xox[abeoprs]-[A-Za-z0-9-]{10,})/gu, REDACTED],
    // JSON Web Tokens: an OIDC token is good for a role.
    [/\beyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]*/gu, REDACTED],
    // Headers.
    [
        /\b((?:proxy-)?authorization["']?\s{0,4}[:=]\s{0,4}["']?(?:(?:bearer|basic|token)\s+)?)[^\s"',]+/giu,
        `$1${REDACTED}`,
    ],
    [/\b(bearer\s+)[A-Za-z0-9._~+/=-]{8,}/giu, `$1${REDACTED}`],
];
/** Query parameters that make an address a key: S3, CloudFront, Google, Azure. */
const SIGNED = /[?&](?:X-Amz-|X-Goog-|Signature=|sig=|AWSAccessKeyId=|Key-Pair-Id=|access_token=)/iu;
/** Names whose value is a secret whatever it looks like. Not `tokenizer`, not `max_tokens`, not `pad_token`. */
const SECRET_NAME = /(?:^|[-_.])(?:secret|secrets|password|passwd|passphrase|credentials?|api[-_]?key|access[-_]?key|private[-_]?key|(?:auth|access|api|hf|hub|github|gh|session|bearer|refresh|secret)[-_]?token)$|^token$/iu;
/** Takes out what looks like a credential, and every given secret value in its plain, JSON, URL and base64 form. Pure. */
function redact(text, secrets = []) {
    let result = text;
    for (const form of formsOf(secrets))
        result = result.replaceAll(form, REDACTED);
    for (const [shape, replacement] of SHAPES)
        result = result.replace(shape, replacement);
    // Token by token, so that a line of many half addresses costs no more than its length.
    if (!result.includes('://'))
        return result;
    return result.replace(/[^\s"'<>`]+/gu, (token) => {
        if (!token.includes('://'))
            return token;
        const withoutUser = token.replace(/:\/\/[^/?#@]*@/u, `://${REDACTED}@`);
        return SIGNED.test(withoutUser)
            ? `${withoutUser.slice(0, withoutUser.search(/[?]/u) + 1)}${REDACTED}`
            : withoutUser;
    });
}
/** A copy of the record with every text in it redacted: what `report.json` holds and what the report is made from. Pure. */
function redactRecord(record, secrets = []) {
    return redactValue(record, secrets);
}
function redactValue(value, secrets) {
    if (typeof value === 'string')
        return redact(value, secrets);
    if (Array.isArray(value)) {
        const items = value;
        // A key may run over many lines of a log: lines are looked at together.
        if (items.length > 1 && items.every((item) => typeof item === 'string')) {
            return redact(items.join('\n'), secrets).split('\n');
        }
        return items.map((item) => redactValue(item, secrets));
    }
    if (typeof value !== 'object' || value === null)
        return value;
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [
        redact(name, secrets),
        typeof item === 'string' && SECRET_NAME.test(name) && item !== '' ? REDACTED : redactValue(item, secrets),
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


/***/ })

};
