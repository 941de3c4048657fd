"use strict";
exports.id = 470;
exports.ids = [470,380,649,738];
exports.modules = {

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

/***/ 6738:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   checkContext: () => (/* binding */ checkContext),
/* harmony export */   isInside: () => (/* binding */ isInside)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_fs_promises__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1___default = /*#__PURE__*/__webpack_require__.n(node_path__WEBPACK_IMPORTED_MODULE_1__);
/* harmony import */ var _errors__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3916);



/**
 * Finds the build context and the Dockerfile and proves that both lie in the workspace, also behind symbolic links.
 * Touches nothing, so `plan` may call it to refuse a wrong input before any side effect.
 *
 * `workspace` is absolute and real; `inputs.context` and `inputs.file` are relative to it, as they are written.
 * @throws UserError for what is missing, of the wrong kind, or outside.
 */
async function checkContext(workspace, inputs) {
    if (/^(?:[a-z][a-z0-9+.-]*:\/\/|git@)/i.test(inputs.context)) {
        throw new _errors__WEBPACK_IMPORTED_MODULE_2__/* .UserError */ .yo(`context: "${inputs.context}" is a URL; the build context must be a folder of the checkout.`, {
            fix: 'Check the repository out with actions/checkout and set `context` to a folder in it (default `.`).',
        });
    }
    const directory = await inside(workspace, 'context', inputs.context, (0,node_path__WEBPACK_IMPORTED_MODULE_1__.resolve)(workspace, inputs.context));
    if (!(await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.stat)(directory)).isDirectory()) {
        throw new _errors__WEBPACK_IMPORTED_MODULE_2__/* .UserError */ .yo(`context: "${inputs.context}" is a file; the build context must be a folder.`, {
            fix: 'Set `context` to the folder that holds what the image needs, and `file` to the Dockerfile.',
        });
    }
    const written = inputs.file ?? (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(inputs.context, 'Dockerfile');
    const dockerfile = await inside(workspace, 'file', written, (0,node_path__WEBPACK_IMPORTED_MODULE_1__.resolve)(workspace, written), directory);
    if (!(await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.stat)(dockerfile)).isFile()) {
        throw new _errors__WEBPACK_IMPORTED_MODULE_2__/* .UserError */ .yo(`file: "${written}" is not a file.`, { fix: 'Set `file` to the path of the Dockerfile.' });
    }
    return { directory, dockerfile };
}
/** The real path of `path`, which the input `name` gave as `written`; refuses one that is missing or outside. */
async function inside(workspace, name, written, path, context) {
    // The path as written is looked at first: whether something exists outside is nobody's business.
    if (!isInside(workspace, path))
        throw outside(name, written);
    let real;
    try {
        real = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.realpath)(path);
    }
    catch (error) {
        throw new _errors__WEBPACK_IMPORTED_MODULE_2__/* .UserError */ .yo(`${name}: "${written}" does not exist in the checked-out repository.`, {
            fix: await missingFix(name, written, context),
            cause: error,
        });
    }
    if (!isInside(workspace, real))
        throw outside(name, written, true);
    return real;
}
function outside(name, written, bySymlink = false) {
    const how = bySymlink ? 'leads outside the workspace through a symbolic link' : 'lies outside the workspace';
    return new _errors__WEBPACK_IMPORTED_MODULE_2__/* .UserError */ .yo(`${name}: "${written}" ${how}; only files of the checked-out repository are built.`, {
        fix: `Set \`${name}\` to a path inside the repository, relative to its root.`,
    });
}
async function missingFix(name, written, context) {
    if (name === 'context') {
        return 'Check out the repository before this action (actions/checkout), or correct `context`; it is relative to the workspace.';
    }
    if (context && !(0,node_path__WEBPACK_IMPORTED_MODULE_1__.isAbsolute)(written) && (await exists((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(context, written)))) {
        return `\`file\` is relative to the workspace, not to the context; the file is there as "${(0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)('<context>', written)}".`;
    }
    return 'Set `file` to the path of the Dockerfile, relative to the workspace (default: `Dockerfile` in the context).';
}
async function exists(path) {
    return (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.stat)(path).then(() => true, () => false);
}
/** Whether `path` is `folder` or below it; both absolute. */
function isInside(folder, path) {
    const way = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.relative)(folder, path);
    return way !== '..' && !way.startsWith(`..${node_path__WEBPACK_IMPORTED_MODULE_1__.sep}`) && !(0,node_path__WEBPACK_IMPORTED_MODULE_1__.isAbsolute)(way);
}


/***/ }),

/***/ 508:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   D: () => (/* binding */ judgeDisk),
/* harmony export */   g: () => (/* binding */ freeBytes)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_fs_promises__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var _disk_full__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5022);
/* harmony import */ var _errors__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3916);



const MIB = 1024 ** 2;
const GIB = 1024 ** 3;
/** Room that BuildKit needs to work at all. */
const FLOOR_BYTES = 512 * MIB;
/** A CUDA base image alone takes this once unpacked. */
const COMFORT_BYTES = 10 * GIB;
/** Free bytes of the disk that `path` is on, for an ordinary process; `undefined` when it cannot be told. */
async function freeBytes(path) {
    if (path === undefined)
        return undefined;
    return (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.statfs)(path).then(({ bavail, bsize }) => bavail * bsize, () => undefined);
}
/**
 * Judges the space before the build. Refused is only what cannot work: the context is copied to the engine once before
 * anything else happens. The size of the base image is unknown here, hence the warning. Pure.
 */
function judgeDisk(free, contextBytes) {
    if (free === undefined)
        return { enough: true };
    if (free < FLOOR_BYTES + contextBytes) {
        return {
            enough: false,
            error: new _errors__WEBPACK_IMPORTED_MODULE_2__/* .UserError */ .yo(`The Docker engine's disk has ${gib(free)} free; the build needs at least ${gib(FLOOR_BYTES + contextBytes)} ` +
                `(the build context alone is ${gib(contextBytes)}).`, { fix: _disk_full__WEBPACK_IMPORTED_MODULE_1__/* .MAKE_ROOM */ .j4 }),
        };
    }
    const wanted = Math.max(COMFORT_BYTES, 2 * contextBytes + 2 * GIB);
    if (free < wanted) {
        return {
            enough: true,
            warning: `The Docker engine's disk has ${gib(free)} free. Training images with CUDA often need more than ${gib(wanted)}.`,
        };
    }
    return { enough: true };
}
function gib(bytes) {
    return bytes < GIB ? `${Math.ceil(bytes / MIB)} MiB` : `${(bytes / GIB).toFixed(1)} GiB`;
}


/***/ }),

/***/ 649:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   redact: () => (/* binding */ redact),
/* harmony export */   redactRecord: () => (/* binding */ redactRecord)
/* harmony export */ });
/* harmony import */ var _secret_shapes__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2398);

