"use strict";
exports.id = 401;
exports.ids = [401];
exports.modules = {

/***/ 5465:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $0: () => (/* binding */ neutralise),
/* harmony export */   UO: () => (/* binding */ neutraliseLines)
/* harmony export */ });
/* unused harmony exports LINE_CHARACTERS_MAX, lastState */
/**
 * Takes everything out of a text that the runner, a terminal or a reader's eye would obey instead of show.
 *
 * The runner reads commands from stdout and stderr: `::name::` at the start of a line (after white space of any kind)
 * and `##[name]` anywhere in it; its lines end at `\n`, `\r\n` and a lone `\r`. Text comes back as lines that hold
 * neither controls nor invisible characters nor `##[`; the caller's prefix keeps `::` away from the start.
 */
/** Longest line shown, in UTF-16 units; the live view of a run cuts at 1,024 anyway. */
const LINE_CHARACTERS_MAX = 2_000;
/** Raw text looked at per line: escape sequences count, so it is more than is shown, and one line cannot cost much. */
const RAW_CHARACTERS_MAX = 8 * LINE_CHARACTERS_MAX;
const LINE_END = /\r\n|[\n\v\f\u0085\u2028\u2029]/;
const PLAIN = /^[\x20-\x7e]*$/;
// The patterns below name control characters on purpose; they are built from strings since a literal would trip readers
// and linters alike. Each is linear: no nested repetition.
const ESC = '\\u001b';
/** OSC, DCS, SOS, PM and APC strings, up to their terminator or, unterminated, to the end of the line. */
const CONTROL_STRING = `(?:${ESC}[\\]PX^_]|[\\u009d\\u0090\\u0098\\u009e\\u009f])[^\\u0007\\u001b\\u009c]*(?:\\u0007|${ESC}\\\\|\\u009c)?`;
/** CSI sequences, such as colours and cursor movements. */
const CONTROL_SEQUENCE = `(?:${ESC}\\[|\\u009b)[0-?]*[ -/]*[@-~]?`;
/** Two- and three-character escapes, such as a change of the character set. */
const SHORT_ESCAPE = `${ESC}[ -/]*[0-~]?`;
const ESCAPES = new RegExp(`${CONTROL_STRING}|${CONTROL_SEQUENCE}|${SHORT_ESCAPE}`, 'g');
/**
 * Controls, formats (bidi, zero-width, soft hyphen, tags) and all else that Unicode lets a renderer ignore. They are
 * dropped before `##[` is looked for: the runner compares by culture, where an ignorable character inside a marker may
 * not count.
 */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]/gu;
const LONE_SURROGATE = /\p{Cs}/gu;
/**
 * One line made harmless and short. Line ends in it become spaces. Add a prefix of your own before you print it: `::` at the
 * start stays.
 */
function neutralise(text, charactersMax = LINE_CHARACTERS_MAX) {
    if (text.length <= charactersMax && PLAIN.test(text))
        return breakMarkers(text);
    // One more than is looked at, so that a cut through a pair leaves a lone surrogate, which is replaced below.
    let line = text.slice(0, RAW_CHARACTERS_MAX);
    line = line.replace(/[\n\r\v\f\u0085\u2028\u2029]/g, ' ').replaceAll('\t', '    ');
    line = line.replace(ESCAPES, '').replace(INVISIBLE, '').replace(LONE_SURROGATE, '\ufffd');
    if (line.length > charactersMax || text.length > RAW_CHARACTERS_MAX) {
        const shown = line.slice(0, charactersMax).replace(LONE_SURROGATE, '');
        line = `${shown} … (${text.length} characters, cut)`;
    }
    return breakMarkers(line);
}
/**
 * The lines of `text`, each harmless. A progress bar, which overwrites itself with lone carriage returns, is folded to
 * its last state, as a terminal would show it.
 */
