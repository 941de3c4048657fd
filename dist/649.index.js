"use strict";
exports.id = 649;
exports.ids = [649];
exports.modules = {

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


/***/ })

};
;