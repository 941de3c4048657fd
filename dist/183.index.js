"use strict";
exports.id = 183;
exports.ids = [183];
exports.modules = {

/***/ 5183:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   trainingJobName: () => (/* binding */ trainingJobName)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_crypto__WEBPACK_IMPORTED_MODULE_0__);

const REF_CHARACTERS_MAX = 16;
/**
 * `byoc-<repo8>-<pr<n>|ref≤16>-<sha7>-<req8>`: the same request on the same commit always has the same name. `repo8` is a
 * hash of the whole repository name, since two repositories in one account may well begin alike. At most 48 characters of
 * `[A-Za-z0-9-]`, no two hyphens in a row, which SageMaker's `TrainingJobName` (63) takes. Pure.
 */
function trainingJobName(identity) {
    const where = identity.pullRequest === undefined ? refPart(identity.ref ?? '') : `pr${identity.pullRequest}`;
    const repository = hash(identity.repository.toLowerCase());
    return ['byoc', repository, where, identity.sha.slice(0, 7), hash(canonical(identity.request))].join('-');
}
function refPart(ref) {
    const plain = ref.replace(/[^A-Za-z0-9]+/g, '-').replace(/^-+/, '');
    return plain.slice(0, REF_CHARACTERS_MAX).replace(/-+$/, '') || 'ref';
}
function hash(text) {
    return (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256').update(text).digest('hex').slice(0, 8);
}
/** JSON with the keys of every object in order. */
function canonical(value) {
    return JSON.stringify(value, (_key, part) => {
        if (part === null || typeof part !== 'object' || Array.isArray(part))
            return part;
        return Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
    });
}


/***/ })

};
;