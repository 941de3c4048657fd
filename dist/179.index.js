"use strict";
exports.id = 179;
exports.ids = [179];
exports.modules = {

/***/ 2179:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   cleanup: () => (/* binding */ cleanup)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_fs_promises__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1___default = /*#__PURE__*/__webpack_require__.n(node_path__WEBPACK_IMPORTED_MODULE_1__);
/* harmony import */ var _errors__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3916);



/** A client that was cut off in the middle of a call may get its wish a moment later. */
const LATE_PAUSE_MILLISECONDS = 400;
const LATE_QUIET_ROUNDS = 3;
const ROUNDS_MAX = 15;
/**
 * Ends and removes whatever a run has left: processes by the run's mark in their environment, what is in the Docker
 * engine by the run's label alone, and values in the run's folder. Runs always, also when the
 * process before it was killed; can run again; and never turns a job red: the run's own steps have said what was wrong.
 */
async function cleanup({ env, clock, exec, log }) {
    const path = env['BYOC_RECORD'];
    if (!path) {
        log.info('Nothing to clean up: no run was planned.');
        return;
    }
    const [{ readRecord, writeRecord }, { endOrphans }] = await Promise.all([
        __webpack_require__.e(/* import() */ 953).then(__webpack_require__.bind(__webpack_require__, 8953)),
        __webpack_require__.e(/* import() */ 644).then(__webpack_require__.bind(__webpack_require__, 8644)),
    ]);
    // Before anything else: whoever still asks the engine for something would go on doing so, and our own clients come later.
    const ended = await endOrphans(path, clock);
    if (ended > 0)
        log.info(`Ended what a killed step had left running (processes: ${ended}).`);
    await removeValues((0,node_path__WEBPACK_IMPORTED_MODULE_1__.dirname)(path)).catch((error) => log.debug(`cleanup: ${(0,_errors__WEBPACK_IMPORTED_MODULE_2__/* .messageOf */ .bD)(error)}`));
    let record;
    try {
        record = await readRecord(path);
    }
    catch (error) {
        log.debug(`cleanup: ${(0,_errors__WEBPACK_IMPORTED_MODULE_2__/* .messageOf */ .bD)(error)}`);
    }
    const ids = record ? [record.id].filter(isRunId) : await idsNear(path);
    if (ids.length === 0) {
        log.info('Nothing to clean up: the run’s record is gone, and with it the label of its containers.');
        return;
    }
    const [{ Docker }, { removeLabelled, RUN_LABEL }] = await Promise.all([
        __webpack_require__.e(/* import() */ 380).then(__webpack_require__.bind(__webpack_require__, 4380)),
        __webpack_require__.e(/* import() */ 414).then(__webpack_require__.bind(__webpack_require__, 3414)),
    ]);
    const docker = new Docker(exec);
    const cut = record?.cancelled?.step ?? record?.running;
    let removed = 0;
    for (const id of ids) {
        try {
            removed += await removeLabelled(docker, clock, `${RUN_LABEL}=${id}`, {
                // Only a run that was cut off can have a call in flight.
                quietRounds: cut === undefined && record ? 1 : LATE_QUIET_ROUNDS,
                pauseMilliseconds: LATE_PAUSE_MILLISECONDS,
                roundsMax: ROUNDS_MAX,
            });
        }
        catch (error) {
            // Without an engine nothing of ours can be running in it.
            log.info(`Could not clean up the Docker engine: ${(0,_errors__WEBPACK_IMPORTED_MODULE_2__/* .messageOf */ .bD)(error)}`);
        }
    }
    if (removed > 0)
        log.info(`Removed from the Docker engine what the run had left (containers, volumes, networks: ${removed}).`);
    // A cancel that came before a step's process could listen leaves no other trace than the job's own word.
    const cancelled = env['BYOC_JOB_STATUS'] === 'cancelled';
    const step = cut ?? (cancelled && record ? nextStep(record) : undefined);
    if (record && step !== undefined && !record.cancelled) {
        record.cancelled = { step, signal: cancelled ? 'SIGINT' : 'SIGKILL', at: clock.now().toISOString() };
        delete record.running;
        if (record.train?.status === 'InProgress')
            record.train.status = 'Stopped';
        await writeRecord(path, record).catch((error) => log.debug(`cleanup: ${(0,_errors__WEBPACK_IMPORTED_MODULE_2__/* .messageOf */ .bD)(error)}`));
    }
}
/** Removes the values of containers' variables that a killed step could not remove itself. */
async function removeValues(folder) {
    const { CLIENT_FOLDER_PREFIX } = await __webpack_require__.e(/* import() */ 343).then(__webpack_require__.bind(__webpack_require__, 3343));
    const names = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readdir)(folder).catch(() => []);
    for (const name of names) {
        if (name.startsWith(CLIENT_FOLDER_PREFIX))
            await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.rm)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, name), { recursive: true, force: true });
    }
}
/** The step that would have come next. */
function nextStep({ plan, build, verify, train }) {
    if (plan.build.run && !build)
        return 'build';
    if (plan.verify.run && !verify)
        return 'verify';
    return plan.train.run && !train ? 'train' : 'report';
}
function isRunId(id) {
    return typeof id === 'string' && /^[0-9a-f]{12}$/.test(id);
}
/** Run ids in a broken record, or in the unfinished ones that lie beside a lost one. Only our own private folder is read. */
async function idsNear(path) {
    const folder = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.dirname)(path);
    const beside = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readdir)(folder).catch(() => []);
    const names = [(0,node_path__WEBPACK_IMPORTED_MODULE_1__.basename)(path), ...beside.filter((name) => /^\.record-[0-9a-f]+\.tmp$/.test(name))];
    const ids = new Set();
    for (const name of names) {
        const text = await readHead((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, name));
        const id = /"id":\s*"([0-9a-f]{12})"/.exec(text)?.[1];
        if (id !== undefined)
            ids.add(id);
    }
    return [...ids];
}
/** The beginning of a file, where the id stands; empty when it cannot be read. */
async function readHead(path) {
    try {
        const file = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.open)(path, 'r');
        try {
            const { buffer, bytesRead } = await file.read(Buffer.alloc(4096), 0, 4096, 0);
            return buffer.toString('utf8', 0, bytesRead);
        }
        finally {
            await file.close();
        }
    }
    catch {
        return '';
    }
}


/***/ })

};
;