"use strict";
exports.id = 359;
exports.ids = [359,953];
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


/***/ }),

/***/ 1359:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  plan: () => (/* binding */ plan_plan)
});

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./src/errors.ts
var errors = __webpack_require__(3916);
;// CONCATENATED MODULE: ./src/event/event.ts
/** A payload that its kind promises something it does not hold. */
class PayloadError extends Error {
    name = 'PayloadError';
}
const SHA = /^[0-9a-f]{40}$/;
/**
 * @param name - `GITHUB_EVENT_NAME`
 * @param payload - the parsed file of `GITHUB_EVENT_PATH`
 * @throws PayloadError when a field that decides something is missing or of the wrong form
 */
function readEvent(name, payload) {
    const root = object(payload, 'the payload');
    switch (name) {
        case 'pull_request':
            return pullRequest(root);
        case 'issue_comment': {
            const issue = object(root['issue'], 'issue');
            const comment = object(root['comment'], 'comment');
            return {
                kind: 'issue_comment',
                action: string(root['action'], 'action'),
                number: number(issue['number'], 'issue.number'),
                pullRequest: typeof issue['pull_request'] === 'object' && issue['pull_request'] !== null,
                // Who wrote it, not who opened the pull request.
                commenter: string(object(comment['user'], 'comment.user')['login'], 'comment.user.login'),
                firstLine: (string(comment['body'] ?? '', 'comment.body').split(/\r\n|\n|\r/)[0] ?? '').trim(),
            };
        }
        case 'push': {
            const ref = string(root['ref'], 'ref');
            const branch = /^refs\/heads\/(.+)$/.exec(ref)?.[1];
            const tag = /^refs\/tags\/(.+)$/.exec(ref)?.[1];
            const repository = object(root['repository'], 'repository');
            const head = root['head_commit'];
            return {
                kind: 'push',
                ...(branch === undefined ? {} : { branch }),
                ...(tag === undefined ? {} : { tag }),
                // For an annotated tag `after` is the tag object; the commit it names is `head_commit.id`.
                sha: sha(tag !== undefined && isObject(head) ? head['id'] : root['after'], 'after'),
                defaultBranch: string(repository['default_branch'] ?? repository['master_branch'], 'repository.default_branch'),
                deleted: root['deleted'] === true,
            };
        }
        case 'merge_group': {
            const group = object(root['merge_group'], 'merge_group');
            return {
                kind: 'merge_group',
                sha: sha(group['head_sha'], 'merge_group.head_sha'),
                branch: string(group['base_ref'], 'merge_group.base_ref').replace(/^refs\/heads\//, ''),
            };
        }
        case 'release': {
            const release = object(root['release'], 'release');
            return {
                kind: 'release',
                action: string(root['action'], 'action'),
                tag: string(release['tag_name'], 'release.tag_name'),
                draft: release['draft'] === true,
            };
        }
        case 'workflow_dispatch':
        case 'schedule':
        case 'workflow_run':
        case 'pull_request_target':
            return { kind: name };
        default:
            return { kind: 'unknown', name: name.replace(/[^\w-]/g, '?').slice(0, 60) };
    }
}
function pullRequest(root) {
    const pull = object(root['pull_request'], 'pull_request');
    const head = object(pull['head'], 'pull_request.head');
    const base = object(pull['base'], 'pull_request.base');
    const baseRepository = object(base['repo'], 'pull_request.base.repo');
    // A deleted fork leaves `head.repo: null`; what can't be told to be ours counts as a fork.
    const headRepository = head['repo'];
    const fork = !isObject(headRepository) || headRepository['id'] !== baseRepository['id'];
    const sender = isObject(root['sender']) ? root['sender']['login'] : undefined;
    const label = isObject(root['label']) ? root['label']['name'] : undefined;
    const action = string(root['action'], 'action');
    return {
        kind: 'pull_request',
        action,
        number: number(pull['number'] ?? root['number'], 'pull_request.number'),
        sha: sha(head['sha'], 'pull_request.head.sha'),
        head: string(head['ref'], 'pull_request.head.ref'),
        base: string(base['ref'], 'pull_request.base.ref'),
        fork,
        dependabot: sender === 'dependabot[bot]',
        ...(action === 'labeled' && typeof label === 'string' ? { labelAdded: label } : {}),
        merged: pull['merged'] === true,
    };
}
function isObject(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}
function object(value, name) {
    if (!isObject(value))
        throw new PayloadError(`${name} is no object`);
    return value;
}
function string(value, name) {
    if (typeof value !== 'string')
        throw new PayloadError(`${name} is no string`);
    return value;
}
function number(value, name) {
    if (typeof value !== 'number' || !Number.isSafeInteger(value))
        throw new PayloadError(`${name} is no whole number`);
    return value;
}
function sha(value, name) {
    const text = string(value, name);
    if (!SHA.test(text))
        throw new PayloadError(`${name} is no commit id`);
    return text;
}

;// CONCATENATED MODULE: ./src/plan.ts

const yes = (reason) => ({ run: true, reason });
const no = (reason) => ({ run: false, reason });
/**
 * Decides every later step from the event, the inputs and the facts, and says why in words. Nothing else in the
 * action looks at the event's kind.
 *
 * @throws UserError for events that the action refuses to run on
 */
function plan(event, inputs, facts) {
    return complete(row(event, inputs, facts), inputs, facts);
}
function row(event, inputs, facts) {
    switch (event.kind) {
        case 'pull_request':
            return plan_pullRequest(event, inputs, facts);
        case 'issue_comment':
            return comment(event, inputs, facts);
        case 'push':
            return push(event, inputs, facts);
        case 'merge_group':
            return {
                sha: event.sha,
                because: 'a merge group was queued',
                build: yes('a merge group is built and verified before it lands'),
                train: no('a merge group does not train'),
            };
        case 'release':
            return event.action === 'published' && !event.draft
                ? { sha: facts.eventSha, because: 'a release was published', ...untilRegistry }
                : nothing(facts.eventSha, `a release was ${event.draft ? 'drafted' : event.action}`, 'only a published release counts');
        case 'workflow_dispatch':
            return {
                sha: facts.eventSha,
                because: 'the workflow was started by hand',
                build: yes('started by hand'),
                train: inputs.trainOn.includes('dispatch')
                    ? yes('`train-on` has `dispatch`')
                    : no('`train-on` does not have `dispatch`'),
            };
        case 'schedule':
            return nothing(facts.eventSha, 'the schedule came round', 'a schedule neither builds nor trains');
        case 'workflow_run':
            return nothing(facts.eventSha, 'another workflow ended', 'its tree is not this run’s to build');
        case 'pull_request_target':
            throw new errors/* UserError */.yo('The event `pull_request_target` is refused.', {
                fix: 'It runs with the secrets of the base repository, and building a pull request’s Dockerfile would hand them to ' +
                    'whoever opened it. Use `on: pull_request`.',
            });
        case 'unknown':
            throw new errors/* UserError */.yo(`The event \`${event.name}\` is of a kind this action does not know.`, {
                fix: 'Run it on pull_request, push, merge_group, release, workflow_dispatch, issue_comment, schedule or workflow_run.',
            });
    }
}
/** A release or a tag: promoted from the registry where the commit has an image there, else made here. */
const untilRegistry = {
    build: yes('this commit has no image yet'),
    train: no('a release does not train'),
};
function nothing(sha, because, reason) {
    return { sha, because, build: no(reason), train: no(reason) };
}
function plan_pullRequest(event, inputs, facts) {
    const base = {
        sha: event.sha,
        because: `pull request #${event.number}: ${event.action.replace(/[^a-z_]/g, '?')}`,
        pullRequest: { number: event.number, fork: event.fork, base: event.base, head: event.head },
        ...(event.fork ? { silent: 'pull requests from forks get a token that may not comment' } : {}),
    };
    if (event.action === 'closed') {
        const reason = `the pull request was ${event.merged ? 'merged' : 'closed'}`;
        return { ...base, build: no(reason), train: no(reason), silent: reason };
    }
    const notices = [];
    if (event.fork)
        notices.push('This pull request comes from a fork: no secrets, no AWS, no comment; the job summary has the report.');
    else if (event.dependabot && !facts.aws)
        notices.push('Dependabot’s runs get no secrets, so nothing here touches AWS.');
    return { ...base, build: yes('every commit of a pull request is built and verified'), train: trains(), notices };
    function trains() {
        const asked = inputs.trainOn.includes('pull_request')
            ? '`train-on` has `pull_request`'
            : inputs.trainOn.includes('label') && event.labelAdded === 'train'
                ? 'the label `train` was added'
                : undefined;
        if (asked === undefined) {
            return no(inputs.trainOn.includes('label')
                ? '`train-on` has no `pull_request`, and this event did not add the label `train`'
                : '`train-on` has no `pull_request`');
        }
        const stranger = event.fork || (event.dependabot && !facts.aws);
        if (stranger && facts.selfHosted) {
            return no('code of strangers is never trained on a self-hosted runner');
        }
        return yes(asked);
    }
}
function comment(event, inputs, facts) {
    const because = `a comment on #${event.number}`;
    const idle = (reason) => nothing(facts.eventSha, because, reason);
    const command = /^\/train(?:\s+(.*))?$/.exec(event.firstLine);
    if (!command)
        return idle('it is no command');
    if (event.action !== 'created')
        return idle('only a new comment counts, not an edited or deleted one');
    if (!event.pullRequest)
        return idle('it is on an issue, not on a pull request');
    if (!inputs.trainOn.includes('comment'))
        return idle('`train-on` does not have `comment`');
    const found = facts.comment;
    if (!found) {
        return refused('the pull request could not be looked up with this token, so nobody can be let in');
    }
    if (found.permission !== 'admin' && found.permission !== 'write') {
        return refused(found.permission === undefined
            ? 'GitHub did not say whether the commenter may write here'
            : 'only people who may write to this repository start a training');
    }
    if (!found.open)
        return refused('the pull request is closed');
    if (found.fork) {
        return refused('the pull request comes from a fork, whose code must not be built next to this repository’s secrets');
    }
    const wanted = command[1]?.trim();
    if (wanted !== undefined && wanted !== '' && !/^[0-9a-f]{7,40}$/.test(wanted)) {
        return refused('`/train` takes nothing but a commit id');
    }
    if (wanted && !found.headSha.startsWith(wanted)) {
        return refused('the commit named is not the head of the pull request any more');
    }
    return {
        sha: found.headSha,
        because: `${because}: /train`,
        build: yes('a training starts from an image of this very commit'),
        train: yes('`/train` by someone who may write here'),
        pullRequest: { number: event.number, fork: false, base: found.base, head: found.head },
    };
    function refused(reason) {
        return { ...idle(`/train refused: ${reason}`), notices: [`/train refused: ${reason}.`] };
    }
}
function push(event, inputs, facts) {
    if (event.deleted)
        return nothing(facts.eventSha, 'a branch or tag was deleted', 'there is nothing left to build');
    if (event.branch === undefined)
        return { sha: event.sha, because: 'a tag was pushed', ...untilRegistry };
    if (event.branch !== event.defaultBranch) {
        return {
            sha: event.sha,
            because: 'a push to a branch',
            build: yes('every push is built and verified'),
            train: no('only the default branch and pull requests train'),
        };
    }
    return {
        sha: event.sha,
        because: 'a push to the default branch',
        build: yes('every push is built and verified'),
        train: inputs.trainOn.includes('merge') ? yes('`train-on` has `merge`') : no('`train-on` does not have `merge`'),
    };
}
function complete(row, inputs, facts) {
    const verify = !row.build.run
        ? no(row.build.reason)
        : inputs.verify === 'off'
            ? no('`verify` is `off`')
            : yes(inputs.verify === 'strict'
                ? 'advisory checks count too'
                : 'an image is only trusted when it keeps the contract');
    const steps = {
        build: row.build,
        verify,
        train: row.train,
        report: yes('what happened is always reported'),
        comment: commented(row, inputs, facts),
    };
    const plan = {
        sha: row.sha,
        because: row.because,
        ...(row.pullRequest ? { pullRequest: row.pullRequest } : {}),
        ...steps,
        notices: row.notices ?? [],
    };
    if (!inputs.dryRun)
        return plan;
    const dry = (step) => (step.run ? no(`dry run; else: ${step.reason}`) : step);
    return {
        ...plan,
        build: dry(plan.build),
        verify: dry(plan.verify),
        train: dry(plan.train),
        report: dry(plan.report),
        comment: dry(plan.comment),
    };
}
function commented(row, inputs, facts) {
    if (!row.pullRequest)
        return no('this event belongs to no pull request');
    if (row.silent !== undefined)
        return no(row.silent);
    if (!inputs.comment)
        return no('`comment` is `false`');
    if (!facts.token)
        return no('there is no token (`github-token` is empty)');
    return yes(`on pull request #${row.pullRequest.number}`);
}

// EXTERNAL MODULE: ./src/record.ts
var record = __webpack_require__(4846);
// EXTERNAL MODULE: ./src/record-file.ts
var record_file = __webpack_require__(8953);
;// CONCATENATED MODULE: ./src/steps/plan.ts








/**
 * The first step: gathers facts, decides, checks everything that can be wrong before anything happens, and only then
 * makes the run's folder and the record.
 */
async function plan_plan(deps, inputs) {
    const { env, log, outputs } = deps;
    const event = await eventOf(env);
    const facts = await gatherFacts(event, inputs, deps);
    const decided = plan(event, inputs, facts);
    // First of all: a job that only plans hands the commit on to the checkout of the next.
    outputs.set('plan', JSON.stringify(decided));
    outputs.set('sha', decided.sha);
    // A dry run is checked like the real one: it is there to find out.
    await checkBeforehand(deps, inputs, plan(event, { ...inputs, dryRun: false }, facts));
    printPlan(deps, decided, inputs.dryRun);
    for (const step of ['build', 'verify', 'train', 'report'])
        outputs.set(step, String(decided[step].run));
    if (inputs.dryRun) {
        outputs.set('verdict', 'skipped');
        await deps.summary(planMarkdown(decided));
        return;
    }
    const folder = await (0,record_file.makeRunFolder)(requireEnv(env, 'RUNNER_TEMP'));
    const record = newRecord(deps, inputs, decided);
    const path = (0,external_node_path_.join)(folder, 'record.json');
    await (0,record_file.writeRecord)(path, record);
    outputs.set('record-path', path);
    outputs.set('upload', String(decided.train.run && inputs.uploadArtifacts));
    // One name a job and attempt: two uploads of one name fail.
    outputs.set('artifact-name', `byoc-${record.commentKey.slice(0, 8)}-${decided.sha.slice(0, 12)}-${record.run.runAttempt}`);
    const idle = decided.build.run ? [] : [`Nothing to do: ${decided.build.reason}.`];
    for (const notice of decided.notices.length > 0 ? decided.notices : idle)
        log.notice(notice);
}
function newRecord({ env, clock }, inputs, decided) {
    return {
        version: record/* RECORD_VERSION */.hl,
        id: (0,record_file.newRunId)(),
        startedAt: clock.now().toISOString(),
        run: {
            repository: env['GITHUB_REPOSITORY'] ?? '',
            workflow: env['GITHUB_WORKFLOW'] ?? '',
            job: env['GITHUB_JOB'] ?? '',
            runId: env['GITHUB_RUN_ID'] ?? '',
            runAttempt: Number(env['GITHUB_RUN_ATTEMPT'] ?? '1'),
            serverUrl: env['GITHUB_SERVER_URL'] ?? 'https://github.com',
            eventName: env['GITHUB_EVENT_NAME'] ?? '',
        },
        commentKey: commentKey(env, inputs),
        dryRun: inputs.dryRun,
        plan: decided,
        errors: [],
    };
}
/** 16 hex digits: one comment for each workflow, job and matrix entry (`BYOC_MATRIX`, set by action.yml), or as asked. */
function commentKey(env, inputs) {
    const parts = inputs.commentKey !== undefined
        ? ['key', inputs.commentKey]
        : ['job', env['GITHUB_WORKFLOW'] ?? '', env['GITHUB_JOB'] ?? '', env['BYOC_MATRIX'] ?? ''];
    return (0,external_node_crypto_.createHash)('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 16);
}
async function eventOf(env) {
    const name = requireEnv(env, 'GITHUB_EVENT_NAME');
    const path = requireEnv(env, 'GITHUB_EVENT_PATH');
    try {
        return readEvent(name, JSON.parse(await (0,promises_.readFile)(path, 'utf8')));
    }
    catch (error) {
        throw new errors/* UserError */.yo(`The payload of the event \`${name}\` can't be used: ${(0,errors/* messageOf */.bD)(error)}.`, {
            fix: error instanceof PayloadError
                ? 'It does not look as GitHub documents it; by hand, give GITHUB_EVENT_PATH a whole webhook payload.'
                : 'GITHUB_EVENT_PATH must name a file that holds the payload as JSON.',
            cause: error,
        });
    }
}
function requireEnv(env, name) {
    const value = env[name];
    if (!value) {
        throw new errors/* UserError */.yo(`${name} is not set.`, {
            fix: 'The action runs in a GitHub Actions job, or on your machine in the sandbox (`npm run sandbox`).',
        });
    }
    return value;
}
async function gatherFacts(event, inputs, deps) {
    const { env } = deps;
    const facts = {
        eventSha: env['GITHUB_SHA'] ?? '',
        token: inputs.githubToken !== undefined,
        aws: Boolean(env['ACTIONS_ID_TOKEN_REQUEST_URL'] ?? env['AWS_ACCESS_KEY_ID'] ?? env['AWS_WEB_IDENTITY_TOKEN_FILE']),
        selfHosted: env['RUNNER_ENVIRONMENT'] !== 'github-hosted',
    };
    if (event.kind !== 'issue_comment' || !event.pullRequest || !event.firstLine.startsWith('/train'))
        return facts;
    const comment = await commentFacts(event, inputs, deps);
    return comment ? { ...facts, comment } : facts;
}
/** Who commented on what, by the API. Any failure leaves it unknown, and `plan` lets nobody in. */
async function commentFacts(event, inputs, { env, log, github }) {
    const [owner = '', repo = ''] = (env['GITHUB_REPOSITORY'] ?? '').split('/');
    try {
        const client = await github(inputs.githubToken);
        if (!client)
            return undefined;
        const [{ data: pull }, { data: permission }] = await Promise.all([
            client.rest.pulls.get({ owner, repo, pull_number: event.number }),
            client.rest.repos.getCollaboratorPermissionLevel({ owner, repo, username: event.commenter }),
        ]);
        return {
            headSha: pull.head.sha,
            head: pull.head.ref,
            base: pull.base.ref,
            // The API sends null for a fork that was deleted, whatever the published type says.
            fork: pull.head.repo?.id !== pull.base.repo.id,
            open: pull.state === 'open',
            permission: permission.permission,
        };
    }
    catch (error) {
        log.warning(`The pull request or the commenter could not be looked up: ${(0,errors/* messageOf */.bD)(error)}`);
        return undefined;
    }
}
/** Everything that can be refused without having done anything. */
async function checkBeforehand(deps, inputs, decided) {
    if (inputs.metricDefinitions.length > 0) {
        const { compileMetricDefinitions } = await Promise.all(/* import() */[__webpack_require__.e(856), __webpack_require__.e(503)]).then(__webpack_require__.bind(__webpack_require__, 5503));
        compileMetricDefinitions(inputs.metricDefinitions);
    }
    if (!decided.build.run)
        return;
    if (inputs.dryRun && !(await isCheckedOut(deps, decided.sha))) {
        deps.log.notice(`Files were not looked at: ${decided.sha.slice(0, 12)} is not checked out here.`);
        return;
    }
    const workspace = await (0,promises_.realpath)(requireEnv(deps.env, 'GITHUB_WORKSPACE'));
    const [{ checkContext }, { checkChannels }] = await Promise.all([
        __webpack_require__.e(/* import() */ 738).then(__webpack_require__.bind(__webpack_require__, 6738)),
        __webpack_require__.e(/* import() */ 220).then(__webpack_require__.bind(__webpack_require__, 1220)),
    ]);
    await checkContext(workspace, inputs);
    if (decided.verify.run)
        await checkChannels(workspace, 'verify-channels', inputs.verifyChannels);
    // Verify takes the training's data where no sample is given.
    if (decided.train.run || (decided.verify.run && inputs.verifyChannels.length === 0))
        await checkChannels(workspace, 'input-data-config', inputs.inputDataConfig);
}
/** Whether the workspace holds the planned commit; `build` proves it for good. */
async function isCheckedOut({ env, exec }, sha) {
    try {
        const { exitCode, stdout } = await exec.run('git', ['-C', env['GITHUB_WORKSPACE'] ?? '.', 'rev-parse', 'HEAD']);
        return exitCode === 0 && stdout.trim() === sha;
    }
    catch {
        return false;
    }
}
const STEPS = ['build', 'verify', 'train', 'report', 'comment'];
function printPlan({ log }, decided, dryRun) {
    log.info(`${dryRun ? 'Dry run. ' : ''}Plan for ${decided.sha.slice(0, 12)} (${decided.because}):`);
    for (const step of STEPS) {
        log.info(`  ${decided[step].run ? '✓' : '–'} ${step.padEnd(8)} ${decided[step].reason}`);
    }
}
function planMarkdown(decided) {
    return [
        `### Plan for \`${decided.sha.slice(0, 12)}\` (dry run)`,
        '',
        `Because: ${decided.because}.`,
        '',
        '| Step | Runs | Why |',
        '| --- | --- | --- |',
        ...STEPS.map((step) => `| ${step} | ${decided[step].run ? 'yes' : 'no'} | ${decided[step].reason} |`),
        '',
    ].join('\n');
}


/***/ })

};
;