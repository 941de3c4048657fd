"use strict";
exports.id = 248;
exports.ids = [248];
exports.modules = {

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


/***/ })

};
;