/** Secrets shorter than this are not looked for: taking out every `1` ruins a report and hides nothing. */
const SECRET_LENGTH_MIN = 6;
/** Query parameters that make an address a key: S3, CloudFront, Google, Azure. */
const SIGNED = /[?&](?:X-Amz-|X-Goog-|Signature=|sig=|AWSAccessKeyId=|Key-Pair-Id=|access_token=)/iu;
/** Takes out what looks like a credential, and every given secret value in its plain, JSON, URL and base64 form. Pure. */
function redact(text, secrets = []) {
    return redactForms(text, formsOf(secrets));
}
function redactForms(text, forms) {
    let result = text;
    for (const form of forms)
        result = result.replaceAll(form, _secret_shapes__WEBPACK_IMPORTED_MODULE_0__/* .REDACTED */ .XF);
    result = (0,_secret_shapes__WEBPACK_IMPORTED_MODULE_0__/* .redactShapes */ .YA)(result);
    // Token by token, so that a line of many half addresses costs no more than its length.
    if (!result.includes('://'))
        return result;
    return result.replace(/[^\s"'<>`]+/gu, (token) => {
        if (!token.includes('://'))
            return token;
        const withoutUser = token.replace(/:\/\/[^/?#@]*@/gu, `://${_secret_shapes__WEBPACK_IMPORTED_MODULE_0__/* .REDACTED */ .XF}@`);
        return SIGNED.test(withoutUser)
            ? `${withoutUser.slice(0, withoutUser.search(/[?]/u) + 1)}${_secret_shapes__WEBPACK_IMPORTED_MODULE_0__/* .REDACTED */ .XF}`
            : withoutUser;
    });
}
/** A copy of the record with every text in it redacted: what `report.json` holds and what the report is made from. Pure. */
function redactRecord(record, secrets = []) {
    // Made once: a key of a thousand lines has thousands of forms.
    return redactValue(record, formsOf(secrets));
}
function redactValue(value, forms) {
    if (typeof value === 'string')
        return redactForms(value, forms);
    if (Array.isArray(value)) {
        const items = value;
        // A key may run over many lines of a log: lines are looked at together.
        if (items.length > 1 && items.every((item) => typeof item === 'string')) {
            return redactForms(items.join('\n'), forms).split('\n');
        }
        return items.map((item) => redactValue(item, forms));
    }
    if (typeof value !== 'object' || value === null)
        return value;
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [
        redactForms(name, forms),
        typeof item === 'string' && (0,_secret_shapes__WEBPACK_IMPORTED_MODULE_0__/* .isSecretName */ .eh)(name) && item !== '' ? _secret_shapes__WEBPACK_IMPORTED_MODULE_0__/* .REDACTED */ .XF : redactValue(item, forms),
    ]));
}
/** Every way in which the values may appear, the longest first, so that none is cut by another. */
function formsOf(secrets) {
    const forms = new Set();
    for (const secret of secrets) {
        for (const value of [secret, ...secret.split(/\r?\n/u)]) {
            const plain = value.trim();
            if (plain.length < SECRET_LENGTH_MIN)
                continue;
            forms.add(plain);
            forms.add(JSON.stringify(plain).slice(1, -1));
            forms.add(encodeURIComponent(plain.replace(/\p{Cs}/gu, '')));
            forms.add(Buffer.from(plain).toString('base64'));
        }
    }
    return [...forms].filter((form) => form.length >= SECRET_LENGTH_MIN).sort((a, b) => b.length - a.length);
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

/***/ 9470:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  build: () => (/* binding */ build)
});

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./src/contract/docker.ts
var contract_docker = __webpack_require__(4380);
// EXTERNAL MODULE: ./src/contract/lines.ts
var lines = __webpack_require__(5989);
// EXTERNAL MODULE: ./src/errors.ts
var errors = __webpack_require__(3916);
// EXTERNAL MODULE: ./src/report/redact.ts
var redact = __webpack_require__(649);
;// CONCATENATED MODULE: ./src/image/argv.ts

/** SageMaker's instances, all but a few, and every check of verify. */
const PLATFORM = 'linux/amd64';
/** Linux takes at most 128 KiB for one variable, its name included. */
const SECRET_BYTES_MAX = 100 * 1024;
/**
 * Variables that the builder or what it runs would obey. A build argument of such a name goes into the command line with
 * its value; build arguments are no secret anyway, the image's history shows them.
 */
const OBEYED = /^(?:PATH|HOME|USER|LOGNAME|SHELL|PWD|TMPDIR|TMP|TEMP|TZ|LANG|LC_.*|TERM|NO_COLOR|HTTPS?_PROXY|NO_PROXY|ALL_PROXY|FTP_PROXY|(?:DOCKER|BUILDX|BUILDKIT|COMPOSE|MOBY|OTEL|GIT|SSH|SSL|LD|DYLD|XDG|AWS|AZURE|ACTIONS|GITHUB|RUNNER|BYOC|GODEBUG|GOMAXPROCS|GOGC|GOTRACEBACK|GRPC|TEST|SOURCE_DATE_EPOCH|EXPERIMENTAL)(?:_.*)?|SYSTEMROOT|USERPROFILE|APPDATA|LOCALAPPDATA|PROGRAMDATA|PATHEXT|COMSPEC)$/i;
/**
 * The command that builds the image. Values of secrets are in `env` alone: argv is readable by every process.
 * @throws UserError for what the builder cannot do.
 */
function buildCommand(request) {
    const { builder } = request;
    const env = {};
    const args = builder.kind === 'buildx' ? ['buildx', 'build'] : ['build'];
    args.push(`--platform=${PLATFORM}`, '--progress=plain', `--file=${request.dockerfile}`, `--tag=${request.reference}`);
    args.push(`--iidfile=${request.iidFile}`);
    if (builder.kind === 'buildx') {
        // `--load`: a docker-container builder keeps its result to itself otherwise.
        args.push('--load', `--metadata-file=${request.metadataFile}`);
        // An attestation turns the image into an index, which SageMaker refuses. Older versions make none.
        if (isAtLeast(builder.version, [0, 10, 0]))
            args.push('--provenance=false', '--sbom=false');
        // buildx would run git in the context, with the configuration found there, to describe the source.
        env['BUILDX_GIT_INFO'] = 'false';
    }
    else {
        env['DOCKER_BUILDKIT'] = '1';
    }
    if (request.target !== undefined)
        args.push(`--target=${request.target}`);
    for (const [name, value] of Object.entries(request.buildArgs)) {
        if (value.includes('\0'))
            throw new errors/* UserError */.yo(`build-args: the value of "${name}" holds a NUL character.`);
        if (OBEYED.test(name) || !/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) {
            args.push(`--build-arg=${name}=${value}`);
        }
        else {
            args.push(`--build-arg=${name}`);
            env[name] = value;
        }
    }
    for (const { id, value, variable } of request.secrets) {
        checkSecret(id, value);
        args.push(`--secret=id=${id},env=${variable}`);
        env[variable] = value;
    }
    args.push(...cacheArgs(request));
    if (request.noCache)
        args.push('--no-cache');
    args.push(request.context);
    return { args, env };
}
function checkSecret(id, value) {
    if (!/^[A-Za-z0-9][A-Za-z0-9_.-]*$/.test(id)) {
        throw new errors/* UserError */.yo(`secrets: "${id}" is no valid id.`, {
            fix: 'Use letters, digits, `_`, `.` and `-`, as in `RUN --mount=type=secret,id=…` of the Dockerfile.',
        });
    }
    if (value.includes('\0')) {
        throw new errors/* UserError */.yo(`secrets: the value of "${id}" holds a NUL character.`, {
            fix: 'Give binary secrets as base64.',
        });
    }
    // Three bytes for a UTF-16 unit is the most that UTF-8 takes; a plain length check would be wrong for other scripts.
    if (value.length * 3 > SECRET_BYTES_MAX && utf8Bytes(value) > SECRET_BYTES_MAX) {
        throw new errors/* UserError */.yo(`secrets: the value of "${id}" is larger than 100 KiB.`, {
            fix: 'Give a key, not a data set.',
        });
    }
}
function utf8Bytes(text) {
    return new TextEncoder().encode(text).length;
}
function cacheArgs({ builder, cacheFrom, cacheTo }) {
    if (builder.kind === 'buildx') {
        return [...cacheFrom.map((cache) => `--cache-from=${cache}`), ...cacheTo.map((cache) => `--cache-to=${cache}`)];
    }
    if (cacheTo.length > 0) {
        throw new errors/* UserError */.yo('cache-to: Docker without buildx cannot export a layer cache.', {
            fix: 'Add docker/setup-buildx-action before this action, or leave `cache-to` empty.',
        });
    }
    return cacheFrom.map((cache) => {
        const image = imageOf(cache);
        if (image === undefined) {
            throw new errors/* UserError */.yo(`cache-from: Docker without buildx takes only images as cache, not "${cache}".`, {
                fix: 'Add docker/setup-buildx-action before this action, or name an image (`type=registry,ref=…`).',
            });
        }
        return `--cache-from=${image}`;
    });
}
/** `image` or `type=registry,ref=image` → the image. */
function imageOf(cache) {
    if (!cache.includes('='))
        return cache;
    const fields = Object.fromEntries(cache.split(',').map((field) => field.split(/=(.*)/s, 2)));
    return fields['type'] === 'registry' ? fields['ref'] : undefined;
}
/** The first `1.2.3` of a text, as `docker --version` and `docker buildx version` print it. */
function parseVersion(text) {
    const match = /(?:^|[\sv])(\d+)\.(\d+)(?:\.(\d+))?/.exec(text);
    return match ? [Number(match[1]), Number(match[2]), Number(match[3] ?? 0)] : undefined;
}
/** A version that cannot be told is a development build, hence new. */
function isAtLeast(version, least) {
    if (!version)
        return true;
    for (const [index, number] of least.entries()) {
        const own = version[index] ?? 0;
        if (own !== number)
            return own > number;
    }
    return true;
}
/** `byoc/<repository>:<sha12>`: lower case and of the characters that an image name may have. */
function imageReference(repository, sha) {
    const slug = repository
        .toLowerCase()
        .replace(/[^a-z0-9]+/g, '-')
        .replace(/^-+|-+$/g, '');
    return `byoc/${slug || 'image'}:${sha.slice(0, 12)}`;
}

;// CONCATENATED MODULE: ./src/image/cache.ts

