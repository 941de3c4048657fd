"use strict";
exports.id = 858;
exports.ids = [858,380,414,343];
exports.modules = {

/***/ 3343:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   B: () => (/* binding */ clientEnvironment),
/* harmony export */   CLIENT_FOLDER_PREFIX: () => (/* binding */ CLIENT_FOLDER_PREFIX)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_fs_promises__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8161);
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_1___default = /*#__PURE__*/__webpack_require__.n(node_os__WEBPACK_IMPORTED_MODULE_1__);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6760);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2___default = /*#__PURE__*/__webpack_require__.n(node_path__WEBPACK_IMPORTED_MODULE_2__);
/* harmony import */ var _errors__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(3916);




/**
 * Variables that the docker client, its loader or its plugins act on, and those by which the client is found when its
 * step was killed. A container may well be given one of them, but it must not reach the client on the way.
 */
const READ_BY_CLIENT = /^(?:PATH|HOME|USER|LOGNAME|USERPROFILE|APPDATA|LOCALAPPDATA|ProgramData|SystemRoot|PATHEXT|COMSPEC|TMPDIR|TMP|TEMP|TZ|LANG|LANGUAGE|TERM|NO_COLOR|COLUMNS|SSLKEYLOGFILE|DOCKER_.*|BUILDX_.*|BUILDKIT_.*|COMPOSE_.*|LC_.*|LD_.*|DYLD_.*|GLIBC_.*|MALLOC_.*|GO.*|CGO_.*|SSL_CERT_.*|SSH_.*|XDG_.*|OTEL_.*|.*_PROXY|RUNNER_TRACKING_ID|BYOC_RECORD)$/i;
/** How the folders begin that hold values for the length of a call. */
const CLIENT_FOLDER_PREFIX = 'byoc-env-';
/**
 * Values go through the client's environment, so that argv, which every process can read, has none. Those that would
 * change the client itself go through a private file that lives as long as the call. The proxies of the user's Docker
 * configuration, which the client would put into the container, are left out.
 *
 * @param folderOfRun where the file lies for that time: the run's private folder, which the cleanup step looks through
 * @throws UserError for a variable that the client acts on and whose value has a line break
 */
async function clientEnvironment(variables, configFolder = process.env['DOCKER_CONFIG'] ?? (0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)((0,node_os__WEBPACK_IMPORTED_MODULE_1__.homedir)(), '.docker'), folderOfRun = process.env['BYOC_RECORD'] ? (0,node_path__WEBPACK_IMPORTED_MODULE_2__.dirname)(process.env['BYOC_RECORD']) : (0,node_os__WEBPACK_IMPORTED_MODULE_1__.tmpdir)()) {
    const args = [];
    const env = {};
    const lines = [];
    for (const [name, value] of Object.entries(variables)) {
        if (!READ_BY_CLIENT.test(name)) {
            args.push('--env', name);
            env[name] = value;
        }
        else if (/[\r\n]/.test(value)) {
            throw new _errors__WEBPACK_IMPORTED_MODULE_3__/* .UserError */ .yo(`The environment variable ${name} has a line break in its value.`, {
                fix: 'The docker client cannot hand on this one with a line break. Use another name.',
            });
        }
        else {
            lines.push(`${name}=${value}\n`);
        }
    }
    const config = await configWithoutProxies(configFolder);
    if (lines.length === 0 && config === undefined)
        return { args, env, remove: () => Promise.resolve() };
    const folder = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.mkdtemp)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(folderOfRun, CLIENT_FOLDER_PREFIX));
    const remove = () => (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.rm)(folder, { recursive: true, force: true });
    try {
        if (lines.length > 0) {
            const file = (0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(folder, 'env');
            await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.writeFile)(file, lines.join(''), { mode: 0o600, flag: 'wx' });
            args.push('--env-file', file);
        }
        if (config !== undefined) {
            const twin = (0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(folder, 'docker');
            await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.mkdir)(twin, { mode: 0o700 });
            await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.writeFile)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(twin, 'config.json'), config, { mode: 0o600, flag: 'wx' });
            // Contexts, certificates and plugins stay the user's.
            for (const name of await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readdir)(configFolder)) {
                if (name !== 'config.json')
                    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.symlink)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(configFolder, name), (0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(twin, name));
            }
            env['DOCKER_CONFIG'] = twin;
        }
    }
    catch (error) {
        await remove();
        throw error;
    }
    return { args, env, remove };
}
/** The client's configuration without proxies and logins (nothing is pulled); `undefined` when it has no proxies. */
async function configWithoutProxies(folder) {
    let config;
    try {
        config = JSON.parse(await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readFile)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(folder, 'config.json'), 'utf8'));
    }
    catch {
        // None, or one that the client itself will complain of.
        return undefined;
    }
    if (typeof config !== 'object' || config === null || !('proxies' in config))
        return undefined;
    const kept = Object.entries(config).filter(([key]) => !['proxies', 'auths', 'credsStore', 'credHelpers'].includes(key));
    return JSON.stringify(Object.fromEntries(kept));
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

/***/ 5989:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Zw: () => (/* binding */ LineTail),
/* harmony export */   g3: () => (/* binding */ LineSplitter)
/* harmony export */ });
/* unused harmony exports LINE_LENGTH_MAX, CUT_MARK */
/* harmony import */ var node_string_decoder__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6193);
/* harmony import */ var node_string_decoder__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_string_decoder__WEBPACK_IMPORTED_MODULE_0__);

/** Longer lines are cut: nobody reads them, and a stream without line ends must not fill our memory. */
const LINE_LENGTH_MAX = 64 * 1024;
/** Stands at the end of a line that was cut. */
const CUT_MARK = ' … [line cut]';
/**
 * Cuts a byte stream into lines with constant memory. `\n`, `\r\n` and a lone `\r` (progress bars) end a line. What is
 * no UTF-8 becomes U+FFFD. `overwritten` says that a lone `\r` ended the line: what follows is written over it.
 */
