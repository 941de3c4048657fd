"use strict";
exports.id = 462;
exports.ids = [462,380,503,414];
exports.modules = {

/***/ 5462:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  DEFAULT_TIMES: () => (/* reexport */ DEFAULT_TIMES),
  verifyImage: () => (/* binding */ verifyImage)
});

// EXTERNAL MODULE: ./src/neutralise.ts
var neutralise = __webpack_require__(5465);
// EXTERNAL MODULE: ./src/record.ts
var record = __webpack_require__(4846);
;// CONCATENATED MODULE: ./src/contract/checks/scorecard.ts


/** The promises in one line each, as the scorecard shows them. */
const TITLES = {
    'train-argument': 'Starts with the argument `train` and exits 0',
    hyperparameters: 'Reads hyperparameters as strings, plain and JSON-quoted',
    channels: 'Reads its channels from /opt/ml/input/data/<channel>',
    model: 'Leaves a model in /opt/ml/model that SageMaker can pack',
    failure: 'Exits non-zero when training cannot be done',
    metrics: 'Prints metrics that the metric definitions match',
    stop: 'Ends on SIGTERM within the 120 s before SIGKILL',
    resume: 'Continues from its checkpoints in /opt/ml/checkpoints',
    offline: 'Trains without a network',
    user: 'Runs as root',
    nodes: 'Finds its peers and ends well on every node',
    serve: 'Serves on port 8080',
    platform: 'Is built for linux/amd64',
    secrets: 'Holds no secret in its history, environment or labels',
};
const ALWAYS_REQUIRED = [
    'train-argument',
    'hyperparameters',
    'channels',
    'model',
    'failure',
    'user',
    'platform',
    'secrets',
];
/** Text of others (a log line, a file name, a failure) made fit for one line of ours. */
function quoted(text, charactersMax = 200) {
    return `«${(0,neutralise/* neutralise */.$0)(text.trim(), charactersMax)}»`;
}
/** Collects the verdicts; each check gets one, the first. `onDecided` hears of it at once. */
class Scorecard {
    rules;
    onDecided;
    #results = new Map();
    constructor(rules, onDecided) {
        this.rules = rules;
        this.onDecided = onDecided;
    }
    /** Decides what needs no look at the image: the checks that the user or the circumstances leave out. */
    async begin() {
        for (const id of record/* CHECK_IDS */.Sh) {
            if (this.rules.skip.includes(id))
                await this.skip(id, '`verify-skip` names it');
        }
        await this.skip('serve', 'nothing is deployed');
        if (!this.rules.hasMetricDefinitions)
            await this.skip('metrics', 'no `metric-definitions`');
        if (this.rules.instanceCount < 2)
            await this.skip('nodes', '`instance-count` is 1');
    }
    isRequired(id) {
        if (id.startsWith('lint-'))
            return false;
        if (this.rules.level === 'strict')
            return true;
        if (id === 'metrics')
            return this.rules.hasMetricDefinitions;
        if (id === 'nodes')
            return this.rules.instanceCount > 1;
        return ALWAYS_REQUIRED.some((required) => required === id);
    }
    /** Whether a check has its verdict, so that no run need be made for it. */
    isDecided(id) {
        return this.#results.has(id);
    }
    verdict(id) {
        return this.#results.get(id)?.verdict;
    }
    async pass(id, proof, seconds) {
        await this.#decide({ ...this.#base(id, seconds), verdict: 'pass', proof });
    }
    /** @param seen - the last lines of the run that failed it, and the error of a program that crashed; untrusted */
    async fail(id, proof, fix, seconds, seen = {}) {
        const { log = [], crash } = seen;
        await this.#decide({
            ...this.#base(id, seconds),
            verdict: 'fail',
            proof,
            fix,
            ...(log.length > 0 ? { log: [...log] } : {}),
            ...(crash === undefined ? {} : { crash }),
        });
    }
    async skip(id, reason, seconds = 0) {
        await this.#decide({ ...this.#base(id, seconds), verdict: 'skipped', proof: '', reason });
    }
    /** Skips every promise that is still open, because the ground of all of them is gone. */
    async skipRest(reason) {
        for (const id of record/* CHECK_IDS */.Sh)
            await this.skip(id, reason);
    }
    /** A warning: shown, never red. */
    async warn(lint) {
        if (this.rules.skip.includes(lint.id))
            return;
        await this.#decide({
            id: lint.id,
            title: lint.title,
            required: false,
            verdict: 'fail',
            seconds: 0,
            proof: lint.proof,
            fix: lint.fix,
        });
    }
    /** All verdicts: the promises in their order, then the warnings. */
    results() {
        const order = (id) => {
            const index = record/* CHECK_IDS */.Sh.findIndex((known) => known === id);
            return index < 0 ? record/* CHECK_IDS */.Sh.length : index;
        };
        return [...this.#results.values()].sort((a, b) => order(a.id) - order(b.id));
    }
    #base(id, seconds) {
        return { id, title: TITLES[id], required: this.isRequired(id), seconds: Math.round(seconds * 100) / 100 };
    }
    async #decide(result) {
        if (this.#results.has(result.id))
            return;
        this.#results.set(result.id, result);
        await this.onDecided(result);
    }
}

;// CONCATENATED MODULE: ./src/contract/checks/crash.ts
const TRACEBACK = /^Traceback \(most recent call last\)/;
/** torchrun and friends put the rank before each line. */
const RANK = /^\[(?:rank|default)\d+\]: ?/;
const FRAME = /^\s+File "([^"]{1,400})", line (\d{1,9})/;
/** Frames of others: installed packages, the standard library, what has no file. */
const FOREIGN_FRAME = /\/(?:site|dist)-packages\/|\/lib\/python\d[\d.]*\/|^</;
const EXCEPTION = /^(?:[A-Za-z_]\w*\.)*[A-Z]\w*(?:Error|Exception|Exit|Interrupt|Iteration|Failure)\b/;
/** Further up, a line that has the word "error" is most likely a metric. */
const COMPLAINT_LINES = 5;
const COMPLAINT = /\b(?:error|exception|fatal|panic|abort(?:ed)?|failed|no such file|not found|missing|cannot|killed|segmentation fault)\b/i;
/**
 * Finds the line that says why a program crashed: in its failure file unless that is itself a traceback, else the exception
 * of the last traceback, else the last line that looks like an error, else the last line. Pure.
 *
 * @param tail - the last lines of its log
 * @returns nothing when it said nothing
 */