/** What a cache backend reads from the environment; child processes get it only when such a cache is asked for. */
const NEEDS = {
    gha: ['ACTIONS_RUNTIME_TOKEN', 'ACTIONS_RESULTS_URL', 'ACTIONS_CACHE_URL', 'ACTIONS_CACHE_SERVICE_V2'],
    s3: ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN', 'AWS_REGION'],
};
/**
 * The variables for the caches named (`type=gha,scope=x`, buildx syntax).
 * @throws UserError for GitHub's cache where its token is not to be had.
 */
function cacheEnvironment(caches, env) {
    const result = {};
    for (const cache of caches) {
        // buildx would take them, but what stands in a cache's name is printed and can be read by every process.
        const credential = /(?:^|,)(token|access_key_id|secret_access_key|session_token)=/.exec(cache)?.[1];
        if (credential !== undefined) {
            throw new errors/* UserError */.yo(`A cache is given its ${credential} in \`cache-from\` or \`cache-to\`.`, {
                fix: 'Leave it out and set it as environment of the step (AWS_ACCESS_KEY_ID …, or the runtime token): it is handed on to the build.',
            });
        }
        const type = /(?:^|,)type=([a-z0-9]+)/.exec(cache)?.[1] ?? 'registry';
        for (const name of NEEDS[type] ?? []) {
            const value = env[name];
            if (value !== undefined)
                result[name] = value;
        }
        if (type === 'gha' && !result['ACTIONS_RUNTIME_TOKEN']) {
            throw new errors/* UserError */.yo(`"${cache}": GitHub's cache needs a token that the runner gives to JavaScript actions alone.`, {
                fix: 'Use `type=registry,ref=…` or `type=local,…` (with actions/cache), or hand the token on with crazy-max/ghaction-github-runtime before this action.',
            });
        }
    }
    return result;
}

;// CONCATENATED MODULE: ./src/image/contents.ts


/** Files looked at for their size; far beyond any context that can be built in reasonable time. */
const FILES_MAX = 300_000;
/** Walks the context without following symbolic links (Docker sends the link itself) and without what is ignored. */
async function surveyContext(directory, ignore) {
    const contents = { sizeBytes: 0, fileCount: 0, gitFiles: [], truncated: false };
    async function walk(folder, inGit) {
        const files = [];
        // A folder that cannot be read will stop Docker itself, with a better message than ours.
        for (const entry of await (0,promises_.readdir)((0,external_node_path_.join)(directory, folder), { withFileTypes: true }).catch(() => [])) {
            const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
            const ignored = ignore.ignores(path);
            const git = inGit || entry.name === '.git';
            if (entry.isDirectory()) {
                // Credentials are looked for even in a context too large to measure, hence `git ||`.
                if ((!ignored || ignore.hasExceptions) && (git || contents.fileCount < FILES_MAX))
                    await walk(path, git);
            }
            else if (!ignored) {
                contents.fileCount++;
                if (git)
                    contents.gitFiles.push(path);
                if (entry.isFile())
                    files.push(path);
            }
        }
        if (contents.fileCount >= FILES_MAX)
            contents.truncated = true;
        for (let start = 0; start < files.length; start += 256) {
            const sizes = await Promise.all(files.slice(start, start + 256).map((path) => (0,promises_.lstat)((0,external_node_path_.join)(directory, path)).then((stats) => stats.size, () => 0)));
            for (const size of sizes)
                contents.sizeBytes += size;
        }
    }
    await walk('', false);
    return contents;
}

// EXTERNAL MODULE: ./src/image/context.ts
var image_context = __webpack_require__(6738);
;// CONCATENATED MODULE: ./src/image/credentials.ts