class LineSplitter {
    #decoder = new node_string_decoder__WEBPACK_IMPORTED_MODULE_0__.StringDecoder('utf8');
    #onLine;
    #pending = '';
    /** The rest of the line in hand is thrown away. */
    #cutting = false;
    /** The last character was `\r`: the line in hand has ended, and only the next character tells how. */
    #afterReturn = false;
    constructor(onLine) {
        this.#onLine = onLine;
    }
    write(chunk) {
        this.#take(this.#decoder.write(chunk));
    }
    /** Delivers what stands after the last line end. */
    end() {
        this.#take(this.#decoder.end());
        if (this.#afterReturn)
            this.#endLine('', false);
        this.#afterReturn = false;
        if (this.#pending !== '' && !this.#cutting)
            this.#onLine(this.#pending, false);
        this.#pending = '';
        this.#cutting = false;
    }
    #take(text) {
        let start = 0;
        if (this.#afterReturn && text !== '') {
            this.#afterReturn = false;
            const feed = text.startsWith('\n');
            this.#endLine('', !feed);
            if (feed)
                start = 1;
        }
        // Searched by hand: a regular expression with a match object per line halves the throughput.
        let nextReturn = text.indexOf('\r', start);
        let nextFeed = text.indexOf('\n', start);
        while (nextReturn >= 0 || nextFeed >= 0) {
            const isReturn = nextReturn >= 0 && (nextFeed < 0 || nextReturn < nextFeed);
            const end = isReturn ? nextReturn : nextFeed;
            if (isReturn && end + 1 === text.length) {
                this.#append(text.slice(start, end));
                this.#afterReturn = true;
                return;
            }
            const pair = isReturn && nextFeed === end + 1;
            this.#endLine(text.slice(start, end), isReturn && !pair);
            start = end + (pair ? 2 : 1);
            if (isReturn) {
                nextReturn = text.indexOf('\r', start);
            }
            if (nextFeed >= 0 && nextFeed < start)
                nextFeed = text.indexOf('\n', start);
        }
        this.#append(text.slice(start));
    }
    #endLine(rest, overwritten) {
        this.#append(rest);
        if (!this.#cutting)
            this.#onLine(this.#pending, overwritten);
        this.#pending = '';
        this.#cutting = false;
    }
    #append(text) {
        if (this.#cutting || text === '')
            return;
        this.#pending += text;
        if (this.#pending.length <= LINE_LENGTH_MAX)
            return;
        this.#onLine(this.#pending.slice(0, LINE_LENGTH_MAX) + CUT_MARK, false);
        this.#pending = '';
        this.#cutting = true;
    }
}
/** The last lines of something, and no more. */
class LineTail {
    limit;
    #lines = [];
    constructor(limit) {
        this.limit = limit;
    }
    push(line) {
        this.#lines.push(line);
        // Trimmed in bulk: a shift for every line would move the whole array each time.
        if (this.#lines.length >= this.limit * 2)
            this.#lines.splice(0, this.#lines.length - this.limit);
    }
    lines() {
        return this.#lines.slice(-this.limit);
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

/***/ 6858:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  createContractRunner: () => (/* binding */ createContractRunner)
});

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: ./src/contract/docker.ts
var contract_docker = __webpack_require__(4380);
// EXTERNAL MODULE: ./src/errors.ts
var errors = __webpack_require__(3916);
;// CONCATENATED MODULE: ./src/contract/layout.ts

/**
 * What SageMaker puts in front of a container: files, environment, command line. Pure.
 *
 * Sources: SageMaker Developer Guide, "How Amazon SageMaker Provides Training Information" and "Run Your Training
 * Algorithm Container"; limits from the API model of CreateTrainingJob. What the guide leaves open follows real jobs' files.
 */
const INPUT_FOLDER = '/opt/ml/input';
const MODEL_FOLDER = '/opt/ml/model';
const OUTPUT_FOLDER = '/opt/ml/output';
const CHECKPOINT_FOLDER = '/opt/ml/checkpoints';
/** `algo-1` … in SageMaker's order, which is the order of strings. */
function hostsOf(instanceCount) {
    return Array.from({ length: instanceCount }, (_, index) => `algo-${index + 1}`).sort();
}
/** Path of a channel in the container. */
function channelFolder(name) {
    return `${INPUT_FOLDER}/data/${name}`;
}
/** JSON on one line, with a blank after `:` and `,` as the documented files have it; keys in the given order. */
function oneLineJson(value) {
    if (Array.isArray(value))
        return `[${value.map(oneLineJson).join(', ')}]`;
    if (typeof value === 'object' && value !== null) {
        const entries = Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${oneLineJson(item)}`);
        return `{${entries.join(', ')}}`;
    }
    return JSON.stringify(value);
}
/** `hyperparameters.json`: the map as it was sent, every value a string; `{}` without any. */
function hyperparametersJson(hyperparameters) {
    return oneLineJson(hyperparameters);
}
/** `inputdataconfig.json`: optional keys are absent, and where the data came from is not in it. */
function inputDataConfigJson(channels) {
    return oneLineJson(Object.fromEntries(channels.map(({ name, mode, contentType }) => [
        name,
        {
            ...(contentType === undefined ? {} : { ContentType: contentType }),
            TrainingInputMode: mode,
            S3DistributionType: 'FullyReplicated',
            RecordWrapperType: 'None',
        },
    ])));
}
/** `resourceconfig.json` of one host. */
function resourceConfigJson(currentHost, hosts, instanceType) {
    return oneLineJson({
        current_host: currentHost,
        current_instance_type: instanceType,
        current_group_name: 'homogeneousCluster',
        hosts,
        instance_groups: [{ instance_group_name: 'homogeneousCluster', instance_type: instanceType, hosts }],
        network_interface_name: 'eth0',
        topology: null,
    });
}
/** The files of /opt/ml/input/config by name, for one host. */
function configFiles(request, host) {
    const hosts = hostsOf(request.instanceCount);
    return {
        'hyperparameters.json': hyperparametersJson(request.hyperparameters),
        'inputdataconfig.json': inputDataConfigJson(request.channels),
        'resourceconfig.json': resourceConfigJson(host, hosts, request.instanceType),
    };
}
/** The job's ARN in an account of zeros. */
function trainingJobArn(region, jobName) {
    const partition = region.startsWith('cn-') ? 'aws-cn' : region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
    return `arn:${partition}:sagemaker:${region}:000000000000:training-job/${jobName}`;
}
/**
 * What the platform sets, and the request's own variables. No credentials, and nothing of the machine we run on. The
 * job's name and ARN are the platform's alone.
 */
function platformEnvironment(request) {
    return {
        AWS_REGION: request.region,
        ...(request.gpus ? {} : { NVIDIA_VISIBLE_DEVICES: 'void' }),
        ...request.environment,
        TRAINING_JOB_NAME: request.jobName,
        TRAINING_JOB_ARN: trainingJobArn(request.region, request.jobName),
    };
}
/**
 * How the container is started: `--entrypoint` where the request replaces it, and what stands after the image's name.
 * `train` is added only when neither is replaced.
 */
function containerCommand(request) {
    const [program, ...rest] = request.entrypoint ?? [];
    if (program === undefined)
        return { arguments: [...(request.arguments ?? ['train'])] };
    return { entrypoint: program, arguments: [...rest, ...(request.arguments ?? [])] };
}
const LIMITS = {
    hyperparameters: 100,
    hyperparameterKey: 256,
    hyperparameterValue: 2500,
    environment: 100,
    environmentText: 512,
    channels: 20,
    command: 100,
    commandText: 256,
    instances: 20,
};
/**
 * Refuses what CreateTrainingJob refuses.
 * @throws UserError for the first thing that is wrong
 */
function validateRequest(request) {
    validateHyperparameters(request.hyperparameters);
    validateEnvironment(request.environment);
    validateChannels(request.channels);
    validateCommand('entrypoint', request.entrypoint);
    validateCommand('arguments', request.arguments);
    if (request.image === '' || request.image.startsWith('-') || hasLineBreak(request.image)) {
        throw new errors/* UserError */.yo(`«${shown(request.image)}» is no name of an image.`, {
            fix: 'Use the name or id that `docker images` shows.',
        });
    }
    if (!/^[a-zA-Z0-9](?:-*[a-zA-Z0-9]){0,62}$/.test(request.jobName)) {
        throw new errors/* UserError */.yo(`«${shown(request.jobName)}» is no name of a training job.`, {
            fix: 'Use at most 63 letters, digits and hyphens; a hyphen neither first nor last.',
        });
    }
    if (!/^[a-z0-9-]{1,64}$/.test(request.region)) {
        throw new errors/* UserError */.yo(`«${shown(request.region)}» is no AWS region.`, { fix: 'Write it like us-east-1.' });
    }
    const { instanceCount } = request;
    if (!Number.isInteger(instanceCount) || instanceCount < 1 || instanceCount > LIMITS.instances) {
        throw new errors/* UserError */.yo(`The instance count is ${instanceCount}.`, {
            fix: `Use a whole number from 1 to ${LIMITS.instances}.`,
        });
    }
    if (!(request.maxRuntimeSeconds >= 1)) {
        throw new errors/* UserError */.yo(`The longest run time is ${request.maxRuntimeSeconds} seconds.`, {
            fix: 'Use 1 second or more.',
        });
    }
}
function validateHyperparameters(hyperparameters) {
    const entries = Object.entries(hyperparameters);
    if (entries.length > LIMITS.hyperparameters) {
        throw new errors/* UserError */.yo(`There are ${entries.length} hyperparameters; SageMaker takes ${LIMITS.hyperparameters}.`, {
            fix: 'Put the rest into one hyperparameter as JSON, or into a file of an input channel.',
        });
    }
    for (const [key, value] of entries) {
        if (lengthOf(key) > LIMITS.hyperparameterKey || key === '') {
            throw new errors/* UserError */.yo(`The hyperparameter name «${shown(key)}» has ${lengthOf(key)} characters.`, {
                fix: `Use 1 to ${LIMITS.hyperparameterKey}.`,
            });
        }
        if (lengthOf(value) > LIMITS.hyperparameterValue) {
            throw new errors/* UserError */.yo(`The value of hyperparameter «${shown(key)}» has ${lengthOf(value)} characters.`, {
                fix: `SageMaker takes ${LIMITS.hyperparameterValue}. Put it into a file of an input channel.`,
            });
        }
        if (hasLineBreak(key) || hasLineBreak(value)) {
            throw new errors/* UserError */.yo(`Hyperparameter «${shown(key)}» has a line break.`, {
                fix: 'SageMaker refuses line breaks in names and values of hyperparameters. Write it on one line.',
            });
        }
    }
}
function validateEnvironment(environment) {
    const entries = Object.entries(environment);
    if (entries.length > LIMITS.environment) {
        throw new errors/* UserError */.yo(`There are ${entries.length} environment variables; SageMaker takes ${LIMITS.environment}.`, {
            fix: 'Leave some out.',
        });
    }
    for (const [name, value] of entries) {
        if (!/^[a-zA-Z_][a-zA-Z0-9_]*$/.test(name) || name.length > LIMITS.environmentText) {
            throw new errors/* UserError */.yo(`«${shown(name)}» is no name of an environment variable.`, {
                fix: `Use letters, digits and _, no digit first, at most ${LIMITS.environmentText} characters.`,
            });
        }
        // The value is never shown: it may be a secret.
        if (lengthOf(value) > LIMITS.environmentText || value.includes('\0')) {
            throw new errors/* UserError */.yo(`The value of environment variable ${name} is too long or has a NUL character.`, {
                fix: `SageMaker takes ${LIMITS.environmentText} characters.`,
            });
        }
    }
}
function validateChannels(channels) {
    if (channels.length > LIMITS.channels) {
        throw new errors/* UserError */.yo(`There are ${channels.length} channels; SageMaker takes ${LIMITS.channels}.`, {
            fix: 'Put several folders into one channel.',
        });
    }
    const seen = new Set();
    for (const { name, contentType } of channels) {
        // "." and ".." fit SageMaker's pattern, yet can be no folder's name.
        if (!/^[A-Za-z0-9.\-_]{1,64}$/.test(name) || name === '.' || name === '..') {
            throw new errors/* UserError */.yo(`«${shown(name)}» is no name of a channel.`, {
                fix: 'Use 1 to 64 letters, digits, dots, hyphens and underscores, such as train.',
            });
        }
        if (seen.has(name)) {
            throw new errors/* UserError */.yo(`There are two channels with the name «${name}».`, { fix: 'Give each a name of its own.' });
        }
        seen.add(name);
        if (contentType !== undefined && (contentType.length > 256 || hasLineBreak(contentType))) {
            throw new errors/* UserError */.yo(`The content type of channel «${name}» is too long or has a line break.`, {
                fix: 'Use at most 256 characters, such as application/x-image.',
            });
        }
    }
}
function validateCommand(what, words) {
    if (words === undefined)
        return;
    if (words.length < 1 || words.length > LIMITS.command) {
        throw new errors/* UserError */.yo(`The ${what} has ${words.length} words; SageMaker takes 1 to ${LIMITS.command}.`, {
            fix: `Leave ${what} out, or give it a word.`,
        });
    }
    if (what === 'entrypoint' && words[0] === '') {
        throw new errors/* UserError */.yo('The first word of the entrypoint is empty.', { fix: 'Name the program there.' });
    }
    const tooLong = words.find((word) => lengthOf(word) > LIMITS.commandText || word.includes('\0'));
    if (tooLong !== undefined) {
        throw new errors/* UserError */.yo(`A word of ${what} is too long or has a NUL character: «${shown(tooLong)}».`, {
            fix: `SageMaker takes ${LIMITS.commandText} characters a word. Put the rest into a script.`,
        });
    }
}
function hasLineBreak(text) {
    return /[\r\n\u0085\u2028\u2029\0]/.test(text);
}
/** Characters as a person counts them, not UTF-16 units. */
function lengthOf(text) {
    return [...text].length;
}
/** A piece of foreign text short enough for a message. */
function shown(text) {
    return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
/** `FailureReason` may have this many characters. */
const FAILURE_REASON_LENGTH_MAX = 1024;
/** As SageMaker words it: with an empty place where no failure file was written. The exit code is never cut off. */
function failureReason(failureText, exitCode) {
    const prefix = 'AlgorithmError: ';
    const suffix = `, exit code: ${exitCode}`;
    const room = FAILURE_REASON_LENGTH_MAX - prefix.length - suffix.length;
    return prefix + [...(failureText ?? '')].slice(0, room).join('') + suffix;
}

// EXTERNAL MODULE: ./src/contract/lines.ts
var lines = __webpack_require__(5989);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
;// CONCATENATED MODULE: ./src/contract/usage.ts


/** The first look comes early, since many runs are short; later ones are rare, since reading must not slow the run. */
const FIRST_MILLISECONDS = 50;
const PAUSE_MILLISECONDS_MAX = 1_000;
/** After this long without a control group of ours the engine is elsewhere, and is asked itself. */
const LOCAL_WITHIN_MILLISECONDS = 3_000;
/** With fewer looks at a container, its peak was most likely missed. */
const SAMPLES_MIN = 3;
/**
 * Watches memory and CPU time of running containers: in the kernel's control groups where the engine is on this machine,
 * else through `docker stats`. Never fails; what cannot be told is absent. The last second of a container may be missed.
 */
class UsageWatch {
    docker;
    clock;
    ids;
    #peaks = new Map();
    #samples = new Map();
    #cpu = new Map();
    #end = new AbortController();
    #stats;
    /** @param ids the engine's full container ids */
    constructor(docker, clock, ids) {
        this.docker = docker;
        this.clock = clock;
        this.ids = ids;
        void this.#watch().catch(() => undefined);
    }
    /** Ends the watch. */
    stop() {
        this.#end.abort();
        this.#stats?.kill('SIGKILL');
        const sum = (values) => [...values.values()].reduce((total, value) => total + value, 0);
        return {
            ...(this.#hasPeaks() ? { peakMemoryBytes: Math.round(sum(this.#peaks)) } : {}),
            ...(this.#cpu.size > 0 ? { cpuSeconds: Math.round(sum(this.#cpu) * 1000) / 1000 } : {}),
        };
    }
    #see(id, memoryBytes) {
        this.#peaks.set(id, Math.max(this.#peaks.get(id) ?? 0, memoryBytes));
        this.#samples.set(id, (this.#samples.get(id) ?? 0) + 1);
    }
    #hasPeaks() {
        return this.#samples.size > 0 && [...this.#samples.values()].every((count) => count >= SAMPLES_MIN);
    }
    async #watch() {
        const begun = this.clock.seconds();
        for (let pause = FIRST_MILLISECONDS;; pause = Math.min(pause * 1.5, PAUSE_MILLISECONDS_MAX)) {
            await this.clock.sleep(pause, this.#end.signal);
            await Promise.all(this.ids.map(async (id) => {
                const sample = await readControlGroup(id);
                if (!sample)
                    return;
                this.#see(id, sample.memoryBytes);
                this.#cpu.set(id, Math.max(this.#cpu.get(id) ?? 0, sample.cpuSeconds));
            }));
            if (this.#peaks.size === 0 && (this.clock.seconds() - begun) * 1000 > LOCAL_WITHIN_MILLISECONDS)
                break;
        }
        if (!this.#end.signal.aborted)
            this.#askEngine();
    }
    #askEngine() {
        const child = this.docker.spawn(['stats', '--no-trunc', '--format', '{{json .}}', ...this.ids]);
        this.#stats = child;
        child.stdin.end();
        child.stderr.resume();
        const times = new Map();
        const splitter = new lines/* LineSplitter */.g3((line) => {
            const stats = parseStats(line);
            if (!stats)
                return;
            const now = this.clock.seconds();
            const elapsed = now - (times.get(stats.id) ?? now);
            times.set(stats.id, now);
            this.#see(stats.id, stats.memoryBytes);
            this.#cpu.set(stats.id, (this.#cpu.get(stats.id) ?? 0) + stats.cpuShare * elapsed);
        });
        child.stdout.on('data', (chunk) => splitter.write(chunk));
    }
}
/** Where engines put a container's control group: version 2 (systemd, cgroupfs), then version 1. */
async function readControlGroup(id) {
    for (const group of [`system.slice/docker-${id}.scope`, `docker/${id}`]) {
        const unified = `/sys/fs/cgroup/${group}`;
        const sample = (await readSample(`${unified}/memory.current`, `${unified}/memory.stat`, 'inactive_file', `${unified}/cpu.stat`)) ??
            (await readSample(`/sys/fs/cgroup/memory/${group}/memory.usage_in_bytes`, `/sys/fs/cgroup/memory/${group}/memory.stat`, 'total_inactive_file', `/sys/fs/cgroup/cpuacct/${group}/cpuacct.usage`));
        if (sample)
            return sample;
    }
    return undefined;
}
async function readSample(usage, stat, cacheName, cpu) {
    try {
        const [usageText, statText, cpuText] = await Promise.all([usage, stat, cpu].map((path) => (0,promises_.readFile)(path, 'utf8')));
        return parseSample(usageText ?? '', statText ?? '', cacheName, cpuText ?? '');
    }
    catch {
        return undefined;
    }
}
/**
 * One sample from the texts of a control group: memory in use less the page cache that the kernel can drop, as `docker
 * stats` counts it. CPU time is `usage_usec N` (version 2) or a plain count of nanoseconds (version 1). Pure.
 */
function parseSample(usage, stat, cacheName, cpu) {
    const cache = new RegExp(`^${cacheName} (\\d+)$`, 'm').exec(stat)?.[1];
    const microseconds = /^usage_usec (\d+)$/m.exec(cpu)?.[1];
    const memoryBytes = Number(usage.trim()) - Number(cache ?? 0);
    const cpuSeconds = microseconds === undefined ? Number(cpu.trim()) / 1e9 : Number(microseconds) / 1e6;
    if (usage.trim() === '' || !Number.isFinite(memoryBytes) || !Number.isFinite(cpuSeconds))
        return undefined;
    return { memoryBytes: Math.max(0, memoryBytes), cpuSeconds };
}
const UNITS = { B: 1, KiB: 2 ** 10, MiB: 2 ** 20, GiB: 2 ** 30, TiB: 2 ** 40 };
/** One line of `docker stats --format '{{json .}}'`. `cpuShare` is 1 for one busy core. Pure. */
function parseStats(line) {
    const start = line.indexOf('{');
    if (start < 0)
        return undefined;
    let value;
    try {
        // Terminal control codes stand around it.
        value = JSON.parse(line.slice(start, line.lastIndexOf('}') + 1));
    }
    catch {
        return undefined;
    }
    const { ID: id, MemUsage: memory, CPUPerc: cpu } = value;
    if (typeof id !== 'string' || typeof memory !== 'string' || typeof cpu !== 'string')
        return undefined;
    const [, amount, unit] = /^([\d.]+)\s*([KMGT]?i?B)\s*\//.exec(memory) ?? [];
    const factor = UNITS[unit ?? ''];
    const cpuShare = Number(cpu.replace('%', '')) / 100;
    if (amount === undefined || factor === undefined || !Number.isFinite(cpuShare))
        return undefined;
    return { id, memoryBytes: Number(amount) * factor, cpuShare };
}

;// CONCATENATED MODULE: ./src/contract/job.ts





/** SageMaker's time between SIGTERM and SIGKILL. */
const STOP_GRACE_SECONDS = 120;
const PEER_GRACE_SECONDS = 30;
const TAIL_LINES = 50;
/** Starts created containers and follows them to their end. */
function startJob(options) {
    const { docker, clock, signal, nodes, onLine } = options;
    const tails = new Map(nodes.map(({ host }) => [host, new lines/* LineTail */.Zw(TAIL_LINES)]));
    /** Nodes whose container has not ended yet. */
    const alive = new Map();
    const ended = new Map();
    const killed = new Set();
    let ending;
    let firstFailed;
    let sinkFault;
    const results = options.results(() => firstFailed);
    /** Whether the signal was delivered; waits for a container that is still starting. */
    async function send(node, name) {
        while (alive.has(node.host)) {
            const sent = await docker.try(['kill', '--signal', name, node.container]);
            if (sent.exitCode === 0)
                return true;
            if (/No such container/i.test(sent.stderr))
                return false;
            if (!/is not running/i.test(sent.stderr))
                throw (0,contract_docker.dockerFailure)(sent, `sending ${name} to the container`);
            await clock.sleep(30);
        }
        return false;
    }
    async function sendKill() {
        await Promise.all([...alive.values()].map(async (node) => {
            if (await send(node, 'SIGKILL'))
                killed.add(node.host);
        }));
    }
    const allEnded = async () => void (await Promise.all(ended.values()));
    /** SIGTERM, time, SIGKILL. */
    async function terminate(graceSeconds) {
        const timer = new AbortController();
        const inTime = (async () => {
            await Promise.all([...alive.values()].map((node) => send(node, 'SIGTERM')));
            await allEnded();
            return true;
        })();
        inTime.catch(() => undefined);
        const late = clock.sleep(graceSeconds * 1000, timer.signal).then(() => false);
        late.catch(() => undefined);
        try {
            if (await Promise.race([inTime, late]))
                return;
        }
        finally {
            timer.abort();
        }
        await sendKill();
        await allEnded();
    }
    function runNode(node) {
        const { host } = node;
        alive.set(host, node);
        const child = docker.spawn(['start', '--attach', node.container]);
        child.stdin.end();
        const deliver = (line, overwritten) => {
            tails.get(host)?.push(line);
            if (sinkFault)
                return;
            try {
                onLine(host, line, overwritten);
            }
            catch (error) {
                sinkFault = error instanceof Error ? error : new Error((0,errors/* messageOf */.bD)(error));
                void sendKill().catch(() => undefined);
            }
        };
        for (const stream of [child.stdout, child.stderr]) {
            const splitter = new lines/* LineSplitter */.g3(deliver);
            stream.on('data', (chunk) => splitter.write(chunk));
            stream.on('end', () => splitter.end());
        }
        // A client whose container was removed ends by itself; one that hangs on a dead engine must not hold us.
        const abort = () => child.kill('SIGKILL');
        const onAbort = () => void removed().finally(abort);
        signal.addEventListener('abort', onAbort, { once: true });
        if (signal.aborted)
            onAbort();
        return child.exit
            .then(async (code) => {
            // The client may have lost the connection while the container runs on.
            if (code !== 0 && !signal.aborted)
                await waitIfRunning(node);
            alive.delete(host);
            if (code === 0 || ending)
                return;
            firstFailed ??= host;
            if (alive.size > 0)
                void terminate(options.peerGraceSeconds ?? PEER_GRACE_SECONDS).catch(() => undefined);
        })
            .finally(() => {
            alive.delete(host);
            signal.removeEventListener('abort', onAbort);
        });
    }
    async function waitIfRunning(node) {
        const [state] = await inspect([node]);
        if (state?.Running)
            await docker.run(['wait', node.container], 'waiting for the container', { signal });
    }
    async function inspect(which) {
        const lines = await docker.run(['inspect', '--type', 'container', '--format', '{{json .State}}', ...which.map(({ container }) => container)], 'asking how the container ended');
        return lines.split('\n').map((line) => JSON.parse(line));
    }
    let removal;
    /** Once only; never rejects, because the cleanup step removes what is left. */
    function removed() {
        removal ??= options.remove().catch(() => undefined);
        return removal;
    }
    async function finish() {
        const timer = new AbortController();
        const usage = new UsageWatch(docker, clock, nodes.map(({ id }) => id));
        void clock
            .sleep(options.maxRuntimeSeconds * 1000, timer.signal)
            .then(() => {
            if (ending || firstFailed !== undefined)
                return undefined;
            ending = 'maxRuntime';
            return terminate(STOP_GRACE_SECONDS);
        })
            .catch(() => undefined);
        let states;
        let used;
        try {
            await allEnded();
            used = usage.stop();
            signal.throwIfAborted();
            states = await inspect(nodes);
            signal.throwIfAborted();
        }
        catch (error) {
            if (signal.aborted) {
                await removed();
                throw signal.reason;
            }
            throw error;
        }
        finally {
            usage.stop();
            timer.abort();
        }
        if (sinkFault)
            throw sinkFault;
        const ends = nodes.map(({ host }, index) => nodeResult(host, states[index], killed.has(host), tails.get(host)?.lines() ?? []));
        // By the engine's clock, which is surer than the order in which its clients ended.
        const failed = ending ? undefined : firstOf(ends, states, firstFailed);
        firstFailed = failed?.host;
        const status = ending ? 'Stopped' : failed ? 'Failed' : 'Completed';
        const reason = failed && failureReason(await results.failureText(), failed.exitCode);
        return {
            status,
            secondaryStatus: ending === 'maxRuntime' ? 'MaxRuntimeExceeded' : status,
            seconds: spanSeconds(states),
            ...(reason === undefined ? {} : { failureReason: reason }),
            nodes: ends,
            ...used,
        };
    }
    for (const node of nodes) {
        const end = runNode(node);
        end.catch(() => undefined);
        ended.set(node.host, end);
    }
    const done = finish();
    done.catch(() => undefined);
    async function endWith(send) {
        if (alive.size > 0 && firstFailed === undefined)
            ending ??= 'stop';
        try {
            await send();
            await allEnded();
        }
        catch (error) {
            signal.throwIfAborted();
            throw error;
        }
    }
    return {
        hosts: nodes.map(({ host }) => host),
        done,
        stop: (graceSeconds = STOP_GRACE_SECONDS) => endWith(() => terminate(graceSeconds)),
        kill: () => endWith(sendKill),
        results,
        async dispose() {
            if (alive.size > 0)
                await Promise.allSettled([endWith(sendKill), done]);
            removal ??= options.remove();
            await removal;
        },
    };
}
/** What the engine could not start for its own reasons, not the image's. */
const ENGINE_FAULT = /device driver|nvidia|address pool|no space left|network|endpoint|error mounting|iptables|port is already/i;
/** The image's program cannot be started, whatever its name: `exec: "/opt/network/train": stat …`. */
const PROGRAM_FAULT = /\bexec:? "|exec format error|executable file not found/i;
/** A program of the engine's own. */
const HOOK = /\b(?:prestart|createRuntime|createContainer|startContainer|running) hook\b/i;
/**
 * Whether the engine could not start a container for its own reasons. Names in quotes are the image's or the user's, and say
 * nothing. Pure.
 *
 * @param error - `State.Error` of a container that never started
 */
function isEngineFault(error) {
    const bare = error.replace(/"(?:[^"\\]|\\.)*"/g, '""');
    if (HOOK.test(bare))
        return true;
    return !PROGRAM_FAULT.test(error) && ENGINE_FAULT.test(bare);
}
function nodeResult(host, state, killed, tail) {
    if (!state)
        throw new errors/* UserError */.yo(`The Docker engine has lost the container of ${host}.`, { fix: 'Run the job again.' });
    const neverStarted = state.Status === 'created' || state.StartedAt.startsWith('0001-');
    if (neverStarted && (state.Error === '' || isEngineFault(state.Error))) {
        const stderr = state.Error === '' ? tail.join('\n') : state.Error;
        throw (0,contract_docker.dockerFailure)({ exitCode: state.ExitCode, stderr }, 'starting the container');
    }
    return {
        host,
        exitCode: state.ExitCode,
        oomKilled: state.OOMKilled,
        sigkilled: killed && state.ExitCode === 137,
        seconds: neverStarted ? 0 : spanSeconds([state]),
        ...(neverStarted ? { startError: state.Error } : {}),
        tail,
    };
}
/** The failed node that ended first; among equals the one whose client ended first. */
function firstOf(ends, states, seenFirst) {
    return ends
        .map((end, index) => ({ end, at: Date.parse(states[index]?.FinishedAt ?? '') }))
        .filter(({ end }) => end.exitCode !== 0)
        .sort((a, b) => a.at - b.at || Number(b.end.host === seenFirst) - Number(a.end.host === seenFirst))[0]?.end;
}
/** From the first start to the last end, in seconds; 0 where nothing started. */
function spanSeconds(states) {
    const started = states.filter(({ StartedAt }) => !StartedAt.startsWith('0001-'));
    if (started.length === 0)
        return 0;
    const begin = Math.min(...started.map(({ StartedAt }) => Date.parse(StartedAt)));
    const end = Math.max(...started.map(({ FinishedAt }) => Date.parse(FinishedAt)));
    return Math.max(0, end - begin) / 1000;
}

// EXTERNAL MODULE: ./src/contract/removal.ts
var removal = __webpack_require__(3414);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: external "node:stream"
var external_node_stream_ = __webpack_require__(7075);
// EXTERNAL MODULE: external "node:stream/promises"
var external_node_stream_promises_ = __webpack_require__(6466);
// EXTERNAL MODULE: external "node:zlib"
var external_node_zlib_ = __webpack_require__(8522);
// EXTERNAL MODULE: ./node_modules/tar-stream/index.js
var tar_stream = __webpack_require__(6118);
// EXTERNAL MODULE: ./src/disk-full.ts
var disk_full = __webpack_require__(5022);
;// CONCATENATED MODULE: ./src/contract/archive.ts











/**
 * The relative name of a tar entry without the archive's first part, `''` for that part itself, `undefined` for a name
 * that could lead outside of the folder it is joined to. Pure.
 */
function innerName(name) {
    if (name.startsWith('/') || name.includes('\0') || name.includes('\\'))
        return undefined;
    const parts = name.split('/').filter((part) => part !== '' && part !== '.');
    if (parts.includes('..'))
        return undefined;
    return parts.slice(1).join('/');
}
function entryOf(header) {
    const name = innerName(header.name);
    if (name === undefined)
        return undefined;
    const base = {
        name,
        sizeBytes: header.size ?? 0,
        mode: (header.mode ?? 0) & 0o7777,
        modifiedAt: header.mtime ?? new Date(0),
    };
    switch (header.type) {
        case 'file':
        case 'contiguous-file':
            return { ...base, type: 'file' };
        case 'directory':
            return { ...base, type: 'directory', sizeBytes: 0 };
        case 'symlink':
            return { ...base, type: 'symlink', sizeBytes: 0, linkTarget: header.linkname ?? '' };
        case 'link': {
            const target = innerName(header.linkname ?? '');
            return target ? { ...base, type: 'hardlink', sizeBytes: 0, linkTarget: target } : undefined;
        }
        default:
            return { ...base, type: 'other', sizeBytes: 0 };
    }
}
/**
 * Visits what lies in a folder of a container (not the folder itself), one after the other, as the engine streams it.
 * A folder that is not there, or is a link or a file, has nothing in it.
 *
 * @param visit gets the content of each file; what it leaves unread is skipped
 * @throws UserError when the engine fails
 */
async function visitFolder({ docker, container, folder }, visit) {
    const child = docker.spawn(['cp', `${container}:${folder}`, '-']);
    child.stdin.end();
    let stderr = '';
    child.stderr.on('data', (chunk) => (stderr = (stderr + chunk.toString()).slice(-8_192)));
    const extract = (0,tar_stream.extract)();
    const visiting = (async () => {
        for await (const source of extract) {
            const entry = entryOf(source.header);
            if (entry && entry.name !== '')
                await visit(entry, source);
            source.resume();
        }
    })();
    const [piped, visited, exit] = await Promise.allSettled([(0,external_node_stream_promises_.pipeline)(child.stdout, extract), visiting, child.exit]);
    // A visitor that failed is the cause of whatever else failed then.
    if (visited.status === 'rejected' && piped.status === 'fulfilled')
        throw visited.reason;
    if (exit.status === 'rejected')
        throw exit.reason;
    if (exit.value !== 0 && visited.status === 'fulfilled') {
        if (/Could not find the file|no such file or directory|not a directory/i.test(stderr))
            return;
        throw (0,contract_docker.dockerFailure)({ exitCode: exit.value, stderr }, `reading ${folder} of the container`);
    }
    if (visited.status === 'rejected')
        throw visited.reason;
    if (piped.status === 'rejected')
        throw piped.reason;
}
/** All entries of a folder, without content. Hard links come as the files they are. */
async function listFolder(source) {
    const entries = [];
    await visitFolder(source, (entry) => {
        entries.push(entry);
        return Promise.resolve();
    });
    return entries;
}
/** Counts and hashes what passes. */
class Meter extends external_node_stream_.Transform {
    sizeBytes = 0;
    #hash = (0,external_node_crypto_.createHash)('sha256');
    _transform(chunk, _encoding, callback) {
        this.sizeBytes += chunk.length;
        this.#hash.update(chunk);
        callback(null, chunk);
    }
    sha256() {
        return this.#hash.digest('hex');
    }
}
/**
 * Packs the content of a folder of several containers into one `.tar.gz`, rooted at the folder. Where two have the same
 * name the later container wins. The file appears at `path` when it is whole.
 *
 * @param onEntry hears of every entry of every container, in no promised order
 * @returns `undefined`, and no file, when there is nothing
 * @throws UserError when the engine fails or the disk is full
 */
async function saveArchive(sources, path, onEntry = () => undefined) {
    const pack = (0,tar_stream.pack)();
    pack.on('error', () => undefined);
    const meter = new Meter();
    const partial = `${path}.partial`;
    await (0,promises_.mkdir)((0,external_node_path_.dirname)(path), { recursive: true });
    // Models hardly shrink: the fastest level costs a third of the time of the usual one for nearly the same size.
    const writing = (0,external_node_stream_promises_.pipeline)(pack, (0,external_node_zlib_.createGzip)({ level: 1 }), meter, (0,external_node_fs_.createWriteStream)(partial, { flags: 'w', mode: 0o644 }));
    writing.catch(() => undefined);
    const seen = new Set();
    const packing = (async () => {
        // Last container first, so that the first of a name is the one that wins and nothing need be taken back.
        for (const source of [...sources].reverse()) {
            await visitFolder(source, async (entry, content) => {
                onEntry(source, entry);
                if (entry.type === 'other' || seen.has(entry.name))
                    return;
                seen.add(entry.name);
                const common = { mode: entry.mode, mtime: entry.modifiedAt, uid: 0, gid: 0 };
                if (entry.type === 'file') {
                    await (0,external_node_stream_promises_.pipeline)(content, pack.entry({ ...common, name: entry.name, size: entry.sizeBytes, type: 'file' }));
                }
                else if (entry.type === 'directory') {
                    pack.entry({ ...common, name: `${entry.name}/`, type: 'directory' });
                }
                else {
                    const type = entry.type === 'hardlink' ? 'link' : 'symlink';
                    pack.entry({ ...common, name: entry.name, type, linkname: entry.linkTarget ?? '' });
                }
            });
        }
    })();
    try {
        await packing.then(() => pack.finalize(), (error) => {
            pack.destroy(error instanceof Error ? error : new Error(String(error)));
            throw error;
        });
        await writing;
        if (seen.size === 0)
            return undefined;
        await (0,promises_.rename)(partial, path);
        return { path, sizeBytes: meter.sizeBytes, sha256: meter.sha256() };
    }
    catch (error) {
        // The writer's own failure is the cause of what the packing then said.
        throw diskFull(await writing.then(() => error, (cause) => ((0,disk_full/* isDiskFull */.b$)(cause) ? cause : error)), path);
    }
    finally {
        await (0,promises_.rm)(partial, { force: true });
    }
}
/**
 * Writes plain files of a folder of several containers below `directory`, each under its relative name. Links and
 * devices are never written, and an existing file is never touched. Where two have the same name the later container wins.
 */
async function saveFiles(sources, directory, wanted, limits) {
    const saved = [];
    const seen = new Set();
    for (const source of [...sources].reverse()) {
        await visitFolder(source, async (entry, content) => {
            if (entry.type !== 'file' || seen.has(entry.name) || !wanted(entry.name))
                return;
            seen.add(entry.name);
            if (entry.sizeBytes > limits.bytesPerFile || saved.length >= limits.files)
                return;
            const path = (0,external_node_path_.join)(directory, ...entry.name.split('/'));
            try {
                await (0,promises_.mkdir)((0,external_node_path_.dirname)(path), { recursive: true });
                // 'wx' neither follows a link nor overwrites anything.
                const file = await (0,promises_.open)(path, 'wx', 0o644);
                const meter = new Meter();
                await (0,external_node_stream_promises_.pipeline)(content, meter, file.createWriteStream());
                saved.push({ name: entry.name, path, sizeBytes: meter.sizeBytes, sha256: meter.sha256() });
            }
            catch (error) {
                // A file here where another node has a folder, or the other way round: the first stays.
                const code = (0,errors/* codeOf */.$N)(error);
                if (code !== 'EEXIST' && code !== 'ENOTDIR' && code !== 'EISDIR')
                    throw diskFull(error, path);
            }
        });
    }
    return saved.sort((a, b) => (a.name < b.name ? -1 : 1));
}
/**
 * The beginning of a small text file of a container; `undefined` when it is not there or no plain file.
 *
 * @param charactersMax what is kept, in characters
 */
async function readText(source, charactersMax) {
    const { docker, container, folder: file } = source;
    const child = docker.spawn(['cp', `${container}:${file}`, '-']);
    child.stdin.end();
    let stderr = '';
    child.stderr.on('data', (chunk) => (stderr = (stderr + chunk.toString()).slice(-8_192)));
    const extract = (0,tar_stream.extract)();
    let bytes;
    const reading = (async () => {
        for await (const entry of extract) {
            if (entry.header.type === 'file' && bytes === undefined) {
                const chunks = [];
                let length = 0;
                for await (const chunk of entry) {
                    // The rest is read and dropped, so that docker ends by itself.
                    if (length <= charactersMax * 4)
                        chunks.push(chunk);
                    length += chunk.length;
                }
                bytes = Buffer.concat(chunks);
            }
            entry.resume();
        }
    })();
    const [, , exit] = await Promise.allSettled([(0,external_node_stream_promises_.pipeline)(child.stdout, extract), reading, child.exit]);
    if (exit.status === 'rejected')
        throw exit.reason;
    if (exit.value !== 0 && !/Could not find the file|no such file or directory|not a directory/i.test(stderr)) {
        throw (0,contract_docker.dockerFailure)({ exitCode: exit.value, stderr }, `reading ${file} of the container`);
    }
    return bytes === undefined
        ? undefined
        : [...bytes.subarray(0, charactersMax * 4).toString('utf8')].slice(0, charactersMax).join('');
}
function diskFull(error, path) {
    return (0,disk_full/* diskFull */.xg)(error, path, 'Free space on the runner, use one with a larger disk, or let the training keep less in /opt/ml/model and /opt/ml/output/data.');
}

// EXTERNAL MODULE: ./src/contract/tree.ts
var contract_tree = __webpack_require__(6420);
;// CONCATENATED MODULE: ./src/contract/results.ts



/** `FailureReason` is made of this many characters of the failure file. */
const FAILURE_TEXT_LENGTH = 1024;
const PICTURE_LIMITS = { files: 50, bytesPerFile: 20 * 1024 * 1024 };
/** Reads what ended containers left, as streams from the engine. */
function jobResults({ docker, nodes, fileChannels, hasCheckpoints, firstFailed }) {
    const sources = (folder) => nodes.map(({ host, container }) => ({ docker, container, folder, host }));
    const entriesOf = async (folder, from = sources(folder)) => {
        const all = await Promise.all(from.map(async (source) => {
            const entries = await listFolder(source);
            return entries.map((entry) => toEntry(source.host, entry, entries));
        }));
        return all.flat();
    };
    const outputData = `${OUTPUT_FOLDER}/data`;
    const nameOf = (path) => path.replace(/^.*[/\\]/, '');
    const archive = async (folder, path) => {
        const written = await saveArchive(sources(folder), path);
        return written && { name: nameOf(path), ...written };
    };
    return {
        modelEntries: () => entriesOf(MODEL_FOLDER),
        outputEntries: () => entriesOf(outputData),
        // All nodes share the one volume.
        checkpointEntries: () => hasCheckpoints ? entriesOf(CHECKPOINT_FOLDER, sources(CHECKPOINT_FOLDER).slice(0, 1)) : Promise.resolve([]),
        saveModelArchive: (path) => archive(MODEL_FOLDER, path),
        saveOutputArchive: (path) => archive(outputData, path),
        saveOutputFiles(pattern, directory, limits = {}) {
            // A pattern with the flag g or y would remember where it last matched.
            const stateless = new RegExp(pattern.source, pattern.flags.replace(/[gy]/g, ''));
            return saveFiles(sources(outputData), directory, (name) => stateless.test(name), {
                ...PICTURE_LIMITS,
                ...limits,
            });
        },
        saveCheckpoints(directory) {
            if (!hasCheckpoints)
                return Promise.resolve([]);
            const unlimited = { files: Infinity, bytesPerFile: Infinity };
            return saveFiles(sources(CHECKPOINT_FOLDER).slice(0, 1), directory, () => true, unlimited);
        },
        async failureText() {
            const failed = firstFailed();
            const from = sources(`${OUTPUT_FOLDER}/failure`).sort((a, b) => Number(b.host === failed) - Number(a.host === failed));
            for (const source of from) {
                const text = await readText(source, FAILURE_TEXT_LENGTH);
                if (text !== undefined)
                    return text;
            }
            return undefined;
        },
        async inputChanges() {
            const changes = await Promise.all([...fileChannels].flatMap(([channel, tree]) => sources(channelFolder(channel)).map(async (source) => changesOf(tree, await listFolder(source)).map((change) => ({ host: source.host, channel, ...change })))));
            return changes.flat();
        },
    };
}
function toEntry(host, entry, all) {
    const { name, sizeBytes, mode } = entry;
    switch (entry.type) {
        case 'hardlink': {
            // The engine sends the content with the first of its names; the others are files of that size all the same.
            const first = all.find((other) => other.name === entry.linkTarget);
            return { host, name, type: 'file', sizeBytes: first?.sizeBytes ?? 0, mode };
        }
        case 'symlink':
            return { host, name, type: 'symlink', sizeBytes, mode, linkTarget: entry.linkTarget ?? '' };
        case 'file':
        case 'directory':
        case 'other':
            return { host, name, type: entry.type, sizeBytes, mode };
    }
}
/** Every file went in with one fixed time, so whatever was written since has another. Pure. */
function changesOf(tree, now) {
    const before = new Map(tree.files.map(({ name, sizeBytes }) => [name, sizeBytes]));
    const changes = [];
    for (const entry of now) {
        if (entry.type === 'directory') {
            if (!tree.directories.includes(entry.name))
                changes.push({ name: `${entry.name}/`, change: 'added' });
            continue;
        }
        const sizeBytes = before.get(entry.name);
        if (sizeBytes === undefined)
            changes.push({ name: entry.name, change: 'added' });
        else if (entry.type !== 'file' ||
            entry.sizeBytes !== sizeBytes ||
            entry.modifiedAt.getTime() !== contract_tree/* INPUT_TIME */.t_.getTime()) {
            changes.push({ name: entry.name, change: 'changed' });
        }
        before.delete(entry.name);
    }
    for (const name of before.keys())
        changes.push({ name, change: 'deleted' });
    return changes;
}

// EXTERNAL MODULE: ./src/contract/client-environment.ts
var client_environment = __webpack_require__(3343);
;// CONCATENATED MODULE: ./src/contract/setup.ts





/** Everything that is made before a container starts. What fails half-way is left to the caller to remove by label. */
class JobSetup {
    #docker;
    #job;
    #labels;
    #request;
    #signal;
    constructor({ docker, runLabel, job, request, signal }) {
        this.#docker = docker;
        this.#job = job;
        this.#labels = [runLabel, `${removal.JOB_LABEL}=${job}`];
        this.#request = request;
        this.#signal = signal;
    }
    /** Removes what {@link create} has made, quickly, by name. Leaves what is not there alone, and says nothing of failures. */
    async removeQuickly() {
        const fast = this.#request.channels.filter(({ mode }) => mode === 'FastFile');
        const containers = [
            ...hostsOf(this.#request.instanceCount).map((host) => this.#container(host)),
            ...(fast.length > 0 ? [`${this.#job}-seed`] : []),
        ];
        await this.#docker.try(['rm', '--force', '--volumes', ...containers]);
        await Promise.all([
            fast.length > 0
                ? this.#docker.try(['volume', 'rm', '--force', ...fast.map((channel) => this.#fastVolume(channel))])
                : undefined,
            this.#hasNetwork ? this.#docker.try(['network', 'rm', `${this.#job}-net`]) : undefined,
        ]);
    }
    async create() {
        const request = this.#request;
        const trees = new Map();
        for (const channel of request.channels)
            trees.set(channel, await (0,contract_tree/* listTree */.nT)(channel.path, `channel «${channel.name}»`));
        const checkpoints = request.checkpointFiles === undefined
            ? undefined
            : await (0,contract_tree/* listTree */.nT)(request.checkpointFiles, 'the checkpoint folder');
        const environment = await (0,client_environment/* clientEnvironment */.B)(platformEnvironment(request));
        try {
            const network = this.#createNetwork();
            network.catch(() => undefined);
            const fast = request.channels.filter(({ mode }) => mode === 'FastFile');
            const seed = fast.length === 0 ? undefined : this.#createSeed(fast);
            const hosts = hostsOf(request.instanceCount);
            const nodes = hosts.map(async (host, index) => {
                const args = this.#createArgs(host, environment.args);
                let created = await this.#docker.try(args, { env: environment.env, signal: this.#signal });
                this.#signal.throwIfAborted();
                // Some engines want the network to be there already; most do not, and then nobody waits for it.
                if (created.exitCode !== 0 && /network .*not found/i.test(created.stderr)) {
                    await network;
                    created = await this.#docker.try(args, { env: environment.env, signal: this.#signal });
                    this.#signal.throwIfAborted();
                }
                if (created.exitCode !== 0)
                    throw (0,contract_docker.dockerFailure)(created, 'creating the container');
                const container = this.#container(host);
                await (0,contract_tree/* copyIn */.DE)(this.#docker, container, async (pack) => {
                    const input = INPUT_FOLDER.slice(1);
                    const output = OUTPUT_FOLDER.slice(1);
                    for (const folder of [input, `${input}/config`, `${input}/data`, output, `${output}/data`])
                        await pack.directory(folder);
                    for (const [name, content] of Object.entries(configFiles(request, host))) {
                        await pack.file(`${input}/config/${name}`, Buffer.from(content));
                    }
                    for (const [{ name, mode }, tree] of trees) {
                        if (mode !== 'File')
                            continue;
                        await pack.directory(channelFolder(name).slice(1));
                        await pack.tree(channelFolder(name).slice(1), tree, `channel «${name}»`);
                    }
                    // One volume for all nodes: the first fills it.
                    if (checkpoints && request.checkpoints && index === 0) {
                        await pack.tree(CHECKPOINT_FOLDER.slice(1), checkpoints, 'the checkpoint folder');
                    }
                }, this.#signal);
                // The last line is the id; warnings go to stderr.
                return { host, container, id: created.stdout.trim().split('\n').at(-1) ?? container };
            });
            const filled = seed?.then((container) => (0,contract_tree/* copyIn */.DE)(this.#docker, container, async (pack) => {
                for (const [{ name, mode }, tree] of trees) {
                    if (mode === 'FastFile')
                        await pack.tree(channelFolder(name).slice(1), tree, `channel «${name}»`);
                }
            }, this.#signal));
            // All of them must have ended before anything is removed, whichever fails.
            await Promise.allSettled([network, filled, ...nodes]);
            await network;
            await filled;
            const fileChannels = new Map([...trees].flatMap(([{ name, mode }, tree]) => (mode === 'File' ? [[name, tree]] : [])));
            return { nodes: await Promise.all(nodes), fileChannels };
        }
        finally {
            await environment.remove();
        }
    }
    #container(host) {
        return `${this.#job}-${host}`;
    }
    #labelArgs() {
        return this.#labels.flatMap((label) => ['--label', label]);
    }
    /** A volume of the job. Without a name it goes with its container. `nocopy`: the image's files there stay hidden, as they do on SageMaker. */
    #volume(target, { name, readOnly = false } = {}) {
        const fields = [
            'type=volume',
            ...(name === undefined ? [] : [`source=${name}`]),
            `target=${target}`,
            ...(readOnly ? ['readonly'] : []),
            'volume-nocopy',
            ...this.#labels.map((label) => `volume-label=${label}`),
        ];
        return ['--mount', fields.join(',')];
    }
    #fastVolume(channel) {
        return `${this.#job}-channel-${this.#request.channels.indexOf(channel) + 1}`;
    }
    /** A lone node has nobody to find, so it goes without a network of its own, which would cost half a second a job. */
    get #hasNetwork() {
        return this.#request.instanceCount > 1;
    }
    async #createNetwork() {
        if (!this.#hasNetwork)
            return;
        const internal = this.#request.networkIsolation ? ['--internal'] : [];
        await this.#docker.run(['network', 'create', ...this.#labelArgs(), ...internal, `${this.#job}-net`], 'creating the job’s network', { signal: this.#signal });
    }
    #networkArgs(host) {
        if (!this.#hasNetwork) {
            return ['--network', this.#request.networkIsolation ? 'none' : 'bridge', '--add-host', `${host}:127.0.0.1`];
        }
        const network = ['--network', `${this.#job}-net`, '--network-alias', host];
        // The engine's name server would ask the outside world for us; here it finds nobody to ask.
        return this.#request.networkIsolation ? [...network, '--dns', '127.0.0.1'] : network;
    }
    #createArgs(host, environment) {
        const request = this.#request;
        const command = containerCommand(request);
        return [
            'create',
            ...['--pull', 'never', '--name', this.#container(host), ...this.#labelArgs()],
            // The attached client gets the log; the engine need not keep a second one. SageMaker starts no init and no health check.
            ...['--log-driver', 'none', '--init=false', '--no-healthcheck', '--stop-signal', 'SIGTERM'],
            ...this.#networkArgs(host),
            ...this.#volume(INPUT_FOLDER),
            ...this.#volume(MODEL_FOLDER),
            ...this.#volume(OUTPUT_FOLDER),
            ...(request.checkpoints ? this.#checkpointMount(request.checkpoints.name) : []),
            ...request.channels.flatMap((channel) => channel.mode === 'FastFile'
                ? this.#volume(channelFolder(channel.name), { name: this.#fastVolume(channel), readOnly: true })
                : []),
            ...(request.shmSizeBytes === undefined ? [] : ['--shm-size', String(request.shmSizeBytes)]),
            ...(request.gpus ? ['--gpus', 'all'] : []),
            ...environment,
            ...(command.entrypoint === undefined ? [] : ['--entrypoint', command.entrypoint]),
            request.image,
            ...command.arguments,
        ];
    }
    #checkpointMount(name) {
        return ['--mount', `type=volume,source=${name},target=${CHECKPOINT_FOLDER},volume-nocopy`];
    }
    /** A container that never starts; it holds the FastFile volumes open for writing. */
    async #createSeed(channels) {
        const name = `${this.#job}-seed`;
        const mounts = channels.flatMap((channel) => this.#volume(channelFolder(channel.name), { name: this.#fastVolume(channel) }));
        await this.#docker.run([
            'create',
            '--pull',
            'never',
            '--name',
            name,
            ...this.#labelArgs(),
            '--network',
            'none',
            ...mounts,
            this.#request.image,
            'train',
        ], 'creating the FastFile channels', { signal: this.#signal });
        return name;
    }
}