function crashOf(tail, failureText) {
    const lines = tail.map((line) => line.replace(RANK, ''));
    const failure = (failureText ?? '').split('\n').map((line) => line.trimEnd());
    const traced = exceptionIn(lines);
    const written = failure.find((line) => line.trim() !== '');
    const ending = lines.filter((line) => line.trim() !== '').slice(-COMPLAINT_LINES);
    const error = written !== undefined && !TRACEBACK.test(written)
        ? written
        : (traced ?? exceptionIn(failure) ?? last(lines, EXCEPTION) ?? last(ending, COMPLAINT) ?? ending.at(-1));
    if (error === undefined)
        return undefined;
    const frame = frameIn(lines) ?? frameIn(failure);
    return { error: error.trim(), ...(frame === undefined ? {} : { frame }) };
}
/** Of the last traceback: the first line after its frames, which is not indented. */
function exceptionIn(lines) {
    const start = lines.findLastIndex((line) => TRACEBACK.test(line));
    return start < 0 ? undefined : lines.slice(start + 1).find((line) => /^\S/.test(line));
}
function frameIn(lines) {
    const start = Math.max(0, lines.findLastIndex((line) => TRACEBACK.test(line)));
    const frames = lines.slice(start).flatMap((line) => {
        const [, file, number] = FRAME.exec(line) ?? [];
        return file === undefined || FOREIGN_FRAME.test(file) ? [] : [`${file}, line ${number ?? ''}`];
    });
    return frames.at(-1);
}
function last(lines, pattern) {
    return lines.findLast((line) => pattern.test(line));
}
const ROOT = '/opt/ml/input/data';
const QUOTED_PATH = /(['"`])(\/opt\/ml\/input\/data(?:\/[^'"`]*)?)\1/;
const BARE_PATH = /\/opt\/ml\/input\/data(?:\/[^\s'"`:,;()[\]{}<>»]*)?/;
const EMPTY = /\bno (?:\w+ ){0,3}(?:files?|rows?|records?|images?|samples?|examples?|items?|tiles?|data|csvs?|lines?|class(?:es)?)\b|\bfound 0\b|\b0 (?:files?|rows?|images?|samples?)\b|\bis empty\b|\bempty (?:file|folder|directory|data|dataset|channel)\b|\bcouldn't find any\b|\bEmptyDataError\b|num_samples=0/i;
const MISSING = /no such file|does(?: not|n't) exist|not found|\bnot a directory\b|\b(?:cannot|can't|could not|couldn't|unable to|failed to) (?:open|find|stat|access|read|load)|\bmissing\b|FileNotFoundError|NoSuchFile|ENOENT/i;
/** Whether an error line is about a file or folder of a channel that is not there, or holds nothing. Pure. */
function dataErrorOf(line) {
    const path = QUOTED_PATH.exec(line)?.[2] ?? BARE_PATH.exec(line)?.[0].replace(/\.+$/, '');
    if (path === undefined)
        return undefined;
    const missing = /no such file or directory|FileNotFoundError: \[Errno/i.test(line);
    const kind = !missing && EMPTY.test(line) ? 'empty' : MISSING.test(line) ? 'missing' : undefined;
    if (kind === undefined)
        return undefined;
    const parts = path
        .slice(ROOT.length)
        .split('/')
        .filter((part) => part !== '' && part !== '.');
    if (parts.includes('..'))
        return undefined;
    const [channel = '', ...rest] = parts;
    return { path: [ROOT, ...parts].join('/'), channel, rest: rest.join('/'), kind };
}

// EXTERNAL MODULE: ./src/training/metrics.ts
var training_metrics = __webpack_require__(5503);
;// CONCATENATED MODULE: ./src/contract/checks/log-reading.ts

/** "epoch 3", "Epoch: [3]", "step=3": how trainings number what they do. */
const MARKER = /\b(epoch|step|iteration|iter|round|batch)\b[\s:#=[(]{0,4}(\d{1,9})\b/gi;
/** Words that a training says when it goes on from a checkpoint. */
const RESUMED = /\b(?:resum(?:e|ed|es|ing)|restor(?:e|ed|es|ing)|continu(?:e|ed|es|ing) (?:from|at|after|with)|(?:load(?:s|ed|ing)?|from) (?:the |a |last |latest )*checkpoint)\b/i;
/** … unless it says that it does not. */
const NEGATED = /\b(?:no|not|cannot|can't|could not|couldn't|without|fail(?:s|ed|ure)?|unable|ignor(?:e|ed|ing)|scratch)\b/i;
const ERROR = /\b(?:error|exception|traceback|fatal|failed|no such file|not found|missing|cannot)\b/i;
const LINES_KEPT = 20;
const LINE_CHARACTERS_KEPT = 500;
const LINE_CHARACTERS_READ = 4_096;
const MARKERS_MAX = 10_000;
/**
 * What the checks need to know of a log. Reads line by line; memory does not grow with the log.
 *
 * "Steps" are the training's own unit, whichever it shows: values of its metric, else the epochs (steps, iterations …)
 * that it numbers. They tell a run that stopped early or went on from a checkpoint from one that did all of it.
 */
class LogReading {
    #metrics;
    #markers = new Map();
    /** Lines read, of all nodes. */
    lines = 0;
    resumed = [];
    errors = [];
    #onLine = [];
    constructor(metrics) {
        this.#metrics = new training_metrics.MetricReader(metrics);
    }
    read(line, timeMilliseconds) {
        this.lines += 1;
        this.#metrics.read(line, timeMilliseconds);
        const text = line.slice(0, LINE_CHARACTERS_READ);
        for (const [, unit = '', number = ''] of text.matchAll(MARKER))
            this.#mark(unit.toLowerCase(), Number(number));
        if (RESUMED.test(text) && !NEGATED.test(text))
            keep(this.resumed, text);
        if (ERROR.test(text))
            keep(this.errors, text);
        for (const listener of this.#onLine)
            listener();
    }
    #mark(unit, number) {
        const marker = this.#markers.get(unit);
        if (!marker)
            this.#markers.set(unit, { first: number, seen: new Set([number]) });
        else if (marker.seen.size < MARKERS_MAX)
            marker.seen.add(number);
    }
    /** Calls `listener` after each line. */
    onLine(listener) {
        this.#onLine.push(listener);
    }
    series() {
        return this.#metrics.series();
    }
    /** How many steps were seen; 0 when the log shows none. */
    steps() {
        const values = Math.max(0, ...this.series().map(({ count }) => count));
        return values > 0 ? values : (this.marker()?.count ?? 0);
    }
    /** The numbered unit that the log is best told by: the epoch if there is one, else the one with the most numbers. */
    marker() {
        const all = [...this.#markers].map(([unit, { first, seen }]) => ({ unit, first, count: seen.size }));
        return all.find(({ unit }) => unit === 'epoch') ?? all.sort((a, b) => b.count - a.count)[0];
    }
}
function keep(lines, text) {
    if (lines.length < LINES_KEPT)
        lines.push(text.slice(0, LINE_CHARACTERS_KEPT));
}

;// CONCATENATED MODULE: ./src/contract/checks/workbench.ts



const DEFAULT_TIMES = { mainRunSeconds: 900, stopGraceSeconds: 120, furtherRunSeconds: 120 };
/** Runs the image once, as SageMaker would, and gathers what it left. Nothing of the job is left behind. */
async function observe(bench, title, variation) {
    const { whileRunning, ...changes } = variation;
    const log = new LogReading(bench.metrics);
    const begun = bench.clock.seconds();
    const request = {
        image: bench.image,
        jobName: bench.jobName,
        region: bench.region,
        // The words of the SageMaker Python SDK's local mode.
        instanceType: bench.gpus ? 'local_gpu' : 'local',
        instanceCount: 1,
        hyperparameters: bench.hyperparameters,
        channels: bench.channels,
        environment: bench.environment,
        networkIsolation: false,
        gpus: bench.gpus,
        peerGraceSeconds: 5,
        ...changes,
    };
    return bench.show(title, async (show) => {
        const job = await bench.runner.start(request, (host, line, overwritten) => {
            log.read(line, bench.clock.now().getTime());
            // The states of a progress bar are read, but only its last one is worth showing.
            if (overwritten !== true)
                show(host, line);
        });
        try {
            const watching = whileRunning?.(job, log);
            // Whichever ends first with an error is the one that is thrown; the other must not go unheard.
            watching?.catch(() => undefined);
            const result = await job.done;
            await watching;
            const [model, checkpoints, failureText, inputChanges] = await Promise.all([
                job.results.modelEntries(),
                job.results.checkpointEntries(),
                job.results.failureText(),
                job.results.inputChanges(),
            ]);
            const telling = result.nodes.find(({ exitCode, startError }) => exitCode !== 0 || startError) ?? result.nodes[0];
            return {
                result,
                exitCode: telling?.exitCode ?? -1,
                startError: telling?.startError,
                tail: telling?.tail ?? [],
                model,
                checkpoints,
                failureText,
                inputChanges,
                log,
                seconds: bench.clock.seconds() - begun,
            };
        }
        finally {
            await job.dispose();
        }
    });
}
/** Whether training ended well, as SageMaker sees it. */
function succeeded(run) {
    return run.result.status === 'Completed';
}
/** Files and links, without folders. */
function modelFiles(run) {
    return run.model.filter(({ type }) => type !== 'directory');
}
/** What a failed run says of its cause, see {@link crashOf}. */
function lastWords(run) {
    if (run.startError !== undefined)
        return quoted(run.startError, 300);
    const crash = crashOf(run.tail, run.failureText);
    return crash === undefined ? 'it printed nothing' : quoted(crash.error, 300);
}
/** How a run ended, in a few words. */
function ending(run) {
    if (run.startError !== undefined)
        return 'could not be started';
    if (run.result.secondaryStatus === 'MaxRuntimeExceeded')
        return `still ran after ${Math.round(run.seconds)} s`;
    if (run.result.nodes.some(({ oomKilled }) => oomKilled))
        return `exit code ${run.exitCode}, out of memory`;
    return `exit code ${run.exitCode}`;
}
/** Lines of a log kept as the proof of a verdict. */
const LOG_LINES = 20;
const LOG_LINE_CHARACTERS = 500;
/** The last lines of a run, for the report. Untrusted. What the engine says of a program it cannot start is the proof itself. */
function logOf(run) {
    if (run.startError !== undefined)
        return [];
    return run.tail.slice(-LOG_LINES).map((line) => line.slice(0, LOG_LINE_CHARACTERS));
}
/** The time a further run gets. */
function furtherRunSeconds(bench, mainRun) {
    return Math.ceil(Math.max(bench.times.furtherRunSeconds, 3 * mainRun.seconds));
}

;// CONCATENATED MODULE: ./src/contract/checks/failure.ts


/** A value that is neither a number nor any word a training knows. */
const BAD_VALUE = 'byoc-no-such-value';
/**
 * Takes away what training needs, all channels first, then good hyperparameters, and sees whether it says so by its exit
 * code. Proves `failure`; and `channels` too, since a training that runs just the same without its channels does not read
 * them.
 *
 * The failure file is optional on SageMaker, so that its absence is a warning only.
 */
async function checkFailure(bench, mainRun, scorecard) {
    const begun = bench.clock.seconds();
    const elapsed = () => bench.clock.seconds() - begun;
    const limit = { maxRuntimeSeconds: furtherRunSeconds(bench, mainRun) };
    const experiments = [];
    if (bench.channels.length > 0) {
        experiments.push({ what: 'no channel at all', variation: { ...limit, channels: [] }, channels: true });
    }
    const names = Object.keys(bench.hyperparameters);
    if (names.length > 0) {
        const hyperparameters = Object.fromEntries(names.map((name) => [name, BAD_VALUE]));
        experiments.push({
            what: `the value "${BAD_VALUE}" for ${names.length === 1 ? 'its hyperparameter' : 'all hyperparameters'}`,
            variation: { ...limit, hyperparameters },
            channels: false,
        });
    }
    for (const { what, variation, channels } of experiments) {
        if (scorecard.isDecided('failure'))
            break;
        const run = await observe(bench, `Induced failure: ${what}`, variation);
        const reaction = reactionOf(run, mainRun);
        if (channels)
            await judgeChannels(bench, reaction, scorecard);
        if (reaction === 'failed') {
            await scorecard.pass('failure', `given ${what}: ${ending(run)}, ${lastWords(run)}`, elapsed());
            await lintFailureFile(run, scorecard);
        }
        else if (reaction === 'hung') {
            await scorecard.fail('failure', `given ${what}, it ${ending(run)} and had to be killed`, 'Check inputs at the start and exit with a non-zero code; bound every wait.', elapsed(), { log: logOf(run) });
        }
        else if (reaction === 'swallowed') {
            await scorecard.fail('failure', `given ${what}, it ended with exit code 0 ${evidence(run, mainRun)}`, 'Exit non-zero when training fails: let the exception through, or end its handler with sys.exit(1). SageMaker would call this job Completed.', elapsed(), { log: logOf(run) });
        }
    }
    await scorecard.skip('failure', experiments.length === 0
        ? 'no channels and no hyperparameters are declared, so no failure could be induced'
        : 'it needs neither its channels nor its hyperparameters, so no failure could be induced', elapsed());
}
function reactionOf(run, mainRun) {
    if (run.result.secondaryStatus === 'MaxRuntimeExceeded')
        return 'hung';
    if (!succeeded(run))
        return 'failed';
    const lessModel = modelFiles(run).length < modelFiles(mainRun).length;
    const fewerSteps = run.log.steps() < mainRun.log.steps();
    return lessModel || fewerSteps || newErrors(run, mainRun).length > 0 || run.failureText !== undefined
        ? 'swallowed'
        : 'unmoved';
}
function newErrors(run, mainRun) {
    return run.log.errors.filter((line) => !mainRun.log.errors.includes(line));
}
function evidence(run, mainRun) {
    const [error] = newErrors(run, mainRun);
    if (error !== undefined)
        return `after saying ${quoted(error)}`;
    if (run.failureText !== undefined)
        return `although it wrote the failure file ${quoted(run.failureText)}`;
    if (modelFiles(run).length < modelFiles(mainRun).length)
        return 'without the model it otherwise writes';
    return `after ${run.log.steps()} of ${mainRun.log.steps()} steps`;
}
async function judgeChannels(bench, reaction, scorecard) {
    const names = bench.channels.map(({ name }) => name);
    const named = names.join(', ');
    if (reaction === 'unmoved') {
        await scorecard.fail('channels', `trains just the same when ${names.length === 1 ? `the channel ${named} is` : `the channels ${named} are`} not there`, `Read the data from ${names.map((name) => `/opt/ml/input/data/${name}`).join(', ')}, not from a copy inside the image.`, 0);
    }
    else
        await passChannels(bench, scorecard, reaction === 'failed' ? ', fails without' : ', does otherwise without');
}
/** To be called when the main run ended well and nothing speaks against its having read the channels. */
async function passChannels(bench, scorecard, without) {
    const shown = bench.channels.map(({ name, mode }) => `${name} (${mode})`).join(', ');
    await scorecard.pass('channels', `trained with ${shown}${without}`, 0);
}
async function lintFailureFile(run, scorecard) {
    if (run.failureText !== undefined && run.failureText.trim() !== '')
        return;
    await scorecard.warn({
        id: 'lint-failure-file',
        title: 'Leaves a failure file when it fails',
        proof: `${ending(run)}, but /opt/ml/output/failure was not written: SageMaker's FailureReason will only name the exit code`,
        fix: 'Catch the exception at the top, write its text (the cause first, 1024 characters at most) to /opt/ml/output/failure, and raise it again.',
    });
}

// EXTERNAL MODULE: ./src/contract/docker.ts
var contract_docker = __webpack_require__(4380);
// EXTERNAL MODULE: ./src/contract/removal.ts
var removal = __webpack_require__(3414);
;// CONCATENATED MODULE: ./src/contract/checks/inspect.ts


const RESERVED_PATHS_MAX = 5;
const PROGRAM_START_BYTES = 200;
const DEFAULT_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
/**
 * Reads an image's configuration, its history, and what lies under /opt/ml. Nothing of the image is executed.
 *
 * @param runId - label of the container that is made (never started) to look inside, and removed again
 * @throws UserError when the engine fails or does not have the image
 */
async function inspectImage(exec, image, runId, signal) {
    const docker = new contract_docker.Docker(exec);
    const options = signal ? { signal } : {};
    const [inspected, history, files] = await Promise.all([
        docker.run(['image', 'inspect', '--format', '{{json .}}', image], 'inspecting the image', options),
        docker.run(['history', '--no-trunc', '--format', '{{json .CreatedBy}}', image], 'reading the history of the image', options),
        lookInside(docker, image, runId, options),
    ]);
    const raw = JSON.parse(inspected);
    return {
        os: raw.Os ?? '',
        architecture: raw.Architecture ?? '',
        user: raw.Config?.User ?? '',
        environment: raw.Config?.Env ?? [],
        labels: raw.Config?.Labels ?? {},
        entrypoint: raw.Config?.Entrypoint ?? [],
        command: raw.Config?.Cmd ?? [],
        sizeBytes: raw.Size ?? 0,
        history: history
            .split('\n')
            .filter((line) => line !== '')
            .map((line) => String(JSON.parse(line))),
        reservedPaths: files.reservedPaths,
        ...((raw.Config?.Entrypoint ?? []).length === 0 && files.trainProgram !== undefined
            ? { trainProgram: files.trainProgram }
            : {}),
    };
}
/** Copies out of a container that is made but never started: works for images without any tool, and for any platform. */
async function lookInside(docker, image, runId, options) {
    const created = await docker.try(['create', '--pull', 'never', '--label', `${removal.RUN_LABEL}=${runId}`, '--network', 'none', image, 'train'], options);
    // Whatever is wrong with the image, the runs will say it better.
    if (created.exitCode !== 0)
        return { reservedPaths: [] };
    const container = created.stdout.trim();
    try {
        const environment = await docker.try(['inspect', '--format', '{{json .Config.Env}}', container]);
        const variables = JSON.parse(environment.stdout || 'null');
        const path = variables?.find((variable) => variable.startsWith('PATH='))?.slice('PATH='.length) ?? DEFAULT_PATH;
        const [reservedPaths, ...programs] = await Promise.all([
            reservedEntries(docker, container),
            ...path
                .split(':')
                .filter((folder) => folder.startsWith('/'))
                .slice(0, 12)
                .map((folder) => startOfFile(docker, container, `${folder}/train`)),
        ]);
        const trainProgram = programs.find((program) => program !== undefined);
        return { reservedPaths, ...(trainProgram === undefined ? {} : { trainProgram }) };
    }
    finally {
        await docker.try(['rm', '--force', '--volumes', container]);
    }
}
async function reservedEntries(docker, container) {
    const paths = [];
    await readArchive(docker, container, '/opt/ml', (header) => {
        // The archive is rooted at `ml/`.
        const name = header.name.replace(/\/+$/, '');
        if (header.type !== 'directory' && !name.startsWith('ml/code/'))
            paths.push(`/opt/${name}`);
        return paths.length < RESERVED_PATHS_MAX;
    });
    return paths;
}
async function startOfFile(docker, container, path) {
    let start;
    await readArchive(docker, container, path, (header, content) => {
        if (header.type === 'file')
            start = content.toString('utf8').split('\n')[0] ?? '';
        return false;
    });
    return start;
}
/** Walks what `docker cp` gives of `path`, until `visit` says false; nothing when there is no such path. */
async function readArchive(docker, container, path, visit) {
    const { extract } = await Promise.resolve(/* import() */).then(__webpack_require__.t.bind(__webpack_require__, 6118, 19));
    const child = docker.spawn(['cp', `${container}:${path}`, '-']);
    child.stdin.end();
    child.stderr.resume();
    const archive = extract();
    child.stdout.pipe(archive);
    try {
        for await (const entry of archive) {
            let start = Buffer.alloc(0);
            for await (const chunk of entry) {
                if (start.length < PROGRAM_START_BYTES)
                    start = Buffer.concat([start, chunk]).subarray(0, PROGRAM_START_BYTES);
            }
            if (!visit({ name: entry.header.name, type: entry.header.type }, start))
                break;
        }
    }
    catch {
        // No such path, or an archive cut short: then there is nothing to tell of.
    }
    child.kill('SIGTERM');
    child.stdout.destroy();
    await child.exit;
}

;// CONCATENATED MODULE: ./src/contract/checks/lints.ts

/** Serverless endpoints refuse more (AWS, "Serverless endpoints"), and every training job pulls it anew. */
const SIZE_WARNING_BYTES = 10e9;
/** Whether ENTRYPOINT is in shell form: a shell is PID 1, and runs the program as its child. Pure. */
function isShellForm({ entrypoint: [program = '', option] }) {
    return /^(?:\/usr)?(?:\/bin\/)?(?:ba|da)?sh$/.test(program) && option === '-c';
}
/** Things of an image that work today and bite later; warnings only. Pure. */
function lintImage(facts) {
    const lints = [];
    const program = facts.entrypoint[0] ?? '';
    if (isShellForm(facts)) {
        lints.push({
            id: 'lint-shell-form',
            title: 'ENTRYPOINT is in the exec form',
            proof: `the entrypoint is ${quoted(facts.entrypoint.join(' '))}: the word \`train\` is lost and the shell, not the training, gets SIGTERM`,
            fix: 'Write ENTRYPOINT as a JSON list: ENTRYPOINT ["python", "train.py"].',
        });
    }
    if (/(?:^|\/)(?:tini|dumb-init)(?:-static)?$/.test(program)) {
        lints.push({
            id: 'lint-tini',
            title: 'No init program stands before the training',
            proof: `the entrypoint is ${quoted(facts.entrypoint.join(' '))}; AWS says that tini is confused by \`train\` and \`serve\``,
            fix: 'Make the training program itself the ENTRYPOINT.',
        });
    }
    if (facts.reservedPaths.length > 0) {
        lints.push({
            id: 'lint-reserved-paths',
            title: '/opt/ml is left to SageMaker',
            proof: `the image brings ${quoted(facts.reservedPaths.join(', '))}; SageMaker mounts its folders over it`,
            fix: 'Put programs into /opt/ml/code or outside /opt/ml, and weights outside it.',
        });
    }
    const launch = [...facts.entrypoint, ...(facts.entrypoint.length === 0 ? [facts.trainProgram ?? ''] : [])].join(' ');
    const unbuffered = facts.environment.some((variable) => /^PYTHONUNBUFFERED=./.test(variable));
    if (/python/.test(launch) && !unbuffered && !/\s-[a-zA-Z]*u\b/.test(launch)) {
        lints.push({
            id: 'lint-unbuffered',
            title: 'Python writes its log without delay',
            proof: 'PYTHONUNBUFFERED is not set: log lines and metrics arrive late, and the last ones are lost when it is killed',
            fix: 'Add `ENV PYTHONUNBUFFERED=1` to the Dockerfile.',
        });
    }
    const driver = facts.history.find((line) => /\b(?:nvidia-driver-\d|nvidia-utils-\d|libnvidia-compute-\d|cuda-drivers|NVIDIA-Linux-x86_64-)/.test(line));
    if (driver !== undefined) {
        lints.push({
            id: 'lint-nvidia-driver',
            title: 'The NVIDIA driver is left to the host',
            proof: `a layer installs it: ${quoted(driver)}`,
            fix: 'Install the CUDA toolkit (or a framework that brings it), never the driver: it must be the one of the host.',
        });
    }
    if (facts.sizeBytes > SIZE_WARNING_BYTES) {
        lints.push({
            id: 'lint-size',
            title: 'The image is below 10 GB',
            proof: `${(facts.sizeBytes / 1e9).toFixed(1)} GB, pulled anew for every training job`,
            fix: 'Take a smaller base image, clean caches in the layer that makes them, and copy from a build stage.',
        });
    }
    return lints;
}

// EXTERNAL MODULE: ./src/contract/tree.ts
var tree = __webpack_require__(6420);
;// CONCATENATED MODULE: ./src/contract/checks/main-run.ts





const ENTRYPOINT_FIX = 'SageMaker runs `docker run IMAGE train`. Either set ENTRYPOINT ["python", "/opt/program/train.py"] and accept the ' +
    'argument `train`, or put an executable program called `train` on PATH.';
const ARGUMENT_FIX = 'Accept the extra word: `parser.add_argument("command", nargs="?")`, or `parse_known_args()` instead of `parse_args()`.';
/** How programs say that they do not understand the word `train`. */
const ARGUMENT_REFUSALS = [
    /unrecognized arguments?:.*\btrain\b/i,
    /unexpected (?:extra )?argument.*\btrain\b/i,
    /invalid choice: ['"]?train\b/i,
    /no such command ['"`]?train\b/i,
    /unknown (?:command|argument|option)s?:? ['"`]?train\b/i,
    /can't open file ['"][^'"]*\btrain['"]/i,
    /cannot open ['"`]?train\b/i,
    /\btrain: (?:not found|command not found|no such file or directory)/i,
];
/** How the engine says that there is nothing to start. */
const START_ERRORS = [
    {
        pattern: /executable file not found|no such file or directory/i,
        cause: 'there is no program to start',
        fix: ENTRYPOINT_FIX,
    },
    {
        pattern: /permission denied/i,
        cause: 'the program is not executable',
        fix: 'Make it executable before or while it is copied: `COPY --chmod=755 train /usr/local/bin/train`.',
    },
    {
        pattern: /exec format error/i,
        cause: 'the program is for another processor, or a script without a `#!` line',
        fix: 'Begin the script with `#!/usr/bin/env python3` (or its interpreter), and build for linux/amd64.',
    },
];
/** So many names of a sample are shown. */
const NAMES_SHOWN = 5;
/**
 * Judges the undisturbed run. When it failed, finds out which promise is broken: that one fails, and the caller skips
 * what needs a run.
 *
 * @returns the id of the broken promise, if any
 */
async function judgeMainRun(bench, run, scorecard) {
    if (succeeded(run)) {
        await scorecard.pass('train-argument', `\`docker run IMAGE train\` ended with exit code 0`, run.seconds);
        return undefined;
    }
    const blame = await findBlame(bench, run);
    if (blame.id === 'hyperparameters' && !scorecard.isDecided('hyperparameters')) {
        // Without hyperparameters it ran: the argument is understood.
        await scorecard.pass('train-argument', 'started with `train`; it fails by its hyperparameters only', run.seconds);
    }
    // A check that is not to be made must not hide that training does not work at all.
    const id = scorecard.isDecided(blame.id) && blame.id !== 'train-argument' ? 'train-argument' : blame.id;
    await scorecard.fail(id, blame.proof, blame.fix, run.seconds, {
        log: logOf(run),
        ...(blame.crash === undefined ? {} : { crash: blame.crash }),
    });
    return id;
}
async function findBlame(bench, run) {
    if (run.startError !== undefined) {
        const known = START_ERRORS.find(({ pattern }) => pattern.test(run.startError ?? ''));
        return {
            id: 'train-argument',
            proof: `${known?.cause ?? 'the container could not be started'}: ${lastWords(run)}`,
            fix: known?.fix ?? ENTRYPOINT_FIX,
        };
    }
    if (run.result.secondaryStatus === 'MaxRuntimeExceeded') {
        return {
            id: 'train-argument',
            proof: `training was still running after ${bench.times.mainRunSeconds} s`,
            fix: 'Make the run short: fewer epochs in `verify-hyperparameters`, a smaller sample in `verify-channels`.',
        };
    }
    const words = [...run.tail, run.failureText ?? ''];
    const refusal = words.find(
    // A channel may be called `train`, too.
    (line) => !line.includes('/opt/ml/input/') && ARGUMENT_REFUSALS.some((pattern) => pattern.test(line)));
    if (refusal !== undefined) {
        return {
            id: 'train-argument',
            proof: `${ending(run)}: ${quoted(refusal)}`,
            fix: /can't open file|cannot open|not found|no such file/i.test(refusal) ? ENTRYPOINT_FIX : ARGUMENT_FIX,
        };
    }
    const crash = crashOf(run.tail, run.failureText);
    return ((await blameOnChannels(bench.channels, run, crash)) ??
        (await blameOnHyperparameters(bench, run)) ??
        blameOnTraining(run, crash));
}
/**
 * Only when the error itself is about data under /opt/ml/input/data that the sample does not have: a crash of another kind
 * may well name a path there.
 */
async function blameOnChannels(channels, run, crash) {
    const error = crash && dataErrorOf(crash.error);
    if (!crash || !error)
        return undefined;
    const given = channels.map(({ name }) => name);
    const channel = channels.find(({ name }) => name === error.channel);
    const where = crash.frame === undefined ? '' : ` (${plain(crash.frame)})`;
    const proof = `${ending(run)}: ${quoted(crash.error)}${where}`;
    if (channel) {
        const fix = await sampleFix(channel, error);
        return fix === undefined ? undefined : { id: 'channels', proof, fix };
    }
    const givenText = given.length === 0 ? 'no channel was given' : `the channels given are ${given.join(', ')}`;
    return {
        id: 'channels',
        proof: `${proof}; ${givenText}`,
        fix: error.channel !== ''
            ? `Give the channel in \`verify-channels\`: ${quoted(error.channel, 64)}=path/of/a/sample, or let the program read a channel that is given.`
            : given.length === 0
                ? 'Give a small sample of each channel in `verify-channels`, one `name=folder` a line.'
                : `Read the data from ${given.map((name) => `/opt/ml/input/data/${name}`).join(', ')}, where SageMaker puts it.`,
    };
}
/** What to change when a given channel does not hold what the program wants; nothing when it does hold it. */
async function sampleFix({ name, path }, error) {
    const { files, directories } = await (0,tree/* listTree */.nT)(path, `channel «${name}»`);
    const isFile = files.some((file) => file.name === error.rest);
    const isFolder = error.rest === '' || directories.includes(error.rest);
    const holds = holdings(files.map((file) => file.name));
    if (error.kind === 'empty' && (isFile || isFolder)) {
        return `The program finds nothing that it can use in \`${plain(error.path)}\` of the sample given as \`${name}\` (it holds: ${holds}): correct what it looks for, or add such files to the sample.`;
    }
    // It is there: whatever the error means, the sample is not the cause.
    if (isFile || isFolder)
        return undefined;
    return `\`${plain(error.path)}\` is not in the sample given as \`${name}\` (it holds: ${holds}): correct the name in the program, or add the file to the sample.`;
}
function holdings(names) {
    if (names.length === 0)
        return 'nothing';
    return names.slice(0, NAMES_SHOWN).map(plain).join(', ') + (names.length > NAMES_SHOWN ? '…' : '');
}
/** A name or path of others for a sentence of ours: one line, and without backticks, which would end our code spans. */
function plain(text) {
    return (0,neutralise/* neutralise */.$0)(text, 200).replaceAll('`', "'");
}
/**
 * Runs once more with no hyperparameter at all. When it then ends well, or lives on well past the moment at which it failed,
 * the hyperparameters were what it choked on.
 */
async function blameOnHyperparameters(bench, run) {
    const names = Object.keys(bench.hyperparameters);
    if (names.length === 0)
        return undefined;
    const without = await observe(bench, 'Run without hyperparameters, to find the cause', {
        hyperparameters: {},
        maxRuntimeSeconds: Math.ceil(3 * run.seconds + 15),
    });
    const outlived = without.result.secondaryStatus === 'MaxRuntimeExceeded';
    if (!succeeded(without) && !outlived)
        return undefined;
    const numbers = names.filter((name) => typeof parsed(bench.hyperparameters[name] ?? '') !== 'string');
    return {
        id: 'hyperparameters',
        proof: `${ending(run)} with ${names.length === 1 ? 'its hyperparameter' : `its ${names.length} hyperparameters`}, ${outlived ? 'trains' : 'exit code 0'} with none: ${lastWords(run)}`,
        fix: 'In hyperparameters.json every value is a string' +
            (numbers.length > 0 ? ` ("${numbers[0] ?? ''}": "${bench.hyperparameters[numbers[0] ?? ''] ?? ''}")` : '') +
            ': decode each with json.loads(value), and keep it as it is where that fails. If a value is wrong, correct `hyperparameters` or `verify-hyperparameters`.',
    };
}
function blameOnTraining(run, crash) {
    const outOfMemory = run.result.nodes.some(({ oomKilled }) => oomKilled) || run.exitCode === 137;
    const said = crash && !outOfMemory ? quoted(crash.error, 300) : lastWords(run);
    const frame = crash?.frame === undefined ? undefined : plain(crash.frame);
    return {
        id: 'train-argument',
        proof: `${ending(run)}: ${said}${frame === undefined ? '' : ` (${frame})`}`,
        fix: outOfMemory
            ? 'It was killed, most likely for want of memory: make batches or the sample smaller for verify, or take a larger runner.'
            : `Fix the program${frame === undefined ? '' : ` at \`${frame}\``}; \`docker run IMAGE train\` with the same files shows the error again.`,
        crash: outOfMemory || !crash ? ending(run) : (0,neutralise/* neutralise */.$0)(crash.error, 300),
    };
}
/** The value as JSON has it, else the string itself. */
function parsed(value) {
    try {
        return JSON.parse(value);
    }
    catch {
        return value;
    }
}

;// CONCATENATED MODULE: ./src/contract/checks/metrics.ts


/** Every metric definition must have matched a line of the main run and captured a finite number. */
async function checkMetrics(run, scorecard) {
    const series = run.log.series();
    const silent = series.filter(({ count }) => count === 0);
    if (silent.length === 0) {
        const shown = series.slice(0, 5).map(({ name, last, count }) => `${name}=${last ?? ''} (${count} values)`);
        await scorecard.pass('metrics', quoted(shown.join(', ') + (series.length > 5 ? ', …' : ''), 400), 0);
        return;
    }
    const [first] = silent;
    await scorecard.fail('metrics', `${silent.length} of ${series.length} without a value: ${silent.slice(0, 5).map(describe).join('; ')}; the log's last line is ${quoted(run.tail.at(-1) ?? '', 120)}`, `Make the regex and the line that is printed agree: for \`${first?.name ?? ''}: ([0-9.eE+-]+)\` print "${first?.name ?? ''}: 0.25", on one line.`, 0, { log: logOf(run) });
}
function describe({ name, regex, dropped }) {
    const what = dropped > 0 ? `matched ${dropped} times, never a finite number` : 'matched no line';
    return `${quoted(name, 60)} (${quoted(regex, 100)}) ${what}`;
}

;// CONCATENATED MODULE: ./src/contract/checks/model.ts


/** Judges what the main run left in /opt/ml/model. */
async function checkModel(run, scorecard) {
    const files = modelFiles(run);
    const links = files.filter(({ type }) => type === 'symlink');
    const special = files.filter(({ type }) => type === 'other');
    const bytes = files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
    if (files.length === 0) {
        await scorecard.fail('model', 'exit code 0, but /opt/ml/model is empty: SageMaker would name a model.tar.gz that does not exist', 'Write the trained model below /opt/ml/model before the program ends.', 0, { log: logOf(run) });
    }
    else if (links.length > 0) {
        await scorecard.fail('model', `${model_describe(links)}: hosting cannot unpack a model.tar.gz with symbolic links`, 'Copy the files that the links point to instead of linking them.', 0, { log: logOf(run) });
    }
    else if (special.length > 0) {
        await scorecard.fail('model', `${model_describe(special)}: no plain file`, 'Leave only plain files and folders in /opt/ml/model.', 0, { log: logOf(run) });
    }
    else if (bytes === 0) {
        await scorecard.fail('model', `${files.length === 1 ? 'its one file is' : `all of its ${files.length} files are`} empty`, 'Write the trained model below /opt/ml/model and close the file before the program ends.', 0, { log: logOf(run) });
    }
    else {
        await scorecard.pass('model', `${files.length} ${files.length === 1 ? 'file' : 'files'}, ${size(bytes)}`, 0);
    }
}
function model_describe(entries) {
    const shown = entries
        .slice(0, 3)
        .map(({ name, linkTarget }) => name + (linkTarget === undefined ? '' : ` -> ${linkTarget}`));
    return quoted(shown.join(', ') + (entries.length > 3 ? ` and ${entries.length - 3} more` : ''));
}
function size(bytes) {
    if (bytes < 1e3)
        return `${bytes} B`;
    return bytes < 1e6 ? `${(bytes / 1e3).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

;// CONCATENATED MODULE: ./src/contract/checks/nodes.ts


/** More nodes show nothing more, and cost a run each. */
const NODES_MAX = 2;
const PROBE_SECONDS_MAX = 60;
/**
 * Asks for every host's name with what the image has, until each has answered once (20 s at most), and stays for the others to
 * ask. Exit codes: 0 all found, 7 not found, 9 nothing to ask with. `ContainerEntrypoint` takes 256 characters a word.
 */
const PROBE = 'command -v getent || command -v python3 || exit 9; for h do n=0; ' +
    `until getent hosts $h || python3 -c "import socket;socket.gethostbyname('$h')"; ` +
    'do n=$((n+1)); [ $n -gt 20 ] && echo $h does not resolve && exit 7; sleep 1; done; done; sleep 2';
/**
 * Trains on two nodes: every name resolves from every node, all exit 0, nothing hangs.
 *
 * The names are asked for in a job of their own on the same kind of network, with the image's own resolver: the training's
 * containers may be gone before anything could be asked of them.
 */
async function checkNodes(bench, mainRun, scorecard) {
    const instanceCount = Math.min(bench.instanceCount, NODES_MAX);
    const hosts = Array.from({ length: instanceCount }, (_, index) => `algo-${index + 1}`);
    const run = await observe(bench, `Training on ${instanceCount} nodes`, {
        instanceCount,
        maxRuntimeSeconds: furtherRunSeconds(bench, mainRun),
    });
    if (!succeeded(run)) {
        const hung = run.result.secondaryStatus === 'MaxRuntimeExceeded';
        await scorecard.fail('nodes', hung ? `still ran after ${Math.round(run.result.seconds)} s on ${instanceCount} nodes` : endings(run), hung
            ? 'Bound every wait for a peer, and let the nodes agree on the number of steps.'
            : 'Take hosts and current_host from /opt/ml/input/config/resourceconfig.json, retry until a peer’s name resolves, and let every node exit 0.', run.seconds, { log: logOf(run) });
        return;
    }
    const probe = await observe(bench, 'Do the nodes find each other’s names?', {
        instanceCount,
        entrypoint: ['/bin/sh', '-c', PROBE, 'probe', ...hosts],
        channels: [],
        maxRuntimeSeconds: PROBE_SECONDS_MAX,
    });
    const seconds = run.seconds + probe.seconds;
    const ended = `${hosts.join(' and ')} ended with exit code 0 after ${run.result.seconds.toFixed(1)} s`;
    if (succeeded(probe))
        await scorecard.pass('nodes', `${ended}; each resolves all names`, seconds);
    else if (probe.result.nodes.every(({ exitCode, startError }) => startError !== undefined || exitCode === 9)) {
        await scorecard.pass('nodes', `${ended}; the image has no tool to ask for names with`, seconds);
    }
    else {
        await scorecard.fail('nodes', `${ended}, but a name does not resolve: ${quoted(probe.tail.join(' '))}`, 'Leave /etc/nsswitch.conf and /etc/resolv.conf to the container engine: the names come from its DNS.', seconds, { log: logOf(probe) });
    }
}
function endings(run) {
    return run.result.nodes
        .map(({ host, exitCode, tail, startError }) => {
        const words = startError ?? tail.filter((line) => line.trim() !== '').at(-1);
        return `${host}: exit code ${exitCode}${exitCode !== 0 && words !== undefined ? `, ${quoted(words)}` : ''}`;
    })
        .join('; ');
}

;// CONCATENATED MODULE: ./src/contract/checks/offline.ts


/**
 * The hyperparameters as framework estimators of the Python SDK send them: `json.dumps` of each value, so that words come in
 * quotes of their own (`"\"sgd\""`) while numbers, lists and booleans look as ever. Pure.
 */
function jsonQuoted(hyperparameters) {
    return Object.fromEntries(Object.entries(hyperparameters).map(([name, value]) => [name, isJson(value) ? value : JSON.stringify(value)]));
}
function isJson(value) {
    try {
        JSON.parse(value);
        return true;
    }
    catch {
        return false;
    }
}
/**
 * Proves `offline` and the second half of `hyperparameters` by one run: no network, JSON-quoted values. Only when it fails, further
 * runs tell whose fault it is.
 */
async function checkOfflineAndQuoted(bench, mainRun, scorecard) {
    const begun = bench.clock.seconds();
    const elapsed = () => bench.clock.seconds() - begun;
    const maxRuntimeSeconds = furtherRunSeconds(bench, mainRun);
    const names = Object.keys(bench.hyperparameters);
    const quotedValues = jsonQuoted(bench.hyperparameters);
    const words = names.filter((name) => quotedValues[name] !== bench.hyperparameters[name]);
    if (words.length === 0) {
        await scorecard.pass('hyperparameters', names.length === 0
            ? 'none are declared: ran with an empty hyperparameters.json'
            : `ran with ${names.length} string ${names.length === 1 ? 'value' : 'values'}, the same when JSON-quoted`, 0);
    }
    const wantOffline = !scorecard.isDecided('offline');
    const wantQuoted = !scorecard.isDecided('hyperparameters');
    if (!wantOffline && !wantQuoted)
        return;
    const run = await observe(bench, titleOf(wantOffline, wantQuoted), {
        networkIsolation: wantOffline,
        ...(wantQuoted ? { hyperparameters: quotedValues } : {}),
        maxRuntimeSeconds,
    });
    if (succeeded(run)) {
        if (wantOffline)
            await passOffline(scorecard, elapsed());
        await passQuoted(scorecard, names.length, words, 0);
    }
    else if (!wantOffline)
        await warnQuoted(scorecard, run, names.length, words, elapsed());
    else if (!wantQuoted)
        await failOffline(scorecard, run, elapsed());
    else {
        const plain = await observe(bench, 'No network, plain hyperparameters: to find the cause', {
            networkIsolation: true,
            maxRuntimeSeconds,
        });
        if (succeeded(plain)) {
            await passOffline(scorecard, elapsed());
            await warnQuoted(scorecard, run, names.length, words, elapsed());
        }
        else {
            await failOffline(scorecard, plain, elapsed());
            const connected = await observe(bench, 'JSON-quoted hyperparameters with a network', {
                hyperparameters: quotedValues,
                maxRuntimeSeconds,
            });
            if (succeeded(connected))
                await passQuoted(scorecard, names.length, words, connected.seconds);
            else
                await warnQuoted(scorecard, connected, names.length, words, connected.seconds);
        }
    }
}
function titleOf(offline, isQuoted) {
    return [...(offline ? ['no network'] : []), ...(isQuoted ? ['JSON-quoted hyperparameters'] : [])]
        .join(', ')
        .replace(/^./, (first) => first.toUpperCase());
}
async function passOffline(scorecard, seconds) {
    await scorecard.pass('offline', 'exit code 0 with no network and no credentials', seconds);
}
async function failOffline(scorecard, run, seconds) {
    await scorecard.fail('offline', `without a network: ${ending(run)}, ${lastWords(run)}`, 'Put what it downloads (pretrained weights, packages, data) into the image at build time, or into a channel.', seconds, { log: logOf(run) });
}
async function passQuoted(scorecard, total, words, seconds) {
    await scorecard.pass('hyperparameters', `ran with ${total} string ${total === 1 ? 'value' : 'values'}, then with ${shown(words)} JSON-quoted`, seconds);
}
/** A warning only: an image that is always sent plain values, as a generic Estimator sends them, works on SageMaker. */
async function warnQuoted(scorecard, run, total, words, seconds) {
    await scorecard.pass('hyperparameters', `ran with ${total} string ${total === 1 ? 'value' : 'values'}`, seconds);
    await scorecard.warn({
        id: 'lint-json-quoted',
        title: 'Reads JSON-quoted hyperparameters',
        proof: `runs with plain values, but with ${shown(words)} JSON-quoted ("\\"word\\"", as the Python SDK's framework estimators send them): ${ending(run)}, ${lastWords(run)}`,
        fix: 'Decode each value with json.loads(value), and keep it as it is where that fails.',
    });
}
function shown(names) {
    return quoted(names.slice(0, 3).join(', ') + (names.length > 3 ? ', …' : ''), 120);
}

;// CONCATENATED MODULE: ./src/contract/checks/platform-and-user.ts

/** All of SageMaker's training instances but one Grace-Blackwell type are amd64 (`TrainingInstanceType`). */
async function checkPlatform(facts, scorecard) {
    const platform = `${facts.os}/${facts.architecture}`;
    if (platform === 'linux/amd64')
        await scorecard.pass('platform', platform, 0);
    else {
        await scorecard.fail('platform', `the image is for ${quoted(platform, 50)}`, 'Build it for linux/amd64: take a base image that exists for it and remove `--platform` from FROM lines.', 0);
    }
}
/** SageMaker's /opt/ml/input/config cannot even be entered by others than root. */
async function checkUser(facts, scorecard) {
    const user = facts.user.split(':')[0] ?? '';
    if (user === '' || user === 'root' || user === '0') {
        await scorecard.pass('user', user === '' ? 'no USER is set, so it is root' : `USER is ${user}`, 0);
    }
    else {
        await scorecard.fail('user', `USER is ${quoted(facts.user, 50)}; on SageMaker only root can read /opt/ml/input/config`, 'End the Dockerfile with `USER root`.', 0);
    }
}

;// CONCATENATED MODULE: ./src/contract/checks/resume.ts


/**
 * Did the second run go on where the first one stopped? Pure; `cold` is a run that began with no checkpoints.
 *
 * Proof is any one of: it says so, in words that the cold run did not use; its numbering of epochs (steps, iterations …) begins
 * later than the cold run's; it did fewer steps than the cold run and yet ended well. Without proof, as many steps as the
 * cold run, or the same first number, mean that it started over; a log that shows neither leaves it unclear.
 */
function judgeResume(cold, second) {
    const said = second.resumed.find((line) => !cold.resumed.includes(line));
    if (said !== undefined)
        return { verdict: 'continued', proof: `it said ${quoted(said, 120)}` };
    if (cold.marker && second.marker?.unit === cold.marker.unit && second.marker.first > cold.marker.first) {
        const { unit, first } = second.marker;
        return {
            verdict: 'continued',
            proof: `it began with ${unit} ${first}, a cold start with ${unit} ${cold.marker.first}`,
        };
    }
    if (cold.steps === 0)
        return { verdict: 'unclear', proof: 'its log shows neither epochs nor metrics' };
    if (second.steps < cold.steps) {
        return { verdict: 'continued', proof: `it did ${second.steps} steps, a cold start ${cold.steps}` };
    }
    const again = second.marker ? `began with ${second.marker.unit} ${second.marker.first} again and ` : '';
    return { verdict: 'started-over', proof: `it ${again}did ${second.steps} steps, as in a cold start` };
}
const HOW_TO_RESUME = 'Look for the newest checkpoint in /opt/ml/checkpoints at the start and go on from its epoch; write checkpoints to a temporary ' +
    'name and rename them. SageMaker restores that folder before a spot restart.';
/**
 * Runs again with the checkpoints of an earlier run.
 *
 * @param sources - the runs that may have left some, the best one first
 */
async function checkResume(bench, mainRun, sources, scorecard) {
    const source = sources.find(({ run }) => run.checkpoints.some(({ type, sizeBytes }) => type === 'file' && sizeBytes > 0));
    if (!source) {
        await skipOrFail(scorecard, 'it writes no checkpoints to /opt/ml/checkpoints', HOW_TO_RESUME, 0);
        return;
    }
    const run = await observe(bench, `Start with the checkpoints of ${source.named}`, {
        checkpoints: source.volume,
        maxRuntimeSeconds: furtherRunSeconds(bench, mainRun),
    });
    const from = `started with the checkpoints of ${source.named}`;
    if (!succeeded(run)) {
        await scorecard.fail('resume', `${from}: ${ending(run)}, ${lastWords(run)}`, HOW_TO_RESUME, run.seconds, {
            log: logOf(run),
        });
        return;
    }
    const { verdict, proof } = judgeResume(traceOf(mainRun), traceOf(run));
    if (verdict === 'started-over') {
        await scorecard.fail('resume', `${from}: exit code 0, but ${proof}`, HOW_TO_RESUME, run.seconds, {
            log: logOf(run),
        });
    }
    else if (verdict === 'unclear') {
        await skipOrFail(scorecard, `exit code 0, but it cannot be told whether it continued: ${proof}`, 'Print a line such as "resuming from checkpoint, epoch 3".', run.seconds, logOf(run));
    }
    else if (modelFiles(run).length === 0 && modelFiles(mainRun).length > 0) {
        await scorecard.fail('resume', `${from}: exit code 0, ${proof}, but /opt/ml/model is empty`, 'Write the model also when the checkpoint says that all epochs are done: /opt/ml/model is empty after a restart.', run.seconds, { log: logOf(run) });
    }
    else
        await scorecard.pass('resume', `${from}: exit code 0, ${proof}`, run.seconds);
}
/** Where resuming is required, a training that does not show it has not kept the promise. */
async function skipOrFail(scorecard, why, fix, seconds, log = []) {
    if (scorecard.isRequired('resume'))
        await scorecard.fail('resume', why, fix, seconds, { log });
    else
        await scorecard.skip('resume', why, seconds);
}
function traceOf({ log }) {
    return { steps: log.steps(), marker: log.marker(), resumed: log.resumed };
}

// EXTERNAL MODULE: ./src/secret-shapes.ts
var secret_shapes = __webpack_require__(2398);
;// CONCATENATED MODULE: ./src/contract/checks/secrets.ts


/**
 * Looks for secrets in what everybody who can pull the image can read: history, environment, labels, entrypoint. Pure.
 */
function findSecrets(facts) {
    const found = [];
    const look = (where, text) => {
        for (const { kind, secret } of (0,secret_shapes/* findShapes */.Il)(text))
            found.push({ where, kind, redacted: redact(secret) });
        for (const { name, value } of (0,secret_shapes/* findNamedSecrets */.Ax)(text)) {
            found.push({ where, kind: `a value for ${name.slice(0, 60)}`, redacted: redact(value) });
        }
    };
    // The environment is told before the history, which repeats it.
    for (const variable of facts.environment)
        look(`environment variable ${nameOf(variable)}`, variable);
    for (const [name, value] of Object.entries(facts.labels))
        look(`label ${name.slice(0, 60)}`, `${name}=${value}`);
    look('entrypoint', [...facts.entrypoint, ...facts.command].join(' '));
    facts.history.forEach((createdBy, index) => {
        look(`history, layer ${facts.history.length - index} (${instructionOf(createdBy)})`, createdBy);
    });
    const seen = new Set();
    return found.filter(({ redacted, kind }) => !seen.has(redacted + kind) && seen.add(redacted + kind));
}
/** Passes when {@link findSecrets} finds nothing. */
async function checkSecrets(facts, scorecard) {
    const found = findSecrets(facts);
    if (found.length === 0) {
        await scorecard.pass('secrets', `none in ${facts.history.length} layers' history, ${facts.environment.length} variables, ${Object.keys(facts.labels).length} labels`, 0);
        return;
    }
    const shown = found.slice(0, 5).map(({ where, kind, redacted }) => `${kind} (${redacted}) in ${where}`);
    await scorecard.fail('secrets', quoted(shown.join('; ') + (found.length > 5 ? ` and ${found.length - 5} more` : ''), 600), 'Whoever can pull the image can read it: withdraw that credential now. Then hand it to the build with the input `secrets` and ' +
        '`RUN --mount=type=secret,id=…`, never with ENV, ARG or LABEL.', 0);
}
/** Enough to recognise it by, too little to use it: its length and, of a long one, four characters. */
function redact(secret) {
    return `${secret.length >= 16 ? secret.slice(0, 4) : ''}***, ${secret.length} characters`;
}
function nameOf(variable) {
    return (variable.split('=')[0] ?? '').slice(0, 60);
}
function instructionOf(createdBy) {
    return /^(?:\/bin\/sh -c #\(nop\)\s+)?([A-Z]{2,12})\b/.exec(createdBy)?.[1] ?? 'RUN';
}

;// CONCATENATED MODULE: ./src/contract/checks/stop.ts

/** Shorter remainders than this say nothing. */
const REMAINING_SECONDS_MIN = 1;
/**
 * Did it end because of SIGTERM? Pure.
 *
 * On the small sample a training that ignores SIGTERM may well end by itself within the grace, while the real one would be
 * killed. So an exit alone proves nothing: it must have done fewer steps than the undisturbed run, or have exited with
 * another code, or, where the log shows no steps, long before its time.
 */
function judgeStop(facts) {
    const late = facts.mainSteps > 0 ? ' (or its log came late: in Python, set PYTHONUNBUFFERED=1)' : '';
    const lengthen = `${late}: give \`verify-hyperparameters\` a few more epochs`;
    if (facts.sentAfterSeconds === undefined) {
        return { verdict: 'skipped', words: `it finished before SIGTERM could be sent${lengthen}` };
    }
    if (facts.sigkilled) {
        return { verdict: 'fail', words: `still ran ${facts.graceSeconds} s after SIGTERM and was killed` };
    }
    const after = `${facts.endedAfterSeconds.toFixed(1)} s after SIGTERM, exit code ${facts.exitCode}`;
    const of = facts.mainSteps > 0 ? `, ${facts.steps} of ${facts.mainSteps} steps done` : '';
    if (facts.exitCode !== 0)
        return { verdict: 'pass', words: `ended ${after}${of}` };
    if (facts.mainSteps > 0) {
        if (facts.steps < facts.mainSteps)
            return { verdict: 'pass', words: `ended ${after}${of}` };
        // A training that looks at the signal after each step may finish the one that runs.
        if (facts.stepsWhenSent <= facts.mainSteps - 2) {
            return {
                verdict: 'fail',
                words: `SIGTERM came after step ${facts.stepsWhenSent} of ${facts.mainSteps}, yet it trained to its end, ${after}`,
            };
        }
        return { verdict: 'skipped', words: `too few steps were left to tell whether SIGTERM ended it${lengthen}` };
    }
    const remaining = facts.mainSeconds - facts.sentAfterSeconds;
    if (remaining >= REMAINING_SECONDS_MIN && facts.endedAfterSeconds < remaining / 2) {
        return { verdict: 'pass', words: `ended ${after}, about ${remaining.toFixed(1)} s before its time` };
    }
    return {
        verdict: 'skipped',
        words: 'its log shows no epochs or metrics to tell whether SIGTERM ended it: print a line for each epoch',
    };
}
/**
 * Runs the training on an empty checkpoint volume and sends SIGTERM in the midst of it.
 *
 * @returns the run, which left its checkpoints in the volume
 */
async function checkStop(bench, mainRun, checkpoints, scorecard) {
    const moment = stopMoment(mainRun);
    let sentAfterSeconds;
    let stepsWhenSent = 0;
    let endedAfterSeconds = 0;
    const graceSeconds = bench.times.stopGraceSeconds;
    const run = await observe(bench, 'SIGTERM in the midst of training', {
        checkpoints,
        maxRuntimeSeconds: furtherRunSeconds(bench, mainRun) + graceSeconds,
        whileRunning: async (job, log) => {
            const begun = bench.clock.seconds();
            if ((await midTraining(job, log, moment, bench.clock)) === 'ended')
                return;
            stepsWhenSent = log.steps();
            sentAfterSeconds = bench.clock.seconds() - begun;
            const sent = bench.clock.seconds();
            await job.stop(graceSeconds);
            endedAfterSeconds = bench.clock.seconds() - sent;
        },
    });
    const { verdict, words } = judgeStop({
        sentAfterSeconds,
        stepsWhenSent,
        steps: run.log.steps(),
        endedAfterSeconds,
        exitCode: run.exitCode,
        sigkilled: run.result.nodes.some(({ sigkilled }) => sigkilled),
        graceSeconds,
        mainSteps: mainRun.log.steps(),
        mainSeconds: mainRun.result.seconds,
    });
    if (sentAfterSeconds === undefined && !succeeded(run)) {
        await scorecard.skip('stop', `it failed before SIGTERM could be sent (${ending(run)}), unlike before`, run.seconds);
    }
    else if (verdict === 'pass')
        await scorecard.pass('stop', words, run.seconds);
    else if (verdict === 'skipped')
        await scorecard.skip('stop', words, run.seconds);
    else {
        await scorecard.fail('stop', words, stopFix(bench.shellForm), run.seconds, { log: logOf(run) });
    }
    return run;
}
/** What makes a training obey SIGTERM. Pure. */
function stopFix(shellForm) {
    const first = shellForm
        ? 'Let the program that trains be PID 1: write ENTRYPOINT in exec form, a JSON list. Then install'
        : 'Install';
    return (`${first} a handler (\`signal.signal(signal.SIGTERM, …)\`; as PID 1 a program has none by default), and leave the loop ` +
        'when it has been called. A shell script must `exec` the program; the SageMaker training toolkit does not pass SIGTERM on to it.');
}
/** After the second step of at least four: then the first one's checkpoint is written. Else after the first. */
function stopMoment(mainRun) {
    const steps = mainRun.log.steps();
    return { steps: steps >= 4 ? 2 : steps >= 2 ? 1 : 0, seconds: mainRun.result.seconds / 2 };
}
async function midTraining(job, log, moment, clock) {
    const ended = job.done.then(() => 'ended', () => 'ended');
    const waiting = new AbortController();
    const midway = moment.steps > 0
        ? new Promise((resolve) => {
            const look = () => {
                if (log.steps() >= moment.steps)
                    resolve('midway');
            };
            log.onLine(look);
            look();
        })
        : clock.sleep(moment.seconds * 1000, waiting.signal).then(() => 'midway', () => 'midway');
    try {
        return await Promise.race([ended, midway]);
    }
    finally {
        waiting.abort();
    }
}

;// CONCATENATED MODULE: ./src/contract/checks/index.ts















/**
 * Runs the image as SageMaker would and scores each promise of the container contract.
 *
 * As few runs as will do, one after the other (two trainings at once could starve each other and fail for our doing): an
 * undisturbed one; one with what it needs taken away; one without network and with JSON-quoted hyperparameters; one that gets
 * SIGTERM; one with the checkpoints of that; and one on two nodes where training will have several.
 *
 * @returns the verdicts, each promise exactly once, then the warnings
 * @throws UserError when the engine fails
 */
async function verifyImage(options) {
    const scorecard = new Scorecard(options.rules, options.onDecided);
    await scorecard.begin();
    const facts = await inspectImage(options.exec, options.image, options.runId, options.signal);
    await checkPlatform(facts, scorecard);
    await checkUser(facts, scorecard);
    await checkSecrets(facts, scorecard);
    const bench = {
        ...options,
        instanceCount: options.rules.instanceCount,
        shellForm: isShellForm(facts),
    };
    for (const lint of lintImage(facts))
        await scorecard.warn(lint);
    const ground = brokenGround(scorecard, ['platform', 'user']);
    if (ground !== undefined)
        await scorecard.skipRest(ground);
    else
        await checkRuns(bench, scorecard);
    return scorecard.results();
}
async function checkRuns(bench, scorecard) {
    const volumes = [];
    const newVolume = async () => {
        const volume = await bench.runner.createCheckpointVolume();
        volumes.push(volume);
        return volume;
    };
    try {
        // A cold start: the checkpoint folder is there and empty.
        const mainVolume = await newVolume();
        const mainRun = await observe(bench, 'Training on the sample, undisturbed', {
            checkpoints: mainVolume,
            maxRuntimeSeconds: bench.times.mainRunSeconds,
        });
        const broken = await judgeMainRun(bench, mainRun, scorecard);
        if (broken !== undefined) {
            await scorecard.skipRest(groundReason(scorecard, broken));
            return;
        }
        await checkModel(mainRun, scorecard);
        await checkMetrics(mainRun, scorecard);
        await lintInputWrites(mainRun, scorecard);
        if (bench.channels.length === 0)
            await scorecard.skip('channels', 'no `verify-channels` and no local `input-data-config`');
        if (!scorecard.isDecided('failure'))
            await checkFailure(bench, mainRun, scorecard);
        await passChannels(bench, scorecard, '');
        await checkOfflineAndQuoted(bench, mainRun, scorecard);
        await checkStopAndResume(bench, { run: mainRun, volume: mainVolume, named: 'the finished run' }, newVolume, scorecard);
        if (!scorecard.isDecided('nodes'))
            await checkNodes(bench, mainRun, scorecard);
    }
    finally {
        // What cannot be removed now goes with the rest of the run, by label; it must not hide why we are here.
        for (const volume of volumes)
            await volume.remove().catch(() => undefined);
    }
}
async function checkStopAndResume(bench, finished, newVolume, scorecard) {
    const sources = [finished];
    if (!scorecard.isDecided('stop')) {
        const volume = await newVolume();
        const run = await checkStop(bench, finished.run, volume, scorecard);
        sources.unshift({ volume, run, named: 'the stopped run' });
        if (scorecard.verdict('stop') === 'fail')
            await scorecard.skip('resume', groundReason(scorecard, 'stop'));
    }
    if (!scorecard.isDecided('resume'))
        await checkResume(bench, finished.run, sources, scorecard);
}
/** Writing to input works on SageMaker in File mode, until a channel becomes FastFile. */
async function lintInputWrites(run, scorecard) {
    if (run.inputChanges.length === 0)
        return;
    const shown = run.inputChanges.slice(0, 3).map(({ channel, name, change }) => `${channel}/${name} ${change}`);
    await scorecard.warn({
        id: 'lint-input-writes',
        title: 'Leaves its input as it is',
        proof: quoted(shown.join(', ') + (run.inputChanges.length > 3 ? ` and ${run.inputChanges.length - 3} more` : '')),
        fix: 'Write caches to /tmp: FastFile channels are read-only.',
    });
}
function brokenGround(scorecard, ids) {
    const broken = ids.find((id) => scorecard.verdict(id) === 'fail');
    return broken === undefined ? undefined : groundReason(scorecard, broken);
}
function groundReason(scorecard, id) {
    const proof = scorecard.results().find((result) => result.id === id)?.proof ?? '';
    if (proof === '')
        return `\`${id}\` failed`;
    return `\`${id}\` failed: ${proof.length > 150 ? `${proof.slice(0, 150)}…` : proof}`;
}


/***/ }),

/***/ 4380:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Docker: () => (/* binding */ Docker),
/* harmony export */   dockerFailure: () => (/* binding */ dockerFailure),
/* harmony export */   dockerMissing: () => (/* binding */ dockerMissing)
/* harmony export */ });
/* harmony import */ var _errors__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3916);

/** What an engine or client says that a user can mend, and how. The first match wins. */
const FAULTS = [
    {
        pattern: /permission denied while trying to connect|permission denied.*docker\.sock|connect: permission denied/i,
        message: 'This user may not talk to the Docker engine',
        fix: 'Add the runner’s user to the group «docker» (sudo usermod -aG docker <user>, then restart the runner), or point DOCKER_HOST to an engine it may use.',
    },
    {
        pattern: /Cannot connect to the Docker daemon|error during connect|failed to connect to the docker API|connection refused|unexpected EOF|connection reset by peer|Is the docker daemon running/i,
        message: 'The Docker engine does not answer',
        fix: 'Start it (sudo systemctl start docker) or check DOCKER_HOST and the Docker context. Use a runner with an engine, such as ubuntu-latest.',
    },
    {
        pattern: /no space left on device|disk quota exceeded/i,
        message: 'The Docker engine’s disk is full',
        fix: 'Free space on the runner (docker system df shows what takes it, docker system prune removes what nobody uses), use a runner with a larger disk, or give the job less data.',
    },
    {
        pattern: /could not select device driver|nvidia-container-cli|unknown or invalid runtime name: nvidia|libnvidia-ml/i,
        message: 'The Docker engine has no GPU to give',
        fix: 'The engine says it has NVIDIA’s runtime, so GPUs were asked for. Fix the driver and the NVIDIA Container Toolkit on the runner, or take the runtime out of the engine’s configuration.',
    },
    {
        pattern: /No such image|Unable to find image|image .* (?:does not exist|not found)|manifest unknown/i,
        message: 'The Docker engine does not have this image',
        fix: 'Build it before this step, on the same runner and engine.',
    },
    {
        pattern: /could not find an available.*address pool|all predefined address pools have been fully subnetted/i,
        message: 'The Docker engine has no network addresses left',
        fix: 'Remove unused networks on the runner (docker network prune).',
    },
    {
        pattern: /invalid reference format/i,
        message: 'This is no name of an image',
        fix: 'Use the name or id that `docker images` shows.',
    },
];
/**
 * The error for a docker command that failed: one that a user can mend where we know the cause.
 *
 * @param result what the command left
 * @param doing what it was for, to follow "while": "creating the container"
 */
function dockerFailure(result, doing) {
    const said = result.stderr.trim().slice(-2_000);
    const details = said === '' ? [] : said.split(/\r\n|\r|\n/).slice(-12);
    const fault = FAULTS.find(({ pattern }) => pattern.test(said));
    if (fault)
        return new _errors__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo(`${fault.message} (while ${doing}).`, { fix: fault.fix, details });
    return new _errors__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo(`docker failed with exit code ${result.exitCode} while ${doing}.`, {
        fix: 'The lines above are docker’s own. Run the job again; when it fails again, check the engine on the runner.',
        details,
    });
}
/** The error for a docker client that could not be started; anything else comes back as it is. */
function dockerMissing(error) {
    const code = (0,_errors__WEBPACK_IMPORTED_MODULE_0__/* .codeOf */ .$N)(error);
    if (code === 'ENOENT') {
        return new _errors__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo('The program «docker» was not found on this runner.', {
            fix: 'Use a runner with Docker, such as ubuntu-latest, or install Docker and put it on the PATH.',
            cause: error,
        });
    }
    if (code === 'EACCES') {
        return new _errors__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo('The program «docker» may not be run by this user.', {
            fix: 'Make it executable, or take the wrong one off the PATH.',
            cause: error,
        });
    }
    return error;
}
/** The docker client. A client, not the socket: it honours contexts, DOCKER_HOST and TLS as the user set them up. */
class Docker {
    exec;
    constructor(exec) {
        this.exec = exec;
    }
    /** Runs to its end, whatever the exit code. @throws UserError without a docker client. */
    async try(args, options = {}) {
        try {
            return await this.exec.run('docker', args, { killAfterMilliseconds: 1_000, ...options });
        }
        catch (error) {
            throw dockerMissing(error);
        }
    }
    /**
     * Runs to its end and gives its output, trimmed.
     * @throws UserError when it fails; the signal's reason when it was aborted
     */
    async run(args, doing, options = {}) {
        const result = await this.try(args, options);
        options.signal?.throwIfAborted();
        if (result.exitCode !== 0)
            throw dockerFailure(result, doing);
        return result.stdout.trim();
    }
    /** For what streams. `exit` rejects with UserError without a docker client. */
    spawn(args, options = {}) {
        const child = this.exec.spawn('docker', args, { killAfterMilliseconds: 1_000, ...options });
        const exit = child.exit.catch((error) => {
            throw dockerMissing(error);
        });
        exit.catch(() => undefined);
        return { ...child, exit };
    }
}


/***/ }),

/***/ 3414:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   JOB_LABEL: () => (/* binding */ JOB_LABEL),
/* harmony export */   RUN_LABEL: () => (/* binding */ RUN_LABEL),
/* harmony export */   removeLabelled: () => (/* binding */ removeLabelled)
/* harmony export */ });
/* harmony import */ var _errors__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3916);

/** Label of everything a run makes in the engine; its value is `record.id`. */
const RUN_LABEL = 'byoc.run';
/** Label of one job's containers, volumes and network. */
const JOB_LABEL = 'byoc.job';
/**
 * Removes all containers, volumes and networks that carry a label, by label only. Idempotent.
 *
 * @param label `name=value`
 * @returns how many things were removed
 * @throws UserError when the engine does not answer, or something is still there after the last round
 */
async function removeLabelled(docker, clock, label, { quietRounds, pauseMilliseconds, roundsMax }) {
    const filter = ['--filter', `label=${label}`];
    const list = async (args) => {
        const listed = await docker.run([...args, ...filter], 'looking for what a run left');
        return listed === '' ? [] : listed.split('\n');
    };
    const removed = new Set();
    let quiet = 0;
    let said = '';
    for (let round = 0; round < roundsMax; round += 1) {
        if (round > 0)
            await clock.sleep(pauseMilliseconds);
        const [containers, volumes, networks] = await Promise.all([
            list(['ps', '--all', '--quiet', '--no-trunc']),
            list(['volume', 'ls', '--quiet']),
            list(['network', 'ls', '--quiet', '--no-trunc']),
        ]);
        if (containers.length + volumes.length + networks.length === 0) {
            quiet += 1;
            if (quiet >= quietRounds)
                return removed.size;
            continue;
        }
        quiet = 0;
        for (const id of [...containers, ...volumes, ...networks])
            removed.add(id);
        // Containers first: they hold the rest.
        if (containers.length > 0)
            said = (await docker.try(['rm', '--force', '--volumes', ...containers])).stderr;
        const rest = await Promise.all([
            volumes.length > 0 ? docker.try(['volume', 'rm', '--force', ...volumes]) : undefined,
            networks.length > 0 ? docker.try(['network', 'rm', ...networks]) : undefined,
        ]);
        said += rest.map((result) => result?.stderr ?? '').join('');
        // Whether it is gone is asked of the engine, not believed: the next round lists again at once when only one is needed.
        if (quietRounds === 1 && said.trim() === '')
            return removed.size;
    }
    throw new _errors__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo(`Something of this run could not be removed from the Docker engine (label ${label}).`, {
        fix: `Remove it on the runner: docker rm -f -v $(docker ps -aq --filter label=${label})`,
        details: said.trim() === '' ? [] : said.trim().split('\n').slice(-12),
    });
}


/***/ }),