function* neutraliseLines(text, charactersMax = LINE_CHARACTERS_MAX) {
    if (PLAIN.test(text)) {
        yield neutralise(text, charactersMax);
        return;
    }
    for (const line of text.split(LINE_END))
        yield neutralise(lastState(line), charactersMax);
}
/** What stands on the line after all carriage returns: the last part that is not empty. */
function lastState(line) {
    if (!line.includes('\r'))
        return line;
    let end = line.length;
    while (end > 0) {
        const start = line.lastIndexOf('\r', end - 1) + 1;
        if (line.slice(start, end).trim() !== '')
            return line.slice(start, end);
        end = start - 1;
    }
    return '';
}
/** The runner itself writes `##\[` where it must not be obeyed. */
function breakMarkers(line) {
    return line.includes('##[') ? line.replaceAll('##[', '##\\[') : line;
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


/***/ }),

/***/ 401:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   train: () => (/* binding */ train),
/* harmony export */   trainWith: () => (/* binding */ trainWith)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_fs_promises__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1___default = /*#__PURE__*/__webpack_require__.n(node_path__WEBPACK_IMPORTED_MODULE_1__);
/* harmony import */ var _errors__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3916);
/* harmony import */ var _neutralise__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(5465);
/* harmony import */ var _secrets__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(826);





/** SageMaker's own default; what really bounds a run here is the job's `timeout-minutes`. */
const MAX_RUNTIME_SECONDS = 24 * 60 * 60;
/** A line of our own about how far it is: no sooner after the last one than this, and no later than that. */
const PROGRESS_SECONDS_MIN = 10;
const PROGRESS_SECONDS_MAX = 60;
const RECORD_TAIL_LINES = 50;
const FILE_TAIL_LINES = 2_000;
const PICTURES_MAX = 10;
const PICTURE_BYTES_MAX = 5 * 1024 * 1024;
const PICTURE_NAME = /\.(?:png|jpe?g|svg)$/i;
/** The full training, on this machine, in the contract runner. */
const train = async (context) => {
    const { createContractRunner } = await Promise.all(/* import() */[__webpack_require__.e(118), __webpack_require__.e(858)]).then(__webpack_require__.bind(__webpack_require__, 6858));
    await trainWith(context, createContractRunner);
};
/**
 * See {@link train}; the runner is handed in.
 *
 * @throws UserError when the training fails, or claims success without a model or a declared metric;
 *   CancelledError when the runner asked us to end: the containers are gone by then.
 */
