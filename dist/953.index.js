"use strict";
exports.id = 953;
exports.ids = [953];
exports.modules = {

/***/ 8953:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   makeRunFolder: () => (/* binding */ makeRunFolder),
/* harmony export */   newRunId: () => (/* binding */ newRunId),
/* harmony export */   readRecord: () => (/* binding */ readRecord),
/* harmony export */   writeRecord: () => (/* binding */ writeRecord)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_crypto__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1455);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_1___default = /*#__PURE__*/__webpack_require__.n(node_fs_promises__WEBPACK_IMPORTED_MODULE_1__);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6760);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2___default = /*#__PURE__*/__webpack_require__.n(node_path__WEBPACK_IMPORTED_MODULE_2__);
/* harmony import */ var _disk_full__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(5022);
/* harmony import */ var _errors__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(3916);
/* harmony import */ var _record__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(4846);






/** Makes the run's private folder, `<parent>/byoc-<random>` (mode 0700), and returns its path. */
async function makeRunFolder(parent) {
    return (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.mkdtemp)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(parent, 'byoc-'));
}
/** An id for the label `byoc.run`: 12 hex digits. */
function newRunId() {
    return (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.randomBytes)(6).toString('hex');
}
/**
 * Writes the record so that a reader finds the old one or the new one, whole, whatever moment the process dies at:
 * a temporary file in the same folder, flushed, then renamed.
 *
 * @throws UserError when the disk is full; nothing is left beside the old record then
 */
async function writeRecord(path, record) {
    const temporary = (0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.dirname)(path), `.record-${(0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.randomBytes)(4).toString('hex')}.tmp`);
    try {
        const file = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.open)(temporary, 'wx', 0o600);
        try {
            await file.writeFile(`${JSON.stringify(record, null, 2)}\n`);
            await file.sync();
        }
        finally {
            await file.close();
        }
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.rename)(temporary, path);
    }
    catch (error) {
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.rm)(temporary, { force: true }).catch(() => undefined);
        throw (0,_disk_full__WEBPACK_IMPORTED_MODULE_3__/* .diskFull */ .xg)(error, path);
    }
}
/** @throws UserError when there is none, it is no JSON, or another version of the action wrote it. */
async function readRecord(path) {
    if (!path) {
        throw new _errors__WEBPACK_IMPORTED_MODULE_4__/* .UserError */ .yo('No record: BYOC_RECORD is empty.', {
            fix: 'Run the step `plan` first; action.yml hands its output `record-path` on.',
        });
    }
    let text;
    try {
        text = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.readFile)(path, 'utf8');
    }
    catch (error) {
        throw new _errors__WEBPACK_IMPORTED_MODULE_4__/* .UserError */ .yo(`The record ${path} can't be read.`, {
            fix: 'It lies under RUNNER_TEMP and lives as long as the job: all steps must run in one job.',
            cause: error,
        });
    }
    let value;
    try {
        value = JSON.parse(text);
    }
    catch (error) {
        throw new _errors__WEBPACK_IMPORTED_MODULE_4__/* .UserError */ .yo(`The record ${path} is no JSON.`, {
            fix: 'Something else wrote to it; run the job again.',
            cause: error,
        });
    }
    const version = value?.version;
    if (version !== _record__WEBPACK_IMPORTED_MODULE_5__/* .RECORD_VERSION */ .hl) {
        throw new _errors__WEBPACK_IMPORTED_MODULE_4__/* .UserError */ .yo(`The record ${path} has version ${String(version)}; this action writes ${_record__WEBPACK_IMPORTED_MODULE_5__/* .RECORD_VERSION */ .hl}.`, {
            fix: 'Use one version of the action in all steps of a run.',
        });
    }
    return value;
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


/***/ })

};
;