/***/ 6420:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   DE: () => (/* binding */ copyIn),
/* harmony export */   nT: () => (/* binding */ listTree),
/* harmony export */   t_: () => (/* binding */ INPUT_TIME)
/* harmony export */ });
/* unused harmony export InputPack */
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_fs__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1455);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_1___default = /*#__PURE__*/__webpack_require__.n(node_fs_promises__WEBPACK_IMPORTED_MODULE_1__);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6760);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2___default = /*#__PURE__*/__webpack_require__.n(node_path__WEBPACK_IMPORTED_MODULE_2__);
/* harmony import */ var node_stream_promises__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(6466);
/* harmony import */ var node_stream_promises__WEBPACK_IMPORTED_MODULE_3___default = /*#__PURE__*/__webpack_require__.n(node_stream_promises__WEBPACK_IMPORTED_MODULE_3__);
/* harmony import */ var tar_stream__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(6118);
/* harmony import */ var _errors__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(3916);
/* harmony import */ var _docker__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(4380);







/** Every file and folder that we put into a container has this time, so that a run's input is the same each time. */
const INPUT_TIME = new Date('2020-01-01T00:00:00Z');
/** Up to this size a file is read at once, which is a lot faster for the many small ones that data sets are made of. */
const WHOLE_BYTES_MAX = 256 * 1024;
/** So many small files are read before they are needed: at most 4 MiB of memory. */
const READ_AHEAD_FILES = 16;
/**
 * Lists a local folder, or one file as a folder that holds it. Links are followed as uploading to S3 follows them, but
 * never out of the folder. What is neither file nor folder is left out.
 *
 * @param path absolute
 * @param what for messages: "channel «train»"
 * @throws UserError when the path cannot be read, or a link leads out of it, nowhere or in a circle
 */