async function trainWith(context, createRunner) {
    const { deps, inputs, record } = context;
    const { log, clock, signal, outputs } = deps;
    if (!record.build)
        throw new Error('The step train needs the section build of the record');
    const [{ checkChannels }, { Docker }, { measureFolder }, { readEngineFacts }, { compileMetricDefinitions, MetricReader }, { LogTail },] = await Promise.all([
        __webpack_require__.e(/* import() */ 220).then(__webpack_require__.bind(__webpack_require__, 1220)),
        __webpack_require__.e(/* import() */ 380).then(__webpack_require__.bind(__webpack_require__, 4380)),
        __webpack_require__.e(/* import() */ 395).then(__webpack_require__.bind(__webpack_require__, 1395)),
        __webpack_require__.e(/* import() */ 866).then(__webpack_require__.bind(__webpack_require__, 866)),
        Promise.all(/* import() */[__webpack_require__.e(856), __webpack_require__.e(503)]).then(__webpack_require__.bind(__webpack_require__, 5503)),
        __webpack_require__.e(/* import() */ 821).then(__webpack_require__.bind(__webpack_require__, 6202)),
    ]);
    const channels = await checkChannels(context.workspace, 'input-data-config', inputs.inputDataConfig);
    const metrics = new MetricReader(compileMetricDefinitions(inputs.metricDefinitions));
    const sizes = await Promise.all(channels.map(({ path }) => measureFolder(path)));
    const measured = channels.map((channel, index) => ({ ...channel, files: 0, sizeBytes: 0, ...sizes[index] }));
    const engine = await readEngineFacts(new Docker(deps.exec), signal);
    checkDiskSpace(measured, inputs.instanceCount, engine.freeBytes);
    const jobName = await nameOf(context, measured);
    const began = clock.seconds();
    const section = {
        startedAt: clock.now().toISOString(),
        seconds: 0,
        backend: 'runner',
        status: 'InProgress',
        instanceCount: inputs.instanceCount,
        gpus: engine.gpus,
        hyperparameters: inputs.hyperparameters,
        channels: measured.map(({ name, files, sizeBytes, mode }) => ({ name, files, sizeBytes, mode })),
        metrics: metrics.series(),
        artifacts: [],
        logTail: [],
    };
    record.train = section;
    await context.save();
    outputs.set('training-job-name', jobName);
    log.info(`Training job ${jobName}: ${inputs.instanceCount} node(s), ${engine.gpus ? 'all GPUs' : 'CPU'}.`);
    const artifactFolder = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(context.folder, 'artifacts');
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.mkdir)(artifactFolder, { recursive: true });
    const recordTail = new LogTail(RECORD_TAIL_LINES);
    const fileTail = new LogTail(FILE_TAIL_LINES);
    const runner = createRunner({ exec: deps.exec, clock, runId: record.id, signal });
    let job;
    const faults = [];
    const attempt = async (work) => {
        try {
            await work();
        }
        catch (fault) {
            faults.push(fault);
        }
    };
    try {
        const follower = await follow(context, metrics, [recordTail, fileTail], began);
        let result;
        try {
            job = await runner.start({
                image: record.build.imageId,
                jobName,
                region: deps.env['AWS_REGION'] ?? 'us-east-1',
                // The words of the SageMaker Python SDK's local mode.
                instanceType: engine.gpus ? 'local_gpu' : 'local',
                instanceCount: inputs.instanceCount,
                hyperparameters: inputs.hyperparameters,
                channels,
                environment: inputs.environment,
                networkIsolation: false,
                gpus: engine.gpus,
                maxRuntimeSeconds: MAX_RUNTIME_SECONDS,
            }, follower.line);
            result = await job.done;
        }
        finally {
            await follower.close();
        }
        section.status = result.status;
        Object.assign(section, factsOf(result, recordTail));
        const modelBytes = await collect(job, artifactFolder, section).catch((fault) => {
            // Why the training failed is worth more than that half a model could not be kept.
            if (result.status === 'Completed')
                throw fault;
            log.info(`What the training left could not be kept: ${(0,_errors__WEBPACK_IMPORTED_MODULE_2__/* .messageOf */ .bD)(fault)}`);
            return 0;
        });
        section.metrics = metrics.series();
        await judge(context, section, modelBytes, result);
    }
    catch (error) {
        if (section.status === 'InProgress') {
            section.status = error instanceof _errors__WEBPACK_IMPORTED_MODULE_2__/* .CancelledError */ .cc || signal.aborted ? 'Stopped' : 'Failed';
            section.logTail = recordTail.lines();
        }
        faults.push(error);
        // Cancelled: the containers end now; what they hold is of no use to anybody.
        if (signal.aborted)
            await attempt(() => job?.kill());
    }
    section.seconds = clock.seconds() - began;
    section.metrics = metrics.series();
    // First of all what runs: it may also be what fills the disk that the rest is written to.
    await attempt(() => job?.dispose());
    await attempt(() => outputs.set('training-job-status', section.status));
    await attempt(() => context.save());
    await attempt(() => leave(context, artifactFolder, fileTail));
    // What came first is the cause.
    for (const fault of faults.slice(1))
        log.info(`Also: ${(0,_errors__WEBPACK_IMPORTED_MODULE_2__/* .messageOf */ .bD)(fault)}`);
    if (faults.length > 0)
        throw faults[0];
}
/** SageMaker copies every File channel for every node; so does the runner, into the engine's volumes. */
function checkDiskSpace(channels, instanceCount, freeBytes) {
    const needed = instanceCount * channels.reduce((sum, { sizeBytes, mode }) => sum + (mode === 'File' ? sizeBytes : 0), 0);
    if (freeBytes === undefined || needed <= freeBytes)
        return;
    const gigabytes = (bytes) => `${(bytes / 1e9).toFixed(1)} GB`;
    throw new _errors__WEBPACK_IMPORTED_MODULE_2__/* .UserError */ .yo(`The channels need ${gigabytes(needed)} as copies (File mode, ${instanceCount} node(s)), but the Docker engine's disk has ${gigabytes(freeBytes)} free.`, { fix: 'Use mode FastFile, which is not copied, in `input-data-config`, or free disk space before this step.' });
}
async function nameOf({ deps, inputs, record }, channels) {
    const { trainingJobName } = await __webpack_require__.e(/* import() */ 183).then(__webpack_require__.bind(__webpack_require__, 5183));
    const { pullRequest, sha } = record.plan;
    return trainingJobName({
        repository: record.run.repository,
        ...(pullRequest ? { pullRequest: pullRequest.number } : {}),
        ref: deps.env['GITHUB_REF_NAME'] ?? '',
        sha,
        request: {
            image: [inputs.file ?? '', inputs.target ?? '', inputs.buildArgs],
            channels: channels.map(({ name, mode, files, sizeBytes }) => [name, mode, files, sizeBytes]),
            hyperparameters: inputs.hyperparameters,
            environment: inputs.environment,
            instanceCount: inputs.instanceCount,
        },
    });
}
/** Shows the log and how far the training is, and reads the metrics. */
async function follow({ deps, inputs }, metrics, tails, began) {
    const { log, clock } = deps;
    const { ProgressFolding } = await __webpack_require__.e(/* import() */ 999).then(__webpack_require__.bind(__webpack_require__, 9999));
    const sink = log.untrusted();
    const ended = new AbortController();
    const several = inputs.instanceCount > 1;
    const show = (host, text) => {
        const line = (0,_neutralise__WEBPACK_IMPORTED_MODULE_3__/* .neutralise */ .$0)(text);
        for (const tail of tails)
            tail.add(several ? `${host} | ${line}` : line);
        sink.line(text, several ? host : undefined);
    };
    const foldings = new Map();
    const foldingOf = (host) => {
        const known = foldings.get(host);
        if (known)
            return known;
        const made = new ProgressFolding((line) => show(host, line), () => clock.seconds());
        foldings.set(host, made);
        return made;
    };
    const watch = async () => {
        const { progressLine } = await __webpack_require__.e(/* import() */ 63).then(__webpack_require__.bind(__webpack_require__, 2063));
        let shownAt = began;
        let shownValues = 0;
        while (!ended.signal.aborted) {
            try {
                await clock.sleep(PROGRESS_SECONDS_MIN * 1_000, ended.signal);
            }
            catch {
                return;
            }
            const series = metrics.series();
            const values = series.reduce((sum, { count }) => sum + count, 0);
            if (values === shownValues && clock.seconds() - shownAt < PROGRESS_SECONDS_MAX)
                continue;
            shownAt = clock.seconds();
            shownValues = values;
            log.info(`Training: ${progressLine(shownAt - began, inputs.hyperparameters, series)}`);
        }
    };
    const watching = watch();
    return {
        line: (host, text, overwritten = false) => {
            metrics.read(text, clock.now().getTime());
            foldingOf(host).read(text, overwritten);
        },
        close: async () => {
            ended.abort();
            await watching;
            for (const folding of foldings.values())
                folding.flush();
            sink.close();
        },
    };
}
/** The part of the section that the result tells. */
function factsOf(result, tail) {
    const failed = result.nodes.find(({ exitCode }) => exitCode !== 0);
    const node = failed ?? result.nodes[0];
    return {
        ...(node ? { exitCode: node.exitCode } : {}),
        ...(result.status === 'Completed' ? {} : { failureReason: result.failureReason ?? sentenceFor(result) }),
        ...(result.peakMemoryBytes === undefined ? {} : { peakMemoryBytes: result.peakMemoryBytes }),
        ...(result.cpuSeconds === undefined ? {} : { cpuSeconds: result.cpuSeconds }),
        logTail: failed ? failed.tail.map((line) => (0,_neutralise__WEBPACK_IMPORTED_MODULE_3__/* .neutralise */ .$0)(line)) : tail.lines(),
    };
}
function sentenceFor({ secondaryStatus, nodes }) {
    if (secondaryStatus === 'MaxRuntimeExceeded')
        return `It ran longer than ${MAX_RUNTIME_SECONDS} seconds.`;
    const node = nodes.find(({ exitCode }) => exitCode !== 0);
    return node ? `${node.host} ended with exit code ${node.exitCode}.` : 'It was stopped.';
}
/** Brings home what the job left, also when it failed: half a model may explain why. Returns the bytes in the model folder. */
async function collect(job, folder, section) {
    const { results } = job;
    const entries = await results.modelEntries();
    const archives = [
        {
            kind: 'model',
            name: 'model.tar.gz',
            saved: await results.saveModelArchive((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, 'model.tar.gz')),
        },
        {
            kind: 'output',
            name: 'output.tar.gz',
            saved: await results.saveOutputArchive((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, 'output.tar.gz')),
        },
    ];
    const limits = { files: PICTURES_MAX, bytesPerFile: PICTURE_BYTES_MAX };
    const pictures = await results.saveOutputFiles(PICTURE_NAME, (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, 'pictures'), limits);
    const artifacts = archives.flatMap(({ kind, name, saved }) => (saved ? [{ ...saved, kind, name }] : []));
    section.artifacts = [...artifacts, ...pictures.map((picture) => ({ ...picture, kind: 'picture' }))];
    return entries.reduce((sum, { type, sizeBytes }) => sum + (type === 'file' ? sizeBytes : 0), 0);
}
async function judge({ deps, inputs }, section, modelBytes, result) {
    if (result.status !== 'Completed') {
        const code = section.exitCode === undefined ? '' : `, exit code ${section.exitCode}`;
        throw new _errors__WEBPACK_IMPORTED_MODULE_2__/* .UserError */ .yo(`The training ${result.status === 'Failed' ? 'failed' : 'was stopped'}${code}: ${(0,_neutralise__WEBPACK_IMPORTED_MODULE_3__/* .neutralise */ .$0)(section.failureReason ?? '', 500)}`, {
            fix: fixFor(result),
            details: section.logTail.slice(-20),
        });
    }
    const [{ shortcomings }, { progressLine }, units] = await Promise.all([
        __webpack_require__.e(/* import() */ 415).then(__webpack_require__.bind(__webpack_require__, 415)),
        __webpack_require__.e(/* import() */ 63).then(__webpack_require__.bind(__webpack_require__, 2063)),
        __webpack_require__.e(/* import() */ 885).then(__webpack_require__.bind(__webpack_require__, 7885)),
    ]);
    const missing = shortcomings(modelBytes, section.metrics);
    if (missing.length > 0) {
        throw new _errors__WEBPACK_IMPORTED_MODULE_2__/* .UserError */ .yo(`The training exited 0, but ${missing.map(({ message }) => message).join('; ')}.`, {
            fix: missing.map(({ fix }) => fix).join('\n'),
            details: section.logTail.slice(-20),
        });
    }
    const model = section.artifacts.find(({ kind }) => kind === 'model');
    if (model)
        deps.outputs.set('model-artifacts', model.path);
    const summary = progressLine(result.seconds, inputs.hyperparameters, section.metrics);
    deps.log.info(`Training completed: ${summary}${model ? ` · model ${units.size(model.sizeBytes)}` : ''}`);
}
function fixFor(result) {
    const node = result.nodes.find(({ exitCode }) => exitCode !== 0);
    if (node?.oomKilled)
        return 'It ran out of memory: take a smaller batch size or model, or a runner with more memory.';
    if (node?.startError !== undefined)
        return 'Correct ENTRYPOINT in the Dockerfile: the container must start with the argument `train`.';
    return /^AlgorithmError: , /.test(result.failureReason ?? 'AlgorithmError: , ')
        ? 'The last lines of its log say more; write the cause to /opt/ml/output/failure so that it is shown here.'
        : 'The container says why; the last lines of its log are below.';
}
/**
 * Leaves the folder that is uploaded complete: record and log beside the archives, both redacted, since whoever may read
 * the repository may read them. Its path is handed on, green or red.
 */
async function leave(context, artifactFolder, tail) {
    const { deps, record } = context;
    const { redact, redactRecord } = await __webpack_require__.e(/* import() */ 649).then(__webpack_require__.bind(__webpack_require__, 649));
    const secrets = (0,_secrets__WEBPACK_IMPORTED_MODULE_4__/* .secretsOf */ .F)(context);
    await Promise.all([
        (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.writeFile)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(artifactFolder, 'record.json'), `${JSON.stringify(redactRecord(record, secrets), null, 2)}\n`),
        (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.writeFile)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(artifactFolder, 'log-tail.txt'), `${redact(tail.lines().join('\n'), secrets)}\n`),
    ]);
    deps.outputs.set('artifact-path', artifactFolder);
}


/***/ })

};
;