/** Config files are small; what is larger is no config. */
const FILE_BYTES_MAX = 1024 * 1024;
/** Files of a `.git` folder that git, actions/checkout or a credential helper write credentials to. */
const CANDIDATE = /^(?:config|config\.worktree|fetch_head|.*credential.*|.*\.config|\.netrc|\.extraheader)$/i;
/** Each is tried on one line; the first that matches names it. */
const KINDS = [
    // actions/checkout up to v5 writes this unless persist-credentials is false.
    [/^\s*extraheader\s*=.*(?:authorization|token|cookie|api-?key)/i, 'an `extraheader` with an authorization'],
    // A user name alone is no credential, but for the tokens that are used as one.
    [/\bhttps?:\/\/[^\s/@:"]*:[^\s/@"]+@/i, 'a URL with a password'],
    [/\bhttps?:\/\/(?:gh[pousr]_|github_pat_|glpat-|x-access-token)[^\s/@"]*@/i, 'a URL with a token'],
    [/^\s*(?:password|passwd|token|oauthtoken|sslcertpassword)\s*=\s*\S/i, 'a password'],
    [/\b(?:gh[pousr]_[A-Za-z0-9]{20,}|github_pat_[A-Za-z0-9_]{20,}|glpat-[\w-]{16,})/, 'a token'],
];
/**
 * Credentials that Docker would copy with `.git`. `gitFiles` are the files of `.git` folders that would be sent.
 * Follows `include.path` to files in the context (newer actions/checkout keeps the credential in a file of its own,
 * normally outside, under RUNNER_TEMP: then there is nothing to find).
 */
async function findGitCredentials(context, gitFiles, ignore) {
    const found = [];
    const queue = gitFiles.filter((path) => CANDIDATE.test((0,external_node_path_.basename)(path)) && !/(?:^|\/)\.git\/objects\//.test(path));
    const seen = new Set(queue);
    for (const path of queue) {
        const text = await smallText((0,external_node_path_.join)(context, path));
        for (const [index, line] of text.split(/\r?\n/).entries()) {
            if (/^\s*[#;]/.test(line))
                continue;
            const kind = KINDS.find(([pattern]) => pattern.test(line))?.[1];
            if (kind)
                found.push({ path, line: index + 1, kind });
            const included = await sentInclude(context, path, line, ignore);
            if (included && !seen.has(included)) {
                seen.add(included);
                queue.push(included);
            }
        }
    }
    return found;
}
/** Refuses a context whose `.git` would carry credentials into the image. */
function refuseGitCredentials(found) {
    const first = found[0];
    if (!first)
        return;
    throw new errors/* UserError */.yo(`The build context holds git credentials (${first.kind} in ${first.path}), and nothing keeps them out of the image.`, {
        fix: 'Add `persist-credentials: false` to the `with:` of actions/checkout, ' +
            'or keep git out of the image with a line `**/.git` in .dockerignore. Best do both.',
        details: found.slice(0, 10).map(({ path, line, kind }) => `${path}:${line}: ${kind}`),
    });
}
async function smallText(path) {
    const file = await (0,promises_.open)(path, 'r').catch(() => undefined);
    if (!file)
        return '';
    try {
        const stats = await file.stat();
        return stats.isFile() && stats.size <= FILE_BYTES_MAX ? await file.readFile('utf8') : '';
    }
    finally {
        await file.close();
    }
}
/** The file that a `path = …` line includes, relative to the context, when it would be sent too. */
async function sentInclude(context, from, line, ignore) {
    const written = /^\s*path\s*=\s*"?([^"]+?)"?\s*$/i.exec(line)?.[1];
    if (written === undefined || (!(0,external_node_path_.isAbsolute)(written) && written.startsWith('~')))
        return undefined;
    const path = (0,external_node_path_.resolve)((0,external_node_path_.dirname)((0,external_node_path_.join)(context, from)), written);
    const real = await (0,promises_.realpath)(path).catch(() => undefined);
    if (real === undefined || !(0,image_context.isInside)(context, real) || !(await (0,promises_.stat)(real)).isFile())
        return undefined;
    const inContext = (0,external_node_path_.relative)(context, real).split(external_node_path_.sep).join('/');
    return ignore.ignores(inContext) ? undefined : inContext;
}

// EXTERNAL MODULE: ./src/image/disk.ts
var image_disk = __webpack_require__(508);
;// CONCATENATED MODULE: ./src/image/dockerignore.ts




/**
 * Reads the rules as BuildKit does: `<Dockerfile>.dockerignore` beside the Dockerfile wins over `.dockerignore` in the
 * root of the context; they are never merged.
 */
async function readDockerignore(context) {
    for (const path of [`${context.dockerfile}.dockerignore`, (0,external_node_path_.join)(context.directory, '.dockerignore')]) {
        let text;
        try {
            text = await (0,promises_.readFile)(path, 'utf8');
        }
        catch (error) {
            if (isMissing(error))
                continue;
            throw new errors/* UserError */.yo(`${path} cannot be read.`, { fix: 'Make it a plain, readable text file.', cause: error });
        }
        // BuildKit resolves links inside the folder it was given; rules from elsewhere would be ours alone.
        const root = (0,image_context.isInside)(context.directory, path) ? context.directory : (0,external_node_path_.join)(context.dockerfile, '..');
        if (!(0,image_context.isInside)(root, await (0,promises_.realpath)(path))) {
            throw new errors/* UserError */.yo(`${path} is a symbolic link that leads outside the build context; Docker would not follow it.`, {
                fix: 'Replace the link by a file.',
            });
        }
        return parseDockerignore(text, path);
    }
    return parseDockerignore('', undefined);
}
/**
 * Docker's rules, which are not git's: a pattern is anchored at the root of the context, `*` and `?` stop at `/`, `**`
 * crosses it, the last rule that matches the path or one of its parents wins.
 * https://docs.docker.com/build/concepts/context/#dockerignore-files
 *
 * @throws UserError for a pattern that Docker refuses.
 */
function parseDockerignore(text, path) {
    const rules = [];
    for (const [index, raw] of text
        .replace(/^\uFEFF/, '')
        .split(/\r?\n/)
        .entries()) {
        // A comment is recognised before the line is trimmed, as Docker does it.
        if (raw.startsWith('#'))
            continue;
        let pattern = raw.trim();
        if (pattern === '')
            continue;
        const exception = pattern.startsWith('!');
        if (exception)
            pattern = pattern.slice(1).trim();
        if (pattern === '')
            throw malformed(path, index + 1, raw);
        pattern = cleaned(pattern);
        try {
            rules.push({ exception, matches: matcher(pattern) });
        }
        catch (error) {
            throw malformed(path, index + 1, raw, error);
        }
    }
    return {
        path,
        hasExceptions: rules.some((rule) => rule.exception),
        ignores(file) {
            const parents = parentsOf(file);
            let ignored = false;
            for (const rule of rules) {
                // A rule that could not change the answer need not be asked.
                if (rule.exception !== ignored)
                    continue;
                if (rule.matches(file) || parents.some((parent) => rule.matches(parent)))
                    ignored = !rule.exception;
            }
            return ignored;
        },
    };
}
/** `a/b/c` → `a`, `a/b`. */
function parentsOf(path) {
    const parents = [];
    for (let slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1))
        parents.push(path.slice(0, slash));
    return parents;
}
/** Go's filepath.Clean, then without the leading slash: `/a/../b/` is `b`. */
function cleaned(pattern) {
    let clean = external_node_path_.posix.normalize(pattern);
    if (clean.length > 1 && clean.endsWith('/'))
        clean = clean.slice(0, -1);
    return clean.length > 1 && clean.startsWith('/') ? clean.slice(1) : clean;
}
/** One cleaned pattern as a predicate. Special cases come first because Docker has them as plain string comparisons. */
function matcher(pattern) {
    const plain = (text) => !/[*?[\]\\]/.test(text);
    if (pattern.startsWith('**') && plain(pattern.slice(2))) {
        const suffix = pattern.slice(2);
        return (path) => path.endsWith(suffix) || (suffix.startsWith('/') && path === suffix.slice(1));
    }
    if (pattern.endsWith('**') && plain(pattern.slice(0, -2))) {
        const prefix = pattern.slice(0, -2);
        return (path) => path.startsWith(prefix);
    }
    if (plain(pattern))
        return (path) => path === pattern;
    const expression = new RegExp(`^${regexOf(pattern)}$`, 'su');
    return (path) => expression.test(path);
}
function regexOf(pattern) {
    let regex = '';
    for (let at = 0; at < pattern.length; at++) {
        const char = pattern[at] ?? '';
        if (char === '*' && pattern[at + 1] === '*') {
            at++;
            if (pattern[at + 1] === '/')
                at++;
            regex += at + 1 >= pattern.length ? '.*' : '(?:.*/)?';
        }
        else if (char === '*') {
            regex += '[^/]*';
        }
        else if (char === '?') {
            regex += '[^/]';
        }
        else if (char === '[') {
            const end = classEnd(pattern, at);
            regex += classOf(pattern.slice(at + 1, end));
            at = end;
        }
        else if (char === '\\') {
            at++;
            // Docker makes a regular expression of it too, where a backslash before a letter or digit means something else.
            if (at >= pattern.length || /[A-Za-z0-9]/.test(pattern[at] ?? ''))
                throw new SyntaxError('stray backslash');
            regex += escaped(pattern[at] ?? '');
        }
        else {
            regex += escaped(char);
        }
    }
    return regex;
}
/** Index of the `]` that ends the class opened at `start`; a `]` right after the opening (or `^`) is refused by Go. */
function classEnd(pattern, start) {
    for (let at = start + 1; at < pattern.length; at++) {
        if (pattern[at] === '\\')
            at++;
        else if (pattern[at] === ']') {
            if (at === start + 1 || (at === start + 2 && pattern[start + 1] === '^'))
                break;
            return at;
        }
    }
    throw new SyntaxError('unclosed character class');
}
function classOf(body) {
    const negated = body.startsWith('^');
    const members = (negated ? body.slice(1) : body).replace(/\\(.)|([[\]&|~^])/gsu, (_, quoted, special) => escaped(quoted ?? special ?? ''));
    return `[${negated ? '^' : ''}${members}]`;
}
function escaped(char) {
    return /[\\^$.*+?()[\]{}|/-]/.test(char) ? `\\${char}` : char;
}
function malformed(path, line, text, cause) {
    return new errors/* UserError */.yo(`${path ?? '.dockerignore'}, line ${line}: Docker cannot read this pattern.`, {
        fix: 'Correct the pattern (a lone `!`, an unclosed `[`, or a `\\` at the end or before a letter is not allowed).',
        details: [text],
        cause,
    });
}
function isMissing(error) {
    return ['ENOENT', 'ENOTDIR'].includes((0,errors/* codeOf */.$N)(error) ?? '');
}

;// CONCATENATED MODULE: ./src/image/engine.ts




/** Before this, BuildKit in Docker's own client was an experiment; from 23 on it is not in it any more. */
const CLASSIC_FROM = [20, 10, 0];
const CLASSIC_BEFORE = [23, 0, 0];
/** `--metadata-file` and secrets from the environment. */
const BUILDX_FROM = [0, 6, 0];
/**
 * Asks for the engine and chooses the builder: buildx where there is one, else BuildKit in Docker's own client.
 * @throws UserError when there is no engine, it cannot be reached, or nothing can build with it.
 */
async function probeEngine(docker, signal) {
    const [info, client, buildx] = await Promise.all([
        docker.try(['info', '--format', '{{json .}}'], { signal }),
        docker.try(['--version'], { signal }),
        docker.try(['buildx', 'version'], { signal }),
    ]);
    signal.throwIfAborted();
    const engine = info.exitCode === 0 ? readInfo(info.stdout) : undefined;
    if (!engine)
        throw (0,contract_docker.dockerFailure)(info, 'looking for the engine');
    const builder = chooseBuilder(client.stdout, buildx);
    const root = engine.DockerRootDir;
    return {
        builder,
        builderName: builder.kind === 'buildx'
            ? `buildx ${builder.version?.join('.') ?? '(development build)'}`
            : `docker ${builder.version.join('.')} (BuildKit)`,
        // Docker Desktop keeps images in a machine of its own, whose disk this one's says nothing of.
        rootDirectory: root && !/desktop/i.test(engine.OperatingSystem) && (await isFolder(root)) ? root : undefined,
        containerdStore: engine.DriverStatus.some((entry) => entry.some((word) => word.includes('io.containerd.snapshotter'))),
    };
}
function chooseBuilder(clientVersion, buildx) {
    const client = parseVersion(clientVersion);
    const plugin = parseVersion(buildx.stdout);
    if (buildx.exitCode === 0 && isAtLeast(plugin, BUILDX_FROM))
        return { kind: 'buildx', version: plugin };
    if (client && isAtLeast(client, CLASSIC_FROM) && !isAtLeast(client, CLASSIC_BEFORE)) {
        return { kind: 'classic', version: client };
    }
    const has = buildx.exitCode === 0 ? `buildx ${plugin?.join('.') ?? ''} is too old` : 'buildx is missing';
    throw new errors/* UserError */.yo(`Docker ${client?.join('.') ?? ''} cannot build with BuildKit here: ${has}.`, {
        fix: 'Add docker/setup-buildx-action before this action, or install the package `docker-buildx-plugin` (0.10 or newer) on the runner.',
    });
}
function readInfo(json) {
    let value;
    try {
        value = JSON.parse(json);
    }
    catch {
        return undefined;
    }
    if (typeof value !== 'object' || value === null)
        return undefined;
    const info = value;
    // Docker's client answers with an empty document, and older ones with exit code 0, when the engine is down.
    if (typeof info.ServerVersion !== 'string' || info.ServerVersion === '')
        return undefined;
    const text = (field) => (typeof field === 'string' ? field : '');
    const status = Array.isArray(info.DriverStatus) ? info.DriverStatus : [];
    return {
        OperatingSystem: text(info.OperatingSystem),
        DockerRootDir: text(info.DockerRootDir),
        DriverStatus: status.map((entry) => (Array.isArray(entry) ? entry.map(text) : [])),
    };
}
async function isFolder(path) {
    return (0,promises_.stat)(path).then((stats) => stats.isDirectory(), () => false);
}

// EXTERNAL MODULE: ./src/disk-full.ts
var disk_full = __webpack_require__(5022);
;// CONCATENATED MODULE: ./src/image/progress.ts
const OUTPUT_LINES = 30;
const EXCERPT_LINES = 60;
const VERTICES_MAX = 10_000;
const LINE_CHARACTERS = 2_000;
/**
 * Reads `--progress=plain` as buildx and Docker's own client (from 20.10) print it. Constant memory: of every step the
 * last 30 lines are kept, of the whole the last 30 too.
 */
class ProgressReader {
    #vertices = new Map();
    #tail = [];
    #excerpt = [];
    #finalError = '';
    #previous = '';
    #inExcerpt = false;
    /** One line without its end. */
    push(raw) {
        const line = raw.slice(0, LINE_CHARACTERS);
        keep(this.#tail, line, OUTPUT_LINES);
        const match = /^#(\d+) (.*)$/s.exec(line);
        if (match)
            this.#vertexLine(match[1] ?? '', match[2] ?? '');
        else
            this.#plainLine(line);
        this.#previous = line;
    }
    /** What is known so far. */
    read() {
        const steps = [...this.#vertices.values()].filter(({ name }) => INSTRUCTION.test(name) && !/\] FROM /.test(name));
        const failures = [...this.#vertices.values()].filter((vertex) => vertex.error !== undefined);
        // A failing step cancels its neighbours; these are not the cause.
        const cause = failures.find(({ error }) => !/context canceled|canceled$/i.test(error ?? '')) ?? failures[0];
        return {
            totalSteps: steps.length,
            cachedSteps: steps.filter(({ cached }) => cached).length,
            failed: cause && { name: cause.name, output: [...cause.output], error: cause.error ?? '' },
            excerpt: [...this.#excerpt],
            finalError: this.#finalError,
            tail: [...this.#tail],
        };
    }
    #vertexLine(number, text) {
        let vertex = this.#vertices.get(number);
        if (!vertex) {
            if (this.#vertices.size >= VERTICES_MAX)
                return;
            vertex = { name: text, cached: false, error: undefined, output: [] };
            this.#vertices.set(number, vertex);
            return;
        }
        if (text === 'CACHED')
            vertex.cached = true;
        else if (text.startsWith('ERROR: '))
            vertex.error = text.slice(7);
        else if (text === 'CANCELED')
            vertex.error ??= 'context canceled';
        else {
            // Output carries seconds since the step began; the rest (`DONE 0.3s`, `sha256:…`, `...`) is the builder's own.
            const output = /^\d+\.\d+ ?(.*)$/s.exec(text)?.[1];
            if (output !== undefined)
                keep(vertex.output, output, OUTPUT_LINES);
        }
    }
    #plainLine(line) {
        if (line.startsWith('-----') && /^-{20,}$/.test(line)) {
            if (this.#inExcerpt)
                this.#inExcerpt = false;
            else if (/^.+:\d+$/.test(this.#previous)) {
                this.#inExcerpt = true;
                this.#excerpt.length = 0;
                this.#excerpt.push(this.#previous);
            }
            return;
        }
        if (this.#inExcerpt) {
            if (this.#excerpt.length < EXCERPT_LINES)
                this.#excerpt.push(line);
            return;
        }
        if (/^(?:ERROR: |failed to |error: |executor failed|process ")/i.test(line))
            this.#finalError = line;
    }
}
/** `[2/3] RUN …`, `[stage 2/3] …`, `[linux/amd64 stage  2/13] …`. */
const INSTRUCTION = /^\[(?:\S+ ){0,2} *(\d+)\/(\d+)\] /;
/** Where a step's instruction stands in its stage: `[train 2/3]` is the second of three, of the stage `train`. */
function stepPosition(name) {
    const match = /^\[(?:linux\/\S+ )?(?:([^\s\]]+) )? *(\d+)\/(\d+)\] (.*)$/s.exec(name);
    if (!match)
        return undefined;
    return { stage: match[1], index: Number(match[2]), total: Number(match[3]), instruction: match[4] ?? '' };
}
function keep(lines, line, most) {
    lines.push(line);
    if (lines.length > most)
        lines.shift();
}

;// CONCATENATED MODULE: ./src/image/dockerfile.ts

/** Instructions that BuildKit numbers within a stage. `FROM` is the first, but for a stage that continues another. */
const NUMBERED = new Set(['RUN', 'COPY', 'ADD', 'WORKDIR']);
/** Splits a Dockerfile into instructions: continuation lines, comments between them, here-documents, `# escape=`. */
function parseDockerfile(source) {
    const lines = source.replace(/^\uFEFF/, '').split(/\r?\n/);
    const escape = /^#\s*escape\s*=\s*`\s*$/im.test(lines.slice(0, 3).join('\n')) ? '`' : '\\';
    const continues = (line) => line.trimEnd().endsWith(escape);
    const instructions = [];
    for (let at = 0; at < lines.length; at++) {
        const first = lines[at] ?? '';
        const keyword = /^\s*([A-Za-z]+)/.exec(first)?.[1]?.toUpperCase();
        if (keyword === undefined)
            continue;
        const start = at;
        // Comments and empty lines between continued lines belong to none of them, and end none.
        while (at + 1 < lines.length && (continues(lines[at] ?? '') || isComment(lines[at] ?? '', at > start)))
            at++;
        const joined = lines.slice(start, at + 1).join('\n');
        if (['RUN', 'COPY', 'ADD'].includes(keyword)) {
            for (const [, strip, word] of joined.matchAll(/<<(-?)\s*["']?([A-Za-z_]\w*)["']?/g)) {
                const end = lines.findIndex((line, index) => index > at && (strip ? line.replace(/^\t+/, '') : line) === (word ?? ''));
                if (end > at)
                    at = end;
            }
        }
        instructions.push({ keyword, line: start + 1, endLine: at + 1, text: lines.slice(start, at + 1) });
    }
    return instructions;
}
function isComment(line, inside) {
    return inside && (/^\s*#/.test(line) || line.trim() === '');
}
/**
 * The instruction that a step of BuildKit's progress (`[stage-1 2/3] RUN make`) came from. Counted from the end of its
 * stage, because whether `FROM` is counted differs; `undefined` when the count does not fit (ONBUILD, a stage not found).
 */
function findInstruction(instructions, stepName) {
    const step = stepPosition(stepName);
    if (!step)
        return undefined;
    const keyword = step.instruction.trimStart().split(/\s/, 1)[0]?.toUpperCase();
    const stages = [];
    for (const instruction of instructions) {
        if (instruction.keyword === 'FROM') {
            const name = /\sAS\s+(\S+)\s*$/i.exec(instruction.text.join(' '))?.[1]?.toLowerCase();
            stages.push({ name: name ?? `stage-${stages.length}`, instructions: [instruction] });
        }
        else if (NUMBERED.has(instruction.keyword))
            stages.at(-1)?.instructions.push(instruction);
    }
    const stage = stages.find(({ name }) => name === step.stage?.toLowerCase()) ?? (step.stage ? undefined : stages[0]);
    const found = stage?.instructions.at(-(step.total - step.index + 1));
    return found?.keyword === keyword ? found : undefined;
}

;// CONCATENATED MODULE: ./src/image/failure.ts



/** Causes that have a fix better than "look at the output". The first that matches is told. */
const CAUSES = [
    { pattern: /no space left on device/i, message: "the engine's disk is full", fix: disk_full/* MAKE_ROOM */.j4 },
    {
        pattern: /toomanyrequests|pull rate limit/i,
        message: 'the registry of the base image refuses more pulls (rate limit)',
        fix: 'Log in with docker/login-action before this action, or take the base image from another registry (such as public.ecr.aws).',
    },
    {
        pattern: /pull access denied|insufficient_scope|authorization failed|401 Unauthorized|403 Forbidden.*(?:manifests|blobs)|no basic auth credentials/i,
        message: 'the base image cannot be pulled: it does not exist, or a login is needed',
        fix: 'Correct the name in FROM, or log in to its registry before this action (docker/login-action; for ECR aws-actions/amazon-ecr-login).',
    },
    {
        pattern: /(?:manifests|blobs)\S*: (?:not found|404)|manifest unknown|: not found: manifest|no match for platform|does not match the specified platform/i,
        message: 'the base image has no such tag, or none for linux/amd64',
        fix: 'Correct the image in FROM.',
    },
    {
        pattern: /failed to (?:do request|resolve|fetch|authorize).*(?:dial tcp|no such host|i\/o timeout|TLS handshake|connection refused|context deadline)/i,
        message: 'a registry could not be reached',
        fix: 'Run the job again; if it stays, check the network, proxy and firewall of the runner.',
    },
    {
        pattern: /cache export (?:is )?not supported|cache export feature is currently not supported/i,
        message: 'this builder cannot export a layer cache',
        fix: 'Add docker/setup-buildx-action before this action (driver docker-container), or leave `cache-to` empty.',
    },
    {
        pattern: /secret \S+(?: not found)?: not found/i,
        message: 'the Dockerfile asks for a secret that is not given',
        fix: 'Add a line `<id>=@ENV_NAME` to the input `secrets`, with the id that the Dockerfile names.',
    },
    {
        pattern: /target stage "?[^"]*"? could not be found|could not find target stage/i,
        message: 'the Dockerfile has no stage of that name',
        fix: 'Correct the input `target`: it is the name after `AS` in a FROM line.',
    },
    {
        pattern: /exit code: 137\b/,
        message: 'a command was killed, most likely for want of memory',
        fix: 'Take a larger runner, or let the command use less memory (fewer parallel jobs).',
    },
    {
        pattern: /"[^"]*"(?: not found)?: not found$|failed to (?:compute|calculate) (?:cache key|checksum)/i,
        message: 'a file to copy is not in the build context',
        fix: 'Correct the path (it is relative to the context), commit the file, or take it out of .dockerignore.',
    },
    {
        pattern: /unknown instruction|dockerfile parse error|requires (?:at least|exactly) \w+ argument|file with no instructions/i,
        message: 'the Dockerfile cannot be parsed',
        fix: 'Correct the line shown.',
    },
];
/** What a client says whose engine ended under it. */
const ENGINE_GONE = /cannot connect to the docker daemon|is the docker daemon running|error during connect|error reading from server|transport is closing|unexpected EOF|connection reset by peer|broken pipe|code = (?:Unavailable|Canceled)|use of closed network connection|received prior goaway|no active session/i;
/** The error of a failing build: the failing line of the Dockerfile, the last output of that step, and the fix where one is known. */
function buildFailure({ exitCode, progress, dockerfile, redact }) {
    const { failed, finalError, excerpt, tail } = progress;
    // What a command printed does not decide the cause, but for what only it could see.
    const said = [failed?.error ?? '', finalError].join('\n');
    const heard = [said, ...(failed ? failed.output : tail)].join('\n');
    const cause = CAUSES.find(({ pattern }) => pattern.test(said)) ??
        CAUSES.find(({ message, pattern }) => message.includes('disk') && pattern.test(heard));
    if (!failed && !cause) {
        const last = [finalError, ...tail].join('\n');
        if (ENGINE_GONE.test(last)) {
            return new errors/* UserError */.yo('The Docker engine went away in the midst of the build.', {
                fix: 'Look at its log (`journalctl -u docker`): it was restarted, or ran out of memory or disk. Then run the job again.',
                details: tail.slice(-5).map(redact),
            });
        }
    }
    const place = placeOf(dockerfile, progress);
    const where = place === undefined ? '' : ` at ${dockerfile.name}:${place.line}`;
    const why = cause ? `: ${cause.message}` : failed ? ': a command failed' : ` (exit code ${exitCode})`;
    const lines = [
        ...(excerpt.length > 0 ? excerpt : place ? excerptOf(dockerfile.name, place) : []),
        ...(failed ? [`> ${failed.name}`, ...failed.output, failed.error] : tail),
        ...(finalError !== '' && !tail.includes(finalError) ? [finalError] : []),
    ];
    return new errors/* UserError */.yo(`The image build failed${where}${why}.`, {
        fix: cause?.fix ?? 'Correct the instruction shown; `docker build` of the same context shows the same locally.',
        details: lines.filter((line) => line.trim() !== '').map(redact),
    });
}
/** The failing instruction or line: what the builder says, else counted out by the name of the step. */
function placeOf(dockerfile, { excerpt, failed, finalError }) {
    const instructions = parseDockerfile(dockerfile.source);
    const told = /:(\d+)$/.exec(excerpt[0] ?? '')?.[1] ??
        /(?:dockerfile parse error(?: on)? |^)line (\d+):/i.exec(finalError)?.[1] ??
        /parse error on line (\d+)/i.exec(finalError)?.[1];
    if (told !== undefined) {
        const line = Number(told);
        const text = dockerfile.source.split(/\r?\n/)[line - 1] ?? '';
        return (instructions.find((one) => one.line <= line && line <= one.endLine) ?? {
            keyword: '',
            line,
            endLine: line,
            text: [text],
        });
    }
    return failed ? findInstruction(instructions, failed.name) : undefined;
}
/** In the form that newer BuildKits print. */
function excerptOf(name, { line, text }) {
    return [
        `${name}:${line}`,
        ...text.slice(0, 20).map((one, index) => `${String(line + index).padStart(4)} | >>> ${one}`),
    ];
}

;// CONCATENATED MODULE: ./src/image/inspect.ts

const LAYERS_MAX = 200;
const CREATED_BY_CHARACTERS = 300;
/**
 * Asks the engine for an image's facts. `image` is its id, or its name where the engine does not know that id.
 * @throws UserError when the engine does not have it (or is gone).
 */
async function inspectImage(docker, image, hidden, signal) {
    const doing = 'reading what was built';
    const json = ['--format', '{{json .}}'];
    const [inspected, history] = await Promise.all([
        docker.run(['image', 'inspect', ...json, image], doing, { signal }),
        docker.run(['history', '--no-trunc', '--human=false', ...json, image], doing, { signal }),
    ]);
    const facts = object(JSON.parse(inspected));
    const config = object(facts['Config']);
    const variant = inspect_text(facts['Variant']);
    return {
        imageId: inspect_text(facts['Id']),
        platform: `${inspect_text(facts['Os'])}/${inspect_text(facts['Architecture'])}${variant && variant !== 'v8' ? `/${variant}` : ''}`,
        sizeBytes: Number(facts['Size'] ?? 0),
        layers: parseHistory(history, hidden),
        entrypoint: texts(config['Entrypoint']),
        cmd: texts(config['Cmd']),
        user: inspect_text(config['User']),
        workingDir: inspect_text(config['WorkingDir']),
    };
}
/** `docker history`'s JSON lines, oldest layer first, without what adds no bytes. Pure. */
function parseHistory(jsonLines, hidden) {
    const layers = [];
    for (const line of jsonLines.split('\n')) {
        if (line.trim() === '')
            continue;
        const entry = object(JSON.parse(line));
        const sizeBytes = Number.parseInt(inspect_text(entry['Size']), 10) || 0;
        if (sizeBytes === 0)
            continue;
        const createdBy = shorten(inspect_text(entry['CreatedBy']), hidden);
        const comment = inspect_text(entry['Comment']);
        // `docker import` leaves no instruction, only its source: mostly "-", the standard input.
        const origin = comment.startsWith('Imported from ') ? '(imported)' : comment;
        layers.push({ createdBy: createdBy || origin || 'unknown', sizeBytes });
    }
    return layers.reverse().slice(0, LAYERS_MAX);
}
/**
 * `RUN |1 TOKEN=x /bin/sh -c make # buildkit` → `RUN make`. The values of build arguments stand before every command in an
 * image's history; none of them is repeated.
 */
function shorten(createdBy, { buildArgs, secrets }) {
    let short = createdBy.replace(/ # buildkit$/, '');
    if (/\|\d+ /.test(short)) {
        for (const [name, value] of Object.entries(buildArgs))
            short = short.replaceAll(`${name}=${value} `, '');
        short = short.replace(/^(RUN )?\|\d+ .*?(?=\/bin\/\S*sh )/s, '$1');
    }
    short = short
        .replace(/^RUN \/bin\/sh -c /, 'RUN ')
        .replace(/^\/bin\/sh -c #\(nop\) +/, '')
        .replace(/^\/bin\/sh -c /, 'RUN ');
    short = (0,redact.redact)(short.replace(/\s+/g, ' ').trim(), secrets);
    return short.length > CREATED_BY_CHARACTERS ? `${short.slice(0, CREATED_BY_CHARACTERS - 1)}…` : short;
}
function object(value) {
    return typeof value === 'object' && value !== null ? value : {};
}
function inspect_text(value) {
    return typeof value === 'string' ? value : '';
}
function texts(value) {
    return Array.isArray(value) ? value.map(inspect_text) : null;
}

;// CONCATENATED MODULE: ./src/image/tree.ts



/** Paths named in an error; more would bury the message. */
const PATHS_SHOWN = 10;
/**
 * The expression for actions/checkout's `ref:` that checks out the planned commit.
 * `workflowSha` is GITHUB_SHA: on a pull request the merge commit, which is never built.
 */
function checkoutRef(eventName, sha, workflowSha) {
    if (eventName === 'pull_request')
        return '${{ github.event.pull_request.head.sha }}';
    if (workflowSha === sha)
        return '${{ github.sha }}';
    // A comment's event knows no commit: a job before this one plans, and hands the bound commit on.
    return '${{ needs.plan.outputs.sha }}';
}
/**
 * Proves that what Docker would read is the planned commit: HEAD is that commit, no tracked file of the context differs,
 * the Dockerfile is tracked, and no untracked file would be sent unless git or .dockerignore ignores it (data that an
 * earlier step downloaded into an ignored folder is meant to be there).
 *
 * @throws UserError with the `ref:` line to write, or the files that differ.
 */
async function proveTree(exec, workspace, context, ignore, planned, signal) {
    const git = gitIn(exec, workspace, signal);
    // A context in a submodule belongs to the commit of the repository around it, all the way up.
    let top = await topLevel(git, context.directory);
    const dirty = await changesIn(git, top, pathsOf(context), 'none', context, ignore);
    for (let superproject = await superprojectOf(git, top); superproject !== '';) {
        // What is inside the submodule has been looked at; here only whether it stands at the recorded commit.
        dirty.push(...(await changesIn(git, superproject, [top], 'dirty', context, ignore)));
        top = superproject;
        superproject = await superprojectOf(git, top);
    }
    const head = await headOf(git, top);
    if (head !== planned.sha)
        throw wrongCommit(head, planned);
    if (!(await isTracked(git, context.dockerfile))) {
        throw new errors/* UserError */.yo(`The Dockerfile ${shown(workspace, context.dockerfile)} is not part of commit ${tree_short(planned.sha)}.`, {
            fix: 'Commit the Dockerfile: an image is only as traceable as the file it is made from.',
        });
    }
    if (dirty.length > 0)
        throw dirtyTree(dirty, workspace, planned);
}
/**
 * git that runs nothing of the tree's choosing and asks nobody. A pull request may hold a bare repository whose config
 * names a program: `safe.bareRepository` and the ceiling keep git from taking that for ours.
 */
function gitIn(exec, workspace, signal) {
    return async (directory, args) => {
        // In a job container the checkout belongs to another user. Trusted are the folders from the workspace to here, no other.
        const safe = [];
        for (let folder = directory; (0,image_context.isInside)(workspace, folder); folder = (0,external_node_path_.dirname)(folder)) {
            safe.push('-c', `safe.directory=${folder}`);
            if ((0,external_node_path_.dirname)(folder) === folder)
                break;
        }
        const hardened = ['core.fsmonitor=', 'core.hooksPath=/dev/null', 'safe.bareRepository=explicit'];
        const options = ['--literal-pathspecs', '--no-pager', ...hardened.flatMap((setting) => ['-c', setting]), ...safe];
        try {
            const result = await exec.run('git', [...options, '-C', directory, ...args], {
                env: {
                    LC_ALL: 'C',
                    GIT_TERMINAL_PROMPT: '0',
                    GIT_OPTIONAL_LOCKS: '0',
                    GIT_NO_LAZY_FETCH: '1',
                    GIT_CEILING_DIRECTORIES: (0,external_node_path_.dirname)(workspace),
                },
                ...(signal ? { signal } : {}),
            });
            signal?.throwIfAborted();
            return result;
        }
        catch (error) {
            if (signal?.aborted)
                throw signal.reason;
            if ((0,errors/* codeOf */.$N)(error) === 'ENOENT') {
                throw new errors/* UserError */.yo('git is not on the PATH, so it cannot be proved which commit is built.', {
                    fix: 'Install git before actions/checkout (on Debian and Ubuntu: `apt-get install -y git`); without it, checkout leaves no repository.',
                    cause: error,
                });
            }
            throw new Error(`git could not be started: ${(0,errors/* messageOf */.bD)(error)}`, { cause: error });
        }
    };
}
async function topLevel(git, directory) {
    return (await ask(git, directory, ['rev-parse', '--show-toplevel'])).trimEnd();
}
async function superprojectOf(git, top) {
    return (await ask(git, top, ['rev-parse', '--show-superproject-working-tree'])).trimEnd();
}
async function headOf(git, top) {
    return (await ask(git, top, ['rev-parse', '--verify', 'HEAD^{commit}'])).trim();
}
async function isTracked(git, file) {
    const listed = await ask(git, (0,external_node_path_.dirname)(file), ['ls-files', '-z', '--', file]);
    return listed !== '';
}
function pathsOf(context) {
    const paths = [context.directory, context.dockerfile, `${context.dockerfile}.dockerignore`];
    return paths.filter((path, index) => index === 0 || !(0,image_context.isInside)(context.directory, path));
}
async function changesIn(git, top, paths, ignoreSubmodules, context, ignore) {
    const args = ['--untracked-files=all', `--ignore-submodules=${ignoreSubmodules}`, '--ignored=no', '--no-renames'];
    const status = await ask(git, top, ['status', '--porcelain=v1', '-z', ...args, '--', ...paths]);
    const changes = [];
    for (const entry of status.split('\0')) {
        if (entry === '')
            continue;
        // A repository in the tree that is no submodule is told as a folder, `nested/`.
        const isFolder = entry.endsWith('/');
        const path = (0,external_node_path_.join)(top, isFolder ? entry.slice(3, -1) : entry.slice(3));
        if (!entry.startsWith('??'))
            changes.push({ kind: 'changed', path });
        else if (isSent(path, isFolder, context, ignore))
            changes.push({ kind: 'untracked', path });
    }
    return changes;
}
/** Whether Docker reads an untracked file: as part of the context, or as the recipe itself. */
function isSent(path, isFolder, context, ignore) {
    if (path === context.dockerfile || path === ignore.path)
        return true;
    if (!(0,image_context.isInside)(context.directory, path))
        return false;
    const inContext = (0,external_node_path_.relative)(context.directory, path).split(external_node_path_.sep).join('/');
    return (isFolder && ignore.hasExceptions) || !ignore.ignores(inContext);
}
async function ask(git, directory, args) {
    const { exitCode, stdout, stderr } = await git(directory, args);
    if (exitCode === 0)
        return stdout;
    if (/dubious ownership/i.test(stderr)) {
        throw new errors/* UserError */.yo('git refuses to read the checkout, because it belongs to another user.', {
            fix: `Run \`git config --global --add safe.directory "$GITHUB_WORKSPACE"\` in a step before this action.`,
            details: stderr.trim().split('\n'),
        });
    }
    if (/not a git repository|cannot use bare repository|must be run in a work tree/i.test(stderr)) {
        throw new errors/* UserError */.yo('The build context is not in a git checkout, so it cannot be proved which commit is built.', {
            fix: 'Check the repository out with actions/checkout before this action. ' +
                'In a container without git, checkout only unpacks an archive: install git before it.',
            details: stderr.trim().split('\n'),
        });
    }
    if (args[0] === 'rev-parse' && args.includes('--verify')) {
        throw new errors/* UserError */.yo('The checkout has no commit yet (HEAD leads nowhere).', {
            fix: 'Check the repository out with actions/checkout before this action.',
            details: stderr.trim().split('\n'),
        });
    }
    throw new errors/* UserError */.yo(`git ${args[0] ?? ''} failed in the checkout (exit code ${exitCode}).`, {
        fix: 'Run the same command in a step before this action to see why; a fresh actions/checkout usually mends it.',
        details: stderr.trim().split('\n').slice(-PATHS_SHOWN),
    });
}
function wrongCommit(head, { sha, ref }) {
    const merge = ref.includes('pull_request.head') ? ' (without `ref:` actions/checkout takes the merge commit)' : '';
    return new errors/* UserError */.yo(`The checked-out tree is commit ${tree_short(head)}, but commit ${tree_short(sha)} is planned${merge}.`, {
        fix: `Write this in the \`with:\` of actions/checkout:\n  ref: ${ref}`,
        details: [`checked out: ${head}`, `planned:     ${sha}`],
    });
}
function dirtyTree(dirty, workspace, { sha }) {
    const changed = dirty.filter(({ kind }) => kind === 'changed').length;
    const untracked = dirty.length - changed;
    const parts = [...(changed > 0 ? [`${changed} changed`] : []), ...(untracked > 0 ? [`${untracked} untracked`] : [])];
    const fixes = [
        ...(changed > 0
            ? ['Changed files: let no step before this action change tracked files, or commit the change.']
            : []),
        ...(untracked > 0
            ? [
                'Untracked files: commit them, or ignore them in .gitignore or .dockerignore (ignored by git alone they still reach the image).',
            ]
            : []),
    ];
    const details = dirty.slice(0, PATHS_SHOWN).map(({ kind, path }) => `${kind}: ${shown(workspace, path)}`);
    if (dirty.length > PATHS_SHOWN)
        details.push(`… and ${dirty.length - PATHS_SHOWN} more`);
    return new errors/* UserError */.yo(`The build context is not commit ${tree_short(sha)}: ${parts.join(' and ')} file(s) would be built in.`, {
        fix: fixes.join('\n'),
        details,
    });
}
function shown(workspace, path) {
    return (0,external_node_path_.relative)(workspace, path);
}
function tree_short(sha) {
    return sha.slice(0, 12);
}

;// CONCATENATED MODULE: ./src/image/build.ts



















/**
 * Builds the image of the planned commit and gives its facts. Looks at everything that can be refused before the engine is
 * given any work: context, commit, credentials, engine, disk.
 *
 * @throws UserError for what the user can mend; the signal's reason when it was cancelled.
 */
async function buildImage(deps, inputs, order) {
    const { log, exec, clock, signal } = deps;
    const startedAt = clock.now().toISOString();
    const start = clock.seconds();
    const docker = new contract_docker.Docker(exec);
    const context = await (0,image_context.checkContext)(order.workspace, inputs);
    const secrets = readSecrets(inputs, deps.env);
    for (const { value } of secrets)
        log.mask(value);
    const ignore = await readDockerignore(context);
    await proveTree(exec, order.workspace, context, ignore, order.planned, signal);
    log.info(`The checkout is commit ${order.planned.sha}, unchanged.`);
    const contents = await surveyContext(context.directory, ignore);
    refuseGitCredentials(await findGitCredentials(context.directory, contents.gitFiles, ignore));
    const engine = await probeEngine(docker, signal);
    const disk = (0,image_disk/* judgeDisk */.D)(await (0,image_disk/* freeBytes */.g)(engine.rootDirectory), contents.sizeBytes);
    if (!disk.enough)
        throw disk.error;
    if ('warning' in disk)
        log.warning(disk.warning, 'Little disk space');
    const scratch = await (0,promises_.mkdtemp)((0,external_node_path_.join)(order.folder, 'build-'));
    try {
        const request = {
            builder: engine.builder,
            context: context.directory,
            dockerfile: context.dockerfile,
            target: inputs.target,
            buildArgs: inputs.buildArgs,
            secrets,
            cacheFrom: inputs.cacheFrom,
            cacheTo: inputs.cacheTo,
            noCache: inputs.noCache,
            reference: imageReference(order.repository, order.planned.sha),
            iidFile: (0,external_node_path_.join)(scratch, 'iid'),
            metadataFile: (0,external_node_path_.join)(scratch, 'metadata.json'),
        };
        const hidden = { buildArgs: inputs.buildArgs, secrets: secrets.map(({ value }) => value) };
        const command = buildCommand(request);
        const cacheEnv = cacheEnvironment([...inputs.cacheFrom, ...inputs.cacheTo], deps.env);
        command.env = { ...cacheEnv, ...command.env };
        const progress = await log.group(`Build ${request.reference} with ${engine.builderName}`, () => runBuild(deps, docker, command, context, order.workspace, hidden.secrets));
        const id = (await (0,promises_.readFile)(request.iidFile, 'utf8').catch(() => '')).trim();
        // A builder that stores images elsewhere may tell an id that the engine does not use.
        const known = id !== '' && (await docker.try(['image', 'inspect', id], { signal })).exitCode === 0;
        const facts = await inspectImage(docker, known ? id : request.reference, hidden, signal);
        const told = await configDigestOf(request.metadataFile);
        const configDigest = told ?? (engine.containerdStore ? undefined : facts.imageId);
        const section = {
            startedAt,
            seconds: clock.seconds() - start,
            builder: engine.builderName,
            reference: request.reference,
            ...facts,
            ...(configDigest === undefined ? {} : { configDigest }),
            ...(progress.totalSteps > 0 ? { cachedSteps: progress.cachedSteps, totalSteps: progress.totalSteps } : {}),
        };
        log.info(`Built ${section.reference} (${section.imageId}), ${(section.sizeBytes / 1024 ** 3).toFixed(2)} GiB, ` +
            `${progress.cachedSteps} of ${progress.totalSteps} steps from the cache, in ${section.seconds.toFixed(1)} s.`);
        return section;
    }
    finally {
        await (0,promises_.rm)(scratch, { recursive: true, force: true });
    }
}
/** The values of the secrets, each with a variable that nothing else reads. */
function readSecrets(inputs, env) {
    return inputs.secrets.map((secret) => {
        const variable = `BUILD_SECRET_${(0,external_node_crypto_.randomBytes)(8).toString('hex').toUpperCase()}`;
        if ('value' in secret)
            return { id: secret.id, value: secret.value, variable };
        const value = env[secret.environmentName];
        // A secret that the event may not read arrives as an empty text, which is no secret either.
        if (value === undefined || value === '') {
            throw new errors/* UserError */.yo(`secrets: "${secret.id}" is taken from the variable ${secret.environmentName}, which is not set.`, {
                fix: `Set it in the \`env:\` of the step that uses this action, such as \`${secret.environmentName}: \${{ secrets.${secret.environmentName} }}\`. Pull requests from forks get no secrets.`,
            });
        }
        return { id: secret.id, value, variable };
    });
}
async function runBuild({ log, signal }, docker, { args, env }, context, workspace, secrets) {
    const clean = (text) => (secrets.length > 0 ? (0,redact.redact)(text, secrets) : text);
    log.info((0,redact.redact)(`docker ${args.map(quoted).join(' ')}`, secrets));
    const reader = new ProgressReader();
    const sink = log.untrusted();
    let exitCode;
    try {
        signal.throwIfAborted();
        const child = docker.spawn(args, { env, signal, killAfterMilliseconds: 3_000 });
        child.stdin.end();
        const onLine = (raw) => {
            const line = clean(raw);
            reader.push(line);
            sink.line(line);
        };
        [exitCode] = await Promise.all([child.exit, pump(child.stdout, onLine), pump(child.stderr, onLine)]);
    }
    finally {
        sink.close();
    }
    signal.throwIfAborted();
    const progress = reader.read();
    if (exitCode === 0)
        return progress;
    throw buildFailure({
        exitCode,
        progress,
        dockerfile: {
            name: (0,external_node_path_.relative)(workspace, context.dockerfile),
            source: await (0,promises_.readFile)(context.dockerfile, 'utf8').catch(() => ''),
        },
        redact: clean,
    });
}
async function pump(stream, onLine) {
    const splitter = new lines/* LineSplitter */.g3(onLine);
    for await (const chunk of stream)
        splitter.write(chunk);
    splitter.end();
}
async function configDigestOf(metadataFile) {
    const text = await (0,promises_.readFile)(metadataFile, 'utf8').catch(() => '{}');
    let metadata;
    try {
        metadata = JSON.parse(text);
    }
    catch {
        return undefined;
    }
    const digest = metadata?.['containerimage.config.digest'];
    return typeof digest === 'string' && /^sha256:[0-9a-f]{64}$/.test(digest) ? digest : undefined;
}
/** As a person would type it; for the log alone. */
function quoted(word) {
    return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

;// CONCATENATED MODULE: ./src/steps/build.ts


/** Proves the tree, builds the image, and records what it is. */
const build = async (context) => {
    const { deps, inputs, record, folder, workspace } = context;
    if (!record.plan.build.run) {
        deps.log.info(`No build: ${record.plan.build.reason}.`);
        return;
    }
    const { sha } = record.plan;
    record.build = await buildImage(deps, inputs, {
        workspace,
        folder,
        repository: record.run.repository,
        planned: { sha, ref: checkoutRef(record.run.eventName, sha, deps.env['GITHUB_SHA']) },
    });
    deps.outputs.set('image-id', record.build.imageId);
    await context.save();
};


/***/ })

};
;