async function listTree(path, what) {
    const tree = { directories: [], files: [] };
    let root;
    try {
        root = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.realpath)(path);
        const top = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.stat)(root);
        if (!top.isDirectory()) {
            if (top.isFile())
                tree.files.push({ name: (0,node_path__WEBPACK_IMPORTED_MODULE_2__.basename)(path), path: root, sizeBytes: top.size });
            return tree;
        }
    }
    catch (error) {
        throw unreadable(path, what, error);
    }
    const walk = async (folder, prefix, above) => {
        const entries = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.readdir)(folder, { withFileTypes: true });
        entries.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
        for (const entry of entries) {
            // A checkout's .git may hold credentials, and is no data.
            if (entry.name === '.git')
                continue;
            const name = prefix + entry.name;
            let real = (0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(folder, entry.name);
            if (entry.isSymbolicLink()) {
                real = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.realpath)(real);
                const inside = (0,node_path__WEBPACK_IMPORTED_MODULE_2__.relative)(root, real);
                if (inside.startsWith('..') || (0,node_path__WEBPACK_IMPORTED_MODULE_2__.isAbsolute)(inside)) {
                    throw new _errors__WEBPACK_IMPORTED_MODULE_5__/* .UserError */ .yo(`The link «${name}» of ${what} leads out of its folder.`, {
                        fix: 'Put the file itself there: nothing else of the runner is given to a container.',
                    });
                }
            }
            const found = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.stat)(real);
            if (found.isFile())
                tree.files.push({ name, path: real, sizeBytes: found.size });
            if (!found.isDirectory())
                continue;
            if (above.includes(real)) {
                throw new _errors__WEBPACK_IMPORTED_MODULE_5__/* .UserError */ .yo(`The link «${name}» of ${what} leads in a circle.`, { fix: 'Remove the link.' });
            }
            tree.directories.push(name);
            await walk(real, `${name}/`, [...above, real]);
        }
    };
    try {
        await walk(root, '', [root]);
    }
    catch (error) {
        throw error instanceof _errors__WEBPACK_IMPORTED_MODULE_5__/* .UserError */ .yo ? error : unreadable(path, what, error);
    }
    return tree;
}
function unreadable(path, what, error) {
    return new _errors__WEBPACK_IMPORTED_MODULE_5__/* .UserError */ .yo(`${capitalised(what)} (${path}) cannot be read: ${(0,_errors__WEBPACK_IMPORTED_MODULE_5__/* .messageOf */ .bD)(error)}`, {
        fix: 'Check that it exists, that this user may read it, and that nothing changes it during the job.',
        cause: error,
    });
}
function capitalised(text) {
    return text.charAt(0).toUpperCase() + text.slice(1);
}
/** Writes entries that belong to root, with one fixed time. */
class InputPack {
    pack;
    constructor(pack) {
        this.pack = pack;
    }
    async directory(name) {
        await this.#entry({ name: `${name}/`, type: 'directory', mode: 0o755 });
    }
    async file(name, content) {
        await this.#entry({ name, type: 'file', mode: 0o644 }, content);
    }
    /** @throws UserError when a file changes while it is read */
    async tree(prefix, tree, what) {
        for (const name of tree.directories)
            await this.directory(`${prefix}/${name}`);
        // Small files are read ahead, a few at a time: waiting for each of them would double the time of a data set of images.
        const ahead = [];
        const read = (index) => {
            const file = tree.files[index];
            if (!file)
                return;
            const content = file.sizeBytes > WHOLE_BYTES_MAX ? Promise.resolve(undefined) : (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.readFile)(file.path);
            content.catch(() => undefined);
            ahead.push(content);
        };
        for (let index = 0; index < READ_AHEAD_FILES; index += 1)
            read(index);
        for (const [index, file] of tree.files.entries()) {
            const name = `${prefix}/${file.name}`;
            try {
                const content = await ahead.shift();
                read(index + READ_AHEAD_FILES);
                if (content) {
                    if (content.length !== file.sizeBytes)
                        throw new Error('its size has changed');
                    await this.file(name, content);
                }
                else {
                    const header = { name, size: file.sizeBytes, type: 'file', mode: 0o644, mtime: INPUT_TIME };
                    // A growing file must not break the archive; one that shrinks is found by the archive itself.
                    await (0,node_stream_promises__WEBPACK_IMPORTED_MODULE_3__.pipeline)((0,node_fs__WEBPACK_IMPORTED_MODULE_0__.createReadStream)(file.path, { end: file.sizeBytes - 1 }), this.pack.entry(header));
                }
            }
            catch (error) {
                throw unreadable(file.path, `${what}: file «${file.name}»`, error);
            }
        }
    }
    async #entry(header, content) {
        await new Promise((resolve, reject) => {
            const settle = (error) => (error ? reject(error) : resolve());
            const full = { ...header, mtime: INPUT_TIME };
            const sink = content ? this.pack.entry(full, content, settle) : this.pack.entry(full, settle);
            sink.on('error', settle);
        });
    }
}
/**
 * Streams a tar into a container that was created and not started; names are relative to `/`.
 *
 * @throws UserError when the engine or a local file fails; the signal's reason when aborted
 */
