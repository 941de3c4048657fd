"use strict";
exports.id = 644;
exports.ids = [644];
exports.modules = {

/***/ 8644:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   endOrphans: () => (/* binding */ endOrphans)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_fs_promises__WEBPACK_IMPORTED_MODULE_0__);

/** How long a client may take to call off what it had asked the engine for. */
const GRACE_MILLISECONDS = 3_000;
const POLL_MILLISECONDS = 50;
/**
 * Ends what a killed step has left running: every process that carries this run's `BYOC_RECORD` in its environment
 * ({@link realExec} puts it there), but ourselves and the shells that we run in. First SIGTERM, at which the docker
 * client and buildx call off a build, then SIGKILL. By environment and not by kept process ids: nothing to write before
 * a kill can fall, and an id in use again is never mistaken. Linux only; elsewhere nothing is found.
 *
 * @param recordPath path of the run's record, which no other run has
 * @returns how many processes there were
 */
async function endOrphans(recordPath, clock) {
    const family = await ancestors(process.pid);
    const find = () => carriers(`BYOC_RECORD=${recordPath}`, family);
    const seen = new Set();
    let left = await find();
    for (let waited = 0; left.length > 0 && waited < GRACE_MILLISECONDS; waited += POLL_MILLISECONDS) {
        // Once each: the docker client takes the third SIGTERM for an order to drop everything.
        for (const pid of left.filter((one) => !seen.has(one)))
            send(pid, 'SIGTERM');
        for (const pid of left)
            seen.add(pid);
        await clock.sleep(POLL_MILLISECONDS);
        left = await find();
    }
    for (const pid of left) {
        seen.add(pid);
        send(pid, 'SIGKILL');
    }
    return seen.size;
}
/** Processes with `entry` in the environment they were started with; of others' processes none is seen. */
async function carriers(entry, except) {
    const names = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readdir)('/proc').catch(() => []);
    const pids = names.filter((name) => /^\d+$/.test(name)).map(Number);
    const found = await Promise.all(pids
        .filter((pid) => !except.has(pid))
        .map(async (pid) => ((await readProc(pid, 'environ')).split('\0').includes(entry) ? [pid] : [])));
    return found.flat();
}
/** A process and all above it. */
async function ancestors(pid) {
    const family = new Set();
    for (let one = pid; one > 0 && !family.has(one);) {
        family.add(one);
        one = Number(/^PPid:\s*(\d+)$/m.exec(await readProc(one, 'status'))?.[1] ?? 0);
    }
    return family;
}
/** Empty for a process that is not ours, or has ended meanwhile. */
function readProc(pid, file) {
    return (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readFile)(`/proc/${pid}/${file}`, 'utf8').catch(() => '');
}
function send(pid, signal) {
    try {
        process.kill(pid, signal);
    }
    catch {
        // It ended meanwhile.
    }
}


/***/ })

};
;