"use strict";
exports.id = 422;
exports.ids = [422];
exports.modules = {

/***/ 8422:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   parseInputs: () => (/* binding */ parseInputs)
/* harmony export */ });
/* unused harmony export INPUTS */
/* harmony import */ var valibot__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7934);
/* harmony import */ var _errors__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3916);
/* harmony import */ var _record__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(4846);



/** Thrown inside a schema's transform; becomes the issue's message. */
class SyntaxFault extends Error {
}
/** A string turned into something else by `parse`, which throws {@link SyntaxFault} with what is wrong. */
function parsed(parse) {
    return valibot__WEBPACK_IMPORTED_MODULE_1__/* .pipe */ .FsL(valibot__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP(), valibot__WEBPACK_IMPORTED_MODULE_1__/* .rawTransform */ .NTK(({ dataset, addIssue, NEVER }) => {
        try {
            return parse(dataset.value);
        }
        catch (error) {
            if (!(error instanceof SyntaxFault))
                throw error;
            addIssue({ message: error.message });
            return NEVER;
        }
    }));
}
/** YAML 1.2 core booleans, as the toolkit's `getBooleanInput` takes them. */
const bool = parsed((text) => {
    if (/^(true|True|TRUE)$/.test(text))
        return true;
    if (/^(false|False|FALSE)$/.test(text))
        return false;
    throw new SyntaxFault('must be true or false');
});
const text = parsed((value) => value);
const optionalText = parsed((value) => (value === '' ? undefined : value));
const choice = (allowed) => parsed((value) => {
    if (!allowed.includes(value))
        throw new SyntaxFault(`must be one of ${allowed.join(', ')}`);
    return value;
});
const integer = (least, most) => parsed((value) => {
    const number = /^\d{1,9}$/.test(value) ? Number(value) : NaN;
    if (!(number >= least && number <= most))
        throw new SyntaxFault(`must be a whole number from ${least} to ${most}`);
    return number;
});
/** Commas or line breaks between items. */
function splitList(value) {
    return value
        .split(/[,\n]/)
        .map((item) => item.trim())
        .filter((item) => item !== '');
}
const lineList = parsed((value) => value
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#')));
const listOf = (allowed, also) => parsed((value) => splitList(value).map((item) => {
    if (!allowed.includes(item) && !also?.test(item)) {
        const hint = didYouMean(item, allowed);
        throw new SyntaxFault(`has «${item}»${hint}; allowed are ${allowed.join(', ')}${also ? ', lint-…' : ''}`);
    }
    return item;
}));
/** One `name=value` a line, split at the first `=`, the value verbatim; `#` starts a comment line. */
function splitLines(value, what, secret = false) {
    const pairs = [];
    value.split('\n').forEach((raw, index) => {
        const line = raw.replace(/\r$/, '');
        if (line.trim() === '' || line.trimStart().startsWith('#'))
            return;
        const at = line.indexOf('=');
        const name = line.slice(0, at).trim();
        if (at < 1 || name === '') {
            const colon = /^\s*([\w.-]+):\s+(.*)$/.exec(line);
            const hint = colon && !secret ? `; write ${colon[1] ?? ''}=${(colon[2] ?? '').slice(0, 40)}` : '';
            throw new SyntaxFault(`line ${index + 1}${secret ? '' : `, «${line.trim().slice(0, 60)}»,`} is no ${what}=value${hint}`);
        }
        if (pairs.some(([known]) => known === name))
            throw new SyntaxFault(`line ${index + 1} gives «${name}» a second time`);
        pairs.push([name, line.slice(at + 1)]);
    });
    return pairs;
}
const lines = (limits) => parsed((value) => {
    const pairs = splitLines(value, limits.what);
    if (limits.count !== undefined && pairs.length > limits.count) {
        throw new SyntaxFault(`has ${pairs.length} entries; SageMaker takes at most ${limits.count}`);
    }
    for (const [name, text] of pairs) {
        if (limits.name && !limits.name.test(name))
            throw new SyntaxFault(`«${name}» is no name of the form ${limits.name.source}`);
        if (limits.nameMax !== undefined && name.length > limits.nameMax) {
            throw new SyntaxFault(`the name «${name.slice(0, 40)}…» is longer than ${limits.nameMax} characters`);
        }
        if (limits.oneLine && /[\r\v\f\u0085\u2028\u2029]/.test(name + text)) {
            throw new SyntaxFault(`«${name.slice(0, 40)}» has a line break inside`);
        }
        if (limits.valueMax !== undefined && text.length > limits.valueMax) {
            throw new SyntaxFault(`the value of «${name}» is longer than ${limits.valueMax} characters`);
        }
    }
    return Object.fromEntries(pairs);
});
// Limits of CreateTrainingJob: 100 entries, key ≤ 256, value ≤ 2500.
const hyperparameters = lines({ what: 'name', count: 100, nameMax: 256, valueMax: 2500, oneLine: true });
const CHANNEL_NAME = /^[A-Za-z0-9._-]{1,64}$/;
/** `train=data/train`, `train=file://data/train`, or `train={"InputMode": "FastFile", "DataSource": …}`. */
const channels = parsed((value) => {
    const pairs = splitLines(value, 'channel');
    if (pairs.length > 20)
        throw new SyntaxFault(`has ${pairs.length} channels; SageMaker takes at most 20`);
    return pairs.map(([name, raw]) => {
        // «.» and «..» fit SageMaker's pattern, yet can be no folder's name.
        if (!CHANNEL_NAME.test(name) || name === '.' || name === '..') {
            throw new SyntaxFault(`«${name}» is no channel name (1 to 64 letters, digits, «.», «_», «-»)`);
        }
        const source = raw.trim();
        return source.startsWith('{')
            ? channelFromJson(name, source)
            : { name, path: localPath(name, source), mode: 'File' };
    });
});
function localPath(channel, source) {
    if (/^(s3|https):\/\//.test(source)) {
        throw new SyntaxFault(`the channel «${channel}» lies in S3 (${source}), which the backend runner does not read; name a folder of the workspace`);
    }
    const path = source.replace(/^file:\/\//, '');
    if (path === '')
        throw new SyntaxFault(`the channel «${channel}» names no folder`);
    return path;
}
const channelSchema = valibot__WEBPACK_IMPORTED_MODULE_1__/* .strictObject */ .rej({
    ChannelName: valibot__WEBPACK_IMPORTED_MODULE_1__/* .optional */ .lqM(valibot__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP()),
    ContentType: valibot__WEBPACK_IMPORTED_MODULE_1__/* .optional */ .lqM(valibot__WEBPACK_IMPORTED_MODULE_1__/* .pipe */ .FsL(valibot__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP(), valibot__WEBPACK_IMPORTED_MODULE_1__/* .maxLength */ .Ru6(256))),
    CompressionType: valibot__WEBPACK_IMPORTED_MODULE_1__/* .optional */ .lqM(valibot__WEBPACK_IMPORTED_MODULE_1__/* .literal */ .euz('None')),
    RecordWrapperType: valibot__WEBPACK_IMPORTED_MODULE_1__/* .optional */ .lqM(valibot__WEBPACK_IMPORTED_MODULE_1__/* .literal */ .euz('None')),
    InputMode: valibot__WEBPACK_IMPORTED_MODULE_1__/* .optional */ .lqM(valibot__WEBPACK_IMPORTED_MODULE_1__/* .picklist */ .KIO(['File', 'FastFile'])),
    DataSource: valibot__WEBPACK_IMPORTED_MODULE_1__/* .strictObject */ .rej({
        S3DataSource: valibot__WEBPACK_IMPORTED_MODULE_1__/* .strictObject */ .rej({
            S3DataType: valibot__WEBPACK_IMPORTED_MODULE_1__/* .optional */ .lqM(valibot__WEBPACK_IMPORTED_MODULE_1__/* .literal */ .euz('S3Prefix')),
            S3Uri: valibot__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP(),
            S3DataDistributionType: valibot__WEBPACK_IMPORTED_MODULE_1__/* .optional */ .lqM(valibot__WEBPACK_IMPORTED_MODULE_1__/* .literal */ .euz('FullyReplicated')),
        }),
    }),
});
function channelFromJson(name, source) {
    let json;
    try {
        json = JSON.parse(source);
    }
    catch (error) {
        throw new SyntaxFault(`the channel «${name}» is no JSON: ${error instanceof Error ? error.message : ''}`);
    }
    const result = valibot__WEBPACK_IMPORTED_MODULE_1__/* .safeParse */ .xLC(channelSchema, json);
    if (!result.success) {
        const issue = result.issues[0];
        throw new SyntaxFault(`the channel «${name}»: ${valibot__WEBPACK_IMPORTED_MODULE_1__/* .getDotPath */ .BuJ(issue) ?? 'value'}: ${issue.message}`);
    }
    const channel = result.output;
    if (channel.ChannelName !== undefined && channel.ChannelName !== name) {
        throw new SyntaxFault(`the channel «${name}» calls itself «${channel.ChannelName}» in its JSON`);
    }
    return {
        name,
        path: localPath(name, channel.DataSource.S3DataSource.S3Uri),
        mode: channel.InputMode ?? 'File',
        ...(channel.ContentType === undefined ? {} : { contentType: channel.ContentType }),
    };
}
const secrets = parsed((value) => splitLines(value, 'id', true).map(([id, text]) => {
    if (!/^[A-Za-z0-9._-]{1,128}$/.test(id))
        throw new SyntaxFault(`«${id}» is no secret id`);
    if (!text.startsWith('@'))
        return { id, value: text };
    const environmentName = text.slice(1).trim();
    if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(environmentName)) {
        throw new SyntaxFault(`the secret «${id}» takes its value from «@…», which names no environment variable`);
    }
    return { id, environmentName };
}));
const metricDefinitions = parsed((value) => {
    const pairs = splitLines(value, 'name');
    if (pairs.length > 40)
        throw new SyntaxFault(`has ${pairs.length} definitions; SageMaker takes at most 40`);
    return pairs.map(([name, regex]) => {
        if (name.length > 255)
            throw new SyntaxFault('a metric name is longer than 255 characters');
        if (regex === '' || regex.length > 500) {
            throw new SyntaxFault(`the regex of «${name}» has ${regex.length} characters; allowed are 1 to 500`);
        }
        return { name, regex };
    });
});
function input(description, schema) {
    return { ...description, schema };
}
/**
 * The only description of the inputs, in the order of the README table. The key is the property of {@link Inputs}.
 * `action.yml` and the README table are generated from it (`npm run docs`).
 */
const INPUTS = {
    dryRun: input({ name: 'dry-run', type: 'bool', default: 'false', help: 'Print the plan with its reasons and stop.' }, bool),
    githubToken: input({
        name: 'github-token',
        type: 'string',
        default: '${{ github.token }}',
        help: 'For the comment and for permissions; needs `pull-requests: write` to comment.',
        secret: true,
    }, optionalText),
    context: input({ name: 'context', type: 'path', default: '.', help: 'Build context, inside the workspace.' }, text),
    file: input({ name: 'file', type: 'path', default: '', help: 'Dockerfile; empty means `{context}/Dockerfile`.' }, optionalText),
    target: input({ name: 'target', type: 'string', default: '', help: 'Build stage to stop at.' }, optionalText),
    buildArgs: input({ name: 'build-args', type: 'lines', default: '', help: 'Build arguments, `NAME=value` a line.' }, lines({ what: 'NAME', name: /^[A-Za-z_][A-Za-z0-9_]*$/ })),
    secrets: input({
        name: 'secrets',
        type: 'lines',
        default: '',
        help: 'BuildKit secrets, `id=value` or `id=@ENV_NAME` a line; never in argv or the log.',
        secret: true,
    }, secrets),
    cacheFrom: input({ name: 'cache-from', type: 'lines', default: '', help: 'Layer caches to read, one a line (buildx syntax).' }, lineList),
    cacheTo: input({ name: 'cache-to', type: 'lines', default: '', help: 'Layer caches to write, one a line (buildx syntax).' }, lineList),
    noCache: input({ name: 'no-cache', type: 'bool', default: 'false', help: 'Ignore the layer cache.' }, bool),
    verify: input({
        name: 'verify',
        type: 'enum',
        default: 'standard',
        help: '`off`, `standard`, or `strict` (advisory checks turn the run red too).',
    }, choice(['off', 'standard', 'strict'])),
    verifyChannels: input({ name: 'verify-channels', type: 'lines', default: '', help: 'Small samples for verify, `channel=folder` a line.' }, channels),
    verifyHyperparameters: input({
        name: 'verify-hyperparameters',
        type: 'lines',
        default: '',
        help: 'Laid over `hyperparameters` while verifying, so that a run takes seconds.',
    }, hyperparameters),
    verifySkip: input({ name: 'verify-skip', type: 'list', default: '', help: 'Ids of checks not to run.' }, listOf(_record__WEBPACK_IMPORTED_MODULE_2__/* .CHECK_IDS */ .Sh, /^lint-[a-z-]+$/)),
    trainOn: input({
        name: 'train-on',
        type: 'list',
        default: 'label,comment,dispatch',
        help: 'What starts training: `label`, `comment`, `dispatch`, `pull_request`, `merge`.',
    }, listOf(['label', 'comment', 'dispatch', 'pull_request', 'merge'])),
    backend: input({ name: 'backend', type: 'enum', default: 'runner', help: 'Where training runs: `runner`, this machine.' }, choice(['runner'])),
    inputDataConfig: input({
        name: 'input-data-config',
        type: 'lines',
        default: '',
        help: 'Training data, `channel=folder` a line, or `channel={…}`, a Channel as JSON with a `file://` URI.',
    }, channels),
    hyperparameters: input({
        name: 'hyperparameters',
        type: 'lines',
        default: '',
        help: '`name=value` a line; strings, as SageMaker has them.',
    }, hyperparameters),
    metricDefinitions: input({
        name: 'metric-definitions',
        type: 'lines',
        default: '',
        help: '`name=regex` a line; one group that captures a number.',
    }, metricDefinitions),
    environment: input({ name: 'environment', type: 'lines', default: '', help: "The container's environment, `NAME=value` a line." }, lines({ what: 'NAME', count: 100, name: /^[A-Za-z_][A-Za-z0-9_]*$/, nameMax: 512, valueMax: 512 })),
    instanceCount: input({ name: 'instance-count', type: 'int', default: '1', help: 'Nodes: containers on a network of their own.' }, integer(1, 20)),
    onCancel: input({
        name: 'on-cancel',
        type: 'enum',
        default: 'stop',
        help: 'What a cancelled workflow does with a training: `stop` or `leave`; on the runner always `stop`.',
    }, choice(['stop', 'leave'])),
    comment: input({ name: 'comment', type: 'bool', default: 'true', help: 'Keep one comment on the pull request up to date.' }, bool),
    commentKey: input({
        name: 'comment-key',
        type: 'string',
        default: '',
        help: 'Which comment is ours; empty means one for each workflow, job and matrix entry.',
    }, optionalText),
    uploadArtifacts: input({
        name: 'upload-artifacts',
        type: 'bool',
        default: 'true',
        help: 'Keep model, output, record and pictures as a workflow artifact.',
    }, bool),
};
/**
 * Parses what action.yml hands over: a JSON object of strings (`${{ toJSON(inputs) }}`).
 *
 * @throws UserError that lists every wrong input: its name, its value, what is allowed.
 */
function parseInputs(json) {
    const given = readObject(json);
    const descriptions = Object.entries(INPUTS);
    const faults = [];
    const known = new Set(descriptions.map(([, { name }]) => name));
    for (const name of Object.keys(given)) {
        if (!known.has(name))
            faults.push(`\`${name}\`: there is no such input${didYouMean(name, [...known])}`);
    }
    const result = {};
    for (const [key, description] of descriptions) {
        // Empty means not given: the default counts (which is empty for those without one). A token default is an
        // expression that the runner has already evaluated; outside a runner it must not be taken literally.
        const fallback = description.default.startsWith('${{') ? '' : description.default;
        const value = given[description.name];
        const outcome = valibot__WEBPACK_IMPORTED_MODULE_1__/* .safeParse */ .xLC(description.schema, value === undefined || value === '' ? fallback : value);
        if (outcome.success)
            result[key] = outcome.output;
        else
            faults.push(faultLine(description, value ?? '', outcome.issues[0].message));
    }
    if (faults.length === 0)
        checkCombinations(result, faults);
    if (faults.length > 0) {
        throw new _errors__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo(faults.length === 1 ? `Input ${faults[0]}` : `${faults.length} inputs are wrong:\n- ${faults.join('\n- ')}`, {
            fix: 'Correct the `with:` block of the step that uses this action.',
        });
    }
    return result;
}
/** `; did you mean «x»?` for a word within two slips of a known one, else nothing. */
function didYouMean(word, known) {
    const near = known.map((name) => ({ name, slips: slipsBetween(word, name) })).sort((a, b) => a.slips - b.slips)[0];
    return near !== undefined && near.slips <= 2 ? `; did you mean «${near.name}»?` : '';
}
/** Levenshtein's distance; words here are short. */
function slipsBetween(a, b) {
    let row = Array.from({ length: b.length + 1 }, (_, index) => index);
    for (let i = 1; i <= Math.min(a.length, 60); i += 1) {
        const next = [i];
        for (let j = 1; j <= b.length; j += 1) {
            const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
            next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
        }
        row = next;
    }
    return row[b.length] ?? 0;
}
/** Combinations that no single input can refuse. */
function checkCombinations(inputs, faults) {
    if (inputs.onCancel === 'leave') {
        faults.push('`on-cancel: leave`: with `backend: runner` the container ends with the runner, so nothing can be left running; use `on-cancel: stop`');
    }
}
function faultLine(description, value, message) {
    if (description.secret)
        return `\`${description.name}\`: ${message}`;
    const shown = value.length > 80 ? `${value.slice(0, 80)}…` : value;
    return `\`${description.name}\`: ${message} (it is ${JSON.stringify(shown)})`;
}
function readObject(json) {
    if (json === undefined || json === '')
        return {};
    let value;
    try {
        value = JSON.parse(json);
    }
    catch (error) {
        throw new _errors__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo('BYOC_INPUTS is no JSON.', {
            fix: 'It is set by action.yml as `${{ toJSON(inputs) }}`; by hand, give an object of strings.',
            cause: error,
        });
    }
    const result = valibot__WEBPACK_IMPORTED_MODULE_1__/* .safeParse */ .xLC(valibot__WEBPACK_IMPORTED_MODULE_1__/* .record */ .g1P(valibot__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP(), valibot__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP()), value);
    if (!result.success) {
        throw new _errors__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo('BYOC_INPUTS is no object of strings.', {
            fix: 'It is set by action.yml as `${{ toJSON(inputs) }}`; by hand, quote every value.',
        });
    }
    return result.output;
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