async function copyIn(docker, container, fill, signal) {
    const child = docker.spawn(['cp', '-', `${container}:/`], { signal });
    let stderr = '';
    child.stderr.on('data', (chunk) => (stderr = (stderr + chunk.toString()).slice(-8_192)));
    child.stdout.resume();
    const pack = (0,tar_stream__WEBPACK_IMPORTED_MODULE_4__.pack)();
    pack.on('error', () => undefined);
    const filling = fill(new InputPack(pack)).then(() => pack.finalize(), (error) => {
        pack.destroy(error instanceof Error ? error : new Error(String(error)));
        throw error;
    });
    const [filled, , exit] = await Promise.allSettled([filling, (0,node_stream_promises__WEBPACK_IMPORTED_MODULE_3__.pipeline)(pack, child.stdin), child.exit]);
    signal.throwIfAborted();
    if (exit.status === 'rejected')
        throw exit.reason;
    // When both fail, the one that says more: docker's words about its disk, else ours about the file.
    if (exit.value !== 0 && (filled.status === 'fulfilled' || !/unexpected EOF|^$/i.test(stderr.trim()))) {
        throw (0,_docker__WEBPACK_IMPORTED_MODULE_6__.dockerFailure)({ exitCode: exit.value, stderr }, 'copying the input into the container');
    }
    if (filled.status === 'rejected')
        throw filled.reason;
}


