"use strict";
exports.id = 202;
exports.ids = [202];
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

/***/ 3202:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   scorecardLine: () => (/* binding */ scorecardLine),
/* harmony export */   verify: () => (/* binding */ verify),
/* harmony export */   verifyWith: () => (/* binding */ verifyWith)
/* harmony export */ });
/* harmony import */ var _contract_tally__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2908);
/* harmony import */ var _errors__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3916);


/** Runs the built image as SageMaker would and scores each promise of the container contract. */
const verify = async (context) => {
    const { createContractRunner } = await Promise.all(/* import() */[__webpack_require__.e(118), __webpack_require__.e(858)]).then(__webpack_require__.bind(__webpack_require__, 6858));
    await verifyWith(context, createContractRunner);
};
/**
 * See {@link verify}; the runner is handed in, and tests shorten the times.
 *
 * @throws UserError naming the failed required checks with their fixes
 */
async function verifyWith(context, createRunner, times = {}) {
    const { deps, inputs, record } = context;
    const { log, clock, exec, signal } = deps;
    const { reason, run } = record.plan.verify;
    if (!run || inputs.verify === 'off') {
        log.info(`No verification: ${inputs.verify === 'off' ? '`verify` is off' : reason}.`);
        return;
    }
    if (!record.build)
        throw new Error('The step verify needs the section build of the record');
    const [{ verifyImage, DEFAULT_TIMES }, { checkChannels }, { Docker }, { compileMetricDefinitions }, { readEngineFacts },] = await Promise.all([
        Promise.all(/* import() */[__webpack_require__.e(856), __webpack_require__.e(118), __webpack_require__.e(462)]).then(__webpack_require__.bind(__webpack_require__, 5462)),
        __webpack_require__.e(/* import() */ 220).then(__webpack_require__.bind(__webpack_require__, 1220)),
        __webpack_require__.e(/* import() */ 380).then(__webpack_require__.bind(__webpack_require__, 4380)),
        Promise.all(/* import() */[__webpack_require__.e(856), __webpack_require__.e(503)]).then(__webpack_require__.bind(__webpack_require__, 5503)),
        __webpack_require__.e(/* import() */ 866).then(__webpack_require__.bind(__webpack_require__, 866)),
    ]);
    // The training's own data stands in for a sample that was not given.
    const channels = inputs.verifyChannels.length > 0
        ? await checkChannels(context.workspace, 'verify-channels', inputs.verifyChannels)
        : await checkChannels(context.workspace, 'input-data-config', inputs.inputDataConfig);
    const metrics = compileMetricDefinitions(inputs.metricDefinitions);
    const { gpus } = await readEngineFacts(new Docker(exec), signal);
    const begun = clock.seconds();
    const section = {
        startedAt: clock.now().toISOString(),
        seconds: 0,
        level: inputs.verify,
        checks: [],
        // Until all is known, nothing is proven.
        passed: false,
    };
    record.verify = section;
    await context.save();
    const runner = createRunner({ exec, clock, runId: record.id, signal });
    try {
        section.checks = await verifyImage({
            exec,
            clock,
            signal,
            runId: record.id,
            runner,
            image: record.build.imageId,
            jobName: `byoc-verify-${record.id}`,
            region: deps.env['AWS_REGION'] ?? 'us-east-1',
            hyperparameters: { ...inputs.hyperparameters, ...inputs.verifyHyperparameters },
            channels,
            environment: inputs.environment,
            gpus,
            metrics,
            times: { ...DEFAULT_TIMES, ...times },
            rules: {
                level: inputs.verify,
                skip: inputs.verifySkip,
                hasMetricDefinitions: metrics.length > 0,
                instanceCount: inputs.instanceCount,
            },
            show: async (title, body) => log.group(title, async () => {
                const sink = log.untrusted();
                try {
                    return await body((host, line) => sink.line(line, host));
                }
                finally {
                    sink.close();
                }
            }),
            onDecided: async (result) => {
                section.checks.push(result);
                section.seconds = clock.seconds() - begun;
                log.info(scorecardLine(result));
                await context.save();
            },
        });
        section.passed = failedOnes(section).length === 0;
    }
    finally {
        section.seconds = clock.seconds() - begun;
        await context.save();
        // Each run has tidied up after itself, but for one that was cut short. The cleanup step comes too; what it would say here
        // must not hide why we ended.
        await runner.removeAll().catch((error) => log.debug(`after verify: ${(0,_errors__WEBPACK_IMPORTED_MODULE_0__/* .messageOf */ .bD)(error)}`));
    }
    tell(section, deps.log);
}
function failedOnes(section) {
    return section.checks.filter(({ required, verdict }) => required && verdict === 'fail');
}
const SIGNS = { pass: '✓', fail: '✗', skipped: '–' };
/** `✓ model  1 file, 12.1 MB (0.0 s)`. Proofs are neutralised where they are made. Pure. */
function scorecardLine({ id, required, verdict, seconds, proof, reason, fix }) {
    const sign = verdict === 'fail' && !required ? '!' : SIGNS[verdict];
    const words = verdict === 'skipped' ? `skipped: ${reason ?? ''}` : proof;
    const time = seconds > 0 ? ` (${seconds.toFixed(1)} s)` : '';
    const lines = [`${sign} ${id.padEnd(15)} ${words}${time}`];
    if (verdict === 'fail' && fix !== undefined)
        lines.push(`  ${' '.repeat(15)} → ${fix}`);
    return lines.join('\n');
}
function tell(section, log) {
    const failed = failedOnes(section);
    const tally = (0,_contract_tally__WEBPACK_IMPORTED_MODULE_1__/* .tallyOf */ .s)(section.checks);
    const advisory = section.checks.filter(({ required, verdict }) => !required && verdict === 'fail');
    log.info(`Contract: ${tally.kept} kept, ${tally.broken} broken${(0,_contract_tally__WEBPACK_IMPORTED_MODULE_1__/* .restOf */ .Y)(tally)}, in ${section.seconds.toFixed(0)} s.`);
    if (failed.length > 0) {
        throw new _errors__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo(`The image breaks the container contract: ${failed.map(({ id, proof }) => `${id} (${proof})`).join('; ')}.`, { fix: failed.map(({ id, fix }) => `${id}: ${fix ?? ''}`).join('\n') });
    }
    if (advisory.length > 0) {
        log.warning(advisory.map(({ id, proof, fix }) => `${id}: ${proof}. ${fix ?? ''}`).join('\n'), 'The image would train, but could do better');
    }
}


/***/ })

};
;