;// CONCATENATED MODULE: ./src/contract/runner.ts







/** SageMaker's part, played by the local Docker engine. */
function createContractRunner({ exec, clock, runId, signal }) {
    if (!/^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/.test(runId))
        throw new Error(`The run's id «${runId}» can be no label.`);
    const docker = new contract_docker.Docker(exec);
    const runLabel = `${removal.RUN_LABEL}=${runId}`;
    async function start(request, onLine) {
        validateRequest(request);
        signal.throwIfAborted();
        const job = `byoc-${runId}-${(0,external_node_crypto_.randomBytes)(4).toString('hex')}`;
        const setup = new JobSetup({ docker, runLabel, job, request, signal });
        const remove = async () => {
            await setup.removeQuickly();
            // Twice quiet after an abort: a client that we ended may still be getting its wish.
            const quietRounds = signal.aborted ? 2 : 1;
            await (0,removal.removeLabelled)(docker, clock, `${removal.JOB_LABEL}=${job}`, {
                quietRounds,
                pauseMilliseconds: 150,
                roundsMax: 12,
            });
        };
        try {
            const { nodes, fileChannels } = await setup.create();
            signal.throwIfAborted();
            return startJob({
                docker,
                clock,
                signal,
                nodes,
                maxRuntimeSeconds: request.maxRuntimeSeconds,
                ...(request.peerGraceSeconds === undefined ? {} : { peerGraceSeconds: request.peerGraceSeconds }),
                onLine,
                results: (firstFailed) => jobResults({ docker, nodes, fileChannels, hasCheckpoints: request.checkpoints !== undefined, firstFailed }),
                remove,
            });
        }
        catch (error) {
            // What it says now would hide why we are here; the cleanup step removes what is left.
            await remove().catch(() => undefined);
            signal.throwIfAborted();
            throw error;
        }
    }
    async function createCheckpointVolume() {
        const name = `byoc-${runId}-${(0,external_node_crypto_.randomBytes)(4).toString('hex')}-checkpoints`;
        await docker.run(['volume', 'create', '--label', runLabel, name], 'creating the checkpoint volume', { signal });
        return {
            name,
            async remove() {
                await docker.run(['volume', 'rm', '--force', name], 'removing the checkpoint volume');
            },
        };
    }
    async function removeAll() {
        const quietRounds = signal.aborted ? 2 : 1;
        await (0,removal.removeLabelled)(docker, clock, runLabel, { quietRounds, pauseMilliseconds: 150, roundsMax: 12 });
    }
    return { start, createCheckpointVolume, removeAll };
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


/***/ })

};
;