/***/ }),

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

/***/ 5503:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   MetricReader: () => (/* binding */ MetricReader),
/* harmony export */   compileMetricDefinitions: () => (/* binding */ compileMetricDefinitions),
/* harmony export */   finiteNumber: () => (/* binding */ finiteNumber),
/* harmony export */   leadingLiteral: () => (/* binding */ leadingLiteral)
/* harmony export */ });
/* harmony import */ var re2js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2856);
/* harmony import */ var _errors__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3916);


/** Limits of SageMaker's `MetricDefinitions` (CreateTrainingJob, API reference). */
const DEFINITIONS_MAX = 40;
const NAME_CHARACTERS_MAX = 255;
const REGEX_CHARACTERS_MAX = 500;
/** CloudWatch Logs takes 256 KB an event; what comes after it, SageMaker would not see either. */
const LINE_CHARACTERS_MAX = 256 * 1024;
/** Points kept per series. */
const POINTS_MAX = 200;
/** Plain or scientific notation, as Python's `float` and Java's `Double.parseDouble` both read it. */
const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
/**
 * Parts of RE2's syntax that Python, Java and JavaScript do not share. Which of these SageMaker uses is nowhere written,
 * so a pattern that needs one of them could match here and be silent there.
 */
const UNCOMMON = [
    { syntax: /\(\?P?</, name: 'a named group', instead: 'Use a plain group: ( … ).' },
    { syntax: /\(\?[a-zA-Z-]+[:)]/, name: 'an inline flag', instead: 'Write both cases out: [Ll]oss.' },
    {
        syntax: /\\[pPCQEzZA]/,
        name: 'an escape that not all engines know',
        instead: 'Use plain character classes, ^ and $.',
    },
    { syntax: /\[\[:/, name: 'a POSIX class', instead: 'Use \\d, \\w, \\s or a range such as [a-z].' },
];
/**
 * Checks the definitions by SageMaker's rules and compiles them for an engine that takes linear time whatever the pattern
 * and the line: a training's output must not be able to hang the step.
 *
 * @throws UserError that names the definition, what is wrong with it, and what to write.
 */
function compileMetricDefinitions(definitions) {
    if (definitions.length > DEFINITIONS_MAX) {
        throw new _errors__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo(`metric-definitions: ${definitions.length} definitions, but SageMaker takes at most ${DEFINITIONS_MAX}.`, { fix: 'Remove the ones you need least.' });
    }
    const names = new Set();
    return definitions.map((definition) => {
        if (names.has(definition.name))
            fail(definition, 'the name is given twice', 'Give each metric a name of its own.');
        names.add(definition.name);
        return compile(definition);
    });
}
function compile(definition) {
    const { name, regex } = definition;
    if (!/^.{1,255}$/u.test(name)) {
        fail(definition, `a name has 1 to ${NAME_CHARACTERS_MAX} characters and no line end`, 'Shorten the name.');
    }
    if (regex.length === 0 || regex.length > REGEX_CHARACTERS_MAX || /[\r\n]/.test(regex)) {
        fail(definition, `a regex has 1 to ${REGEX_CHARACTERS_MAX} characters and no line end`, 'Shorten the regex.');
    }
    if (/\(\?<?[=!]/.test(unescaped(regex))) {
        fail(definition, 'look-ahead and look-behind are not supported', 'Match the words around the number instead, outside the group.');
    }
    if (/\\[1-9]/.test(withoutLiteralBackslashes(regex))) {
        fail(definition, 'back-references are not supported', 'Write the repeated part out.');
    }
    for (const { syntax, name: what, instead } of UNCOMMON) {
        if (syntax.test(withoutLiteralBackslashes(regex)))
            fail(definition, `the regex uses ${what}, which not every engine has`, instead);
    }
    const pattern = parse(definition);
    const groups = pattern.groupCount();
    if (groups === 0) {
        fail(definition, 'the regex has no group', `Put the number into one: ${name}: ([0-9.eE+-]+)`);
    }
    if (groups > 1) {
        fail(definition, `the regex has ${groups} groups, it must have exactly one`, 'Turn all but the one around the number into (?: … ).');
    }
    const literal = leadingLiteral(regex);
    return {
        name,
        regex,
        capture(line) {
            // Most lines hold no metric: a plain search is some fifty times faster than asking the engine.
            if (literal !== '' && !line.includes(literal))
                return undefined;
            const matcher = pattern.matcher(line);
            return matcher.find() ? (matcher.group(1) ?? undefined) : undefined;
        },
    };
}
function parse(definition) {
    try {
        return re2js__WEBPACK_IMPORTED_MODULE_1__/* .RE2JS */ .L3.compile(definition.regex);
    }
    catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        throw new _errors__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo(`metric-definitions: ${JSON.stringify(definition.name)}: the regex cannot be read: ${reason}`, {
            fix: `Correct ${JSON.stringify(definition.regex)}. The syntax is RE2's: what Python, Java and JavaScript have in common.`,
            cause: error,
        });
    }
}
function fail(definition, wrong, fix) {
    const shown = definition.regex.length > 100 ? `${definition.regex.slice(0, 100)}…` : definition.regex;
    const name = definition.name.slice(0, 100);
    throw new _errors__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo(`metric-definitions: ${JSON.stringify(name)}: ${wrong} (${JSON.stringify(shown)}).`, { fix });
}
/** Without escaped characters and character classes: in these a bracket is a bracket. */
function unescaped(regex) {
    return regex.replace(/\\./g, '').replace(/\[\^?\]?[^\]]*\]/g, '');
}
function withoutLiteralBackslashes(regex) {
    return regex.replaceAll('\\\\', '');
}
/** Characters that every match begins with; empty where that cannot be told by a glance. Pure. */
function leadingLiteral(regex) {
    if (regex.includes('|'))
        return '';
    let literal = '';
    let index = 0;
    while (index < regex.length) {
        const character = regex.charAt(index);
        const escaped = character === '\\';
        const text = escaped ? regex.charAt(index + 1) : character;
        const plain = escaped ? /[^\w\s]/.test(text) : /[^\\^$.*+?()[\]{}|]/.test(text);
        if (!plain)
            break;
        const next = regex.charAt(index + (escaped ? 2 : 1));
        // The last one may be repeated no times at all.
        if (next === '*' || next === '?' || next === '{')
            break;
        literal += text;
        index += escaped ? 2 : 1;
    }
    return literal;
}
/** The number in a capture; `undefined` for what SageMaker drops: words, NaN, infinities. Pure. */
function finiteNumber(text) {
    const trimmed = text.trim();
    if (!NUMBER.test(trimmed))
        return undefined;
    const value = Number(trimmed);
    return Number.isFinite(value) ? value : undefined;
}
/** Reads log lines into series. Memory does not grow with the log. */
class MetricReader {
    #series;
    constructor(metrics) {
        this.#series = metrics.map((metric) => ({ metric, thinned: new ThinnedSeries(), dropped: 0 }));
    }
    /** One line of the log, from whichever node; a progress bar's carriage returns separate lines too. */
    read(line, timeMilliseconds) {
        const text = line.length > LINE_CHARACTERS_MAX ? line.slice(0, LINE_CHARACTERS_MAX) : line;
        if (!text.includes('\r'))
            this.#readOne(text, timeMilliseconds);
        else
            for (const part of text.split('\r'))
                this.#readOne(part, timeMilliseconds);
    }
    #readOne(line, timeMilliseconds) {
        for (const series of this.#series) {
            const captured = series.metric.capture(line);
            if (captured === undefined)
                continue;
            const value = finiteNumber(captured);
            if (value === undefined)
                series.dropped += 1;
            else
                series.thinned.add(value, timeMilliseconds);
        }
    }
    /** What has been read so far. */
    series() {
        return this.#series.map(({ metric, thinned, dropped }) => ({
            name: metric.name,
            regex: metric.regex,
            ...(thinned.last === undefined ? {} : { last: thinned.last.value }),
            points: thinned.points(),
            count: thinned.count,
            dropped,
        }));
    }
}
/**
 * Keeps every n-th point, n doubling whenever there are too many, and beside these the last, least and greatest one. So the
 * points are evenly spread, whatever the length of the run, and known before it ends.
 */
class ThinnedSeries {
    /** Three less than the limit: last, least and greatest may come on top. */
    static #keptMax = POINTS_MAX - 3;
    #kept = [];
    #stride = 1;
    #least;
    #greatest;
    last;
    count = 0;
    add(value, timeMilliseconds) {
        const point = { step: this.count, timeMilliseconds, value };
        this.count += 1;
        this.last = point;
        if (this.#least === undefined || value < this.#least.value)
            this.#least = point;
        if (this.#greatest === undefined || value > this.#greatest.value)
            this.#greatest = point;
        if (point.step % this.#stride !== 0)
            return;
        this.#kept.push(point);
        if (this.#kept.length > ThinnedSeries.#keptMax) {
            this.#stride *= 2;
            this.#kept = this.#kept.filter(({ step }) => step % this.#stride === 0);
        }
    }
    points() {
        const bySteps = new Map(this.#kept.map((point) => [point.step, point]));
        for (const point of [this.last, this.#least, this.#greatest])
            if (point)
                bySteps.set(point.step, point);
        return [...bySteps.values()].sort((a, b) => a.step - b.step);
    }
}


/***/ })

};
;