"use strict";
exports.id = 399;
exports.ids = [399,625];
exports.modules = {

/***/ 8399:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  realDeps: () => (/* binding */ realDeps)
});

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:timers/promises"
var external_node_timers_promises_ = __webpack_require__(8500);
// EXTERNAL MODULE: external "crypto"
var external_crypto_ = __webpack_require__(6982);
// EXTERNAL MODULE: external "fs"
var external_fs_ = __webpack_require__(9896);
// EXTERNAL MODULE: external "os"
var external_os_ = __webpack_require__(857);
;// CONCATENATED MODULE: ./node_modules/@actions/core/lib/utils.js
// We use any as a valid input type
/* eslint-disable @typescript-eslint/no-explicit-any */
/**
 * Sanitizes an input into a string so it can be passed into issueCommand safely
 * @param input input to sanitize into a string
 */
function toCommandValue(input) {
    if (input === null || input === undefined) {
        return '';
    }
    else if (typeof input === 'string' || input instanceof String) {
        return input;
    }
    return JSON.stringify(input);
}
/**
 *
 * @param annotationProperties
 * @returns The command properties to send with the actual annotation command
 * See IssueCommandProperties: https://github.com/actions/runner/blob/main/src/Runner.Worker/ActionCommandManager.cs#L646
 */
function toCommandProperties(annotationProperties) {
    if (!Object.keys(annotationProperties).length) {
        return {};
    }
    return {
        title: annotationProperties.title,
        file: annotationProperties.file,
        line: annotationProperties.startLine,
        endLine: annotationProperties.endLine,
        col: annotationProperties.startColumn,
        endColumn: annotationProperties.endColumn
    };
}
//# sourceMappingURL=utils.js.map
;// CONCATENATED MODULE: ./node_modules/@actions/core/lib/file-command.js
// For internal use, subject to change.
// We use any as a valid input type
/* eslint-disable @typescript-eslint/no-explicit-any */




function issueFileCommand(command, message) {
    const filePath = process.env[`GITHUB_${command}`];
    if (!filePath) {
        throw new Error(`Unable to find environment variable for file command ${command}`);
    }
    if (!external_fs_.existsSync(filePath)) {
        throw new Error(`Missing file at path: ${filePath}`);
    }
    external_fs_.appendFileSync(filePath, `${toCommandValue(message)}${external_os_.EOL}`, {
        encoding: 'utf8'
    });
}
function prepareKeyValueMessage(key, value) {
    const delimiter = `ghadelimiter_${external_crypto_.randomUUID()}`;
    const convertedValue = toCommandValue(value);
    // These should realistically never happen, but just in case someone finds a
    // way to exploit uuid generation let's not allow keys or values that contain
    // the delimiter.
    if (key.includes(delimiter)) {
        throw new Error(`Unexpected input: name should not contain the delimiter "${delimiter}"`);
    }
    if (convertedValue.includes(delimiter)) {
        throw new Error(`Unexpected input: value should not contain the delimiter "${delimiter}"`);
    }
    return `${key}<<${delimiter}${external_os_.EOL}${convertedValue}${external_os_.EOL}${delimiter}`;
}
//# sourceMappingURL=file-command.js.map
// EXTERNAL MODULE: ./src/log.ts
var src_log = __webpack_require__(5625);
;// CONCATENATED MODULE: ./src/process.ts
const COLLECTED_BYTES_MAX = 8 * 1024 * 1024;
/**
 * The variables of ours that child processes may see: where programs and the Docker engine are, whose they are, and
 * nothing that is a credential, a token, an input of the action, or the runner's file commands.
 */
const ALLOWED = [
    'PATH',
    'HOME',
    'USER',
    'LOGNAME',
    'TMPDIR',
    'TMP',
    'TEMP',
    'LANG',
    'LC_ALL',
    'TZ',
    'SSH_AUTH_SOCK',
    'XDG_RUNTIME_DIR',
    'DOCKER_HOST',
    'DOCKER_CONTEXT',
    'DOCKER_CONFIG',
    'DOCKER_CERT_PATH',
    'DOCKER_TLS_VERIFY',
    'DOCKER_API_VERSION',
    'BUILDX_BUILDER',
    'BUILDX_CONFIG',
    'HTTP_PROXY',
    'HTTPS_PROXY',
    'NO_PROXY',
    'http_proxy',
    'https_proxy',
    'no_proxy',
    'SYSTEMROOT',
    'SystemRoot',
    'USERPROFILE',
    'APPDATA',
    'LOCALAPPDATA',
    'ProgramData',
    'PATHEXT',
    'COMSPEC',
    // By the first the runner, by the second our cleanup finds what a killed step has left running.
    'RUNNER_TRACKING_ID',
    'BYOC_RECORD',
];
/** The allow-listed part of `env`. */
function childEnvironment(env) {
    const result = {};
    for (const name of ALLOWED) {
        const value = env[name];
        if (value !== undefined)
            result[name] = value;
    }
    return result;
}
/** The real edge: child processes with the allow-listed environment. */
function realExec(env) {
    const base = childEnvironment(env);
    function spawn(command, args, options = {}) {
        // Loaded when first needed: a step that starts no program (plan) need not wait for it.
        const { spawn: nodeSpawn } = process.getBuiltinModule('node:child_process');
        // A process group of its own (not on Windows): a signal for us must not reach the child before we decide what it gets.
        const child = nodeSpawn(command, [...args], {
            cwd: options.cwd,
            env: { ...base, ...options.env },
            stdio: ['pipe', 'pipe', 'pipe'],
            detached: process.platform !== 'win32',
            windowsHide: true,
        });
        // A child that ends before it read its input is not our failure; its exit code says what happened.
        child.stdin.on('error', () => undefined);
        let killTimer;
        // The whole group: docker's plugins (buildx) are children of the client and would outlive it.
        const killGroup = (signal) => {
            if (child.pid === undefined || process.platform === 'win32')
                return void child.kill(signal);
            try {
                process.kill(-child.pid, signal);
            }
            catch {
                // Nobody is left in it.
            }
        };
        const end = () => {
            killGroup('SIGTERM');
            killTimer = setTimeout(() => killGroup('SIGKILL'), options.killAfterMilliseconds ?? 5_000);
            killTimer.unref();
        };
        const exit = new Promise((resolve, reject) => {
            child.once('error', reject);
            child.once('close', (code, signal) => {
                clearTimeout(killTimer);
                options.signal?.removeEventListener('abort', end);
                resolve(code ?? 128 + signalNumber(signal));
            });
        });
        // Whoever does not await `exit` (a fire-and-forget kill) must not bring the process down.
        exit.catch(() => undefined);
        if (options.signal?.aborted)
            end();
        else
            options.signal?.addEventListener('abort', end, { once: true });
        return {
            pid: child.pid,
            stdin: child.stdin,
            stdout: child.stdout,
            stderr: child.stderr,
            exit,
            kill: (signal) => void child.kill(signal),
        };
    }
    async function run(command, args, options = {}) {
        const child = spawn(command, args, options);
        child.stdin.end(options.input ?? '');
        const [exitCode, stdout, stderr] = await Promise.all([child.exit, collect(child.stdout), collect(child.stderr)]);
        return { exitCode, stdout, stderr };
    }
    return { spawn, run };
}
async function collect(stream) {
    const chunks = [];
    let bytes = 0;
    for await (const chunk of stream) {
        chunks.push(chunk);
        bytes += chunk.length;
        while (bytes > COLLECTED_BYTES_MAX && chunks.length > 1)
            bytes -= chunks.shift()?.length ?? 0;
    }
    return Buffer.concat(chunks).toString('utf8');
}
function signalNumber(signal) {
    const numbers = { SIGHUP: 1, SIGINT: 2, SIGKILL: 9, SIGTERM: 15 };
    return (signal && numbers[signal]) ?? 0;
}

;// CONCATENATED MODULE: ./src/deps.ts


// The toolkit's file commands by their own file: the package's front door also loads its HTTP client, which costs
// a step some 100 ms before it has done anything.



/** Makes the edges of a real step. Nothing heavy is loaded before it is used. */
function realDeps({ env, write, signal }) {
    const log = (0,src_log.createLog)(write, { debug: env['RUNNER_DEBUG'] === '1' });
    return {
        env,
        log,
        signal,
        exec: realExec(env),
        clock: {
            now: () => new Date(),
            seconds: () => performance.now() / 1000,
            sleep: async (milliseconds, abort) => {
                await (0,external_node_timers_promises_.setTimeout)(milliseconds, undefined, abort ? { signal: abort } : undefined);
            },
        },
        outputs: {
            set: (name, value) => {
                // Outside a runner (a laptop) there is nobody to hand outputs to.
                if (env['GITHUB_OUTPUT'])
                    issueFileCommand('OUTPUT', prepareKeyValueMessage(name, value));
            },
        },
        github: async (token) => {
            if (!token)
                return undefined;
            const { createGitHubClient } = await Promise.all(/* import() */[__webpack_require__.e(413), __webpack_require__.e(248)]).then(__webpack_require__.bind(__webpack_require__, 9248));
            return createGitHubClient({ token, baseUrl: env['GITHUB_API_URL'] ?? 'https://api.github.com', log });
        },
        summary: async (markdown) => {
            const path = env['GITHUB_STEP_SUMMARY'];
            if (path)
                await (0,promises_.appendFile)(path, `${markdown}\n`);
        },
    };
}


/***/ }),

/***/ 5625:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   createLog: () => (/* binding */ createLog),
/* harmony export */   formatCommand: () => (/* binding */ formatCommand),
/* harmony export */   stdoutWriter: () => (/* binding */ stdoutWriter)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_crypto__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3024);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_1___default = /*#__PURE__*/__webpack_require__.n(node_fs__WEBPACK_IMPORTED_MODULE_1__);
/* harmony import */ var _errors__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3916);
/* harmony import */ var _neutralise__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(5465);




/** Lines of others shown by one step in all; a training that prints more is still read, measured and kept in part. */
const UNTRUSTED_LINES_MAX = 50_000;
/** The same in characters, so that long lines cannot make up for it. */
const UNTRUSTED_CHARACTERS_MAX = 16 * 1024 * 1024;
/** The runner cuts an annotation's message here. */
const ANNOTATION_CHARACTERS_MAX = 4_096;
/**
 * The log over a writer that has handed its text on when it returns ({@link stdoutWriter}): nothing is kept here, so
 * memory stays the same whatever is logged.
 *
 * The commands are written here and not by the toolkit: its `@actions/core` costs 100 ms of start-up for the HTTP client
 * that comes with it, its `command.js` writes to a stream that cannot be handed in, and the rule is three lines long.
 */
function createLog(write, options = {}) {
    const newToken = options.newToken ?? node_crypto__WEBPACK_IMPORTED_MODULE_0__.randomUUID;
    const shownMax = options.untrustedMax ?? { lines: UNTRUSTED_LINES_MAX, characters: UNTRUSTED_CHARACTERS_MAX };
    let openSinks = 0;
    let token = '';
    let shownLines = 0;
    let shownCharacters = 0;
    let hiddenLines = 0;
    let openGroups = 0;
    const stop = () => {
        token = newToken();
        return `::stop-commands::${token}\n`;
    };
    const resume = () => `::${token}::\n`;
    /** One command of ours. While parsing is off it is turned on for this one, in one write so that nothing gets between. */
    const command = (name, message, properties = {}) => {
        const text = formatCommand(name, message, properties);
        write(openSinks === 0 ? text : resume() + text + stop());
    };
    const annotate = (name) => (message, title) => {
        // Line ends are fine in an annotation; everything else that a log line may not hold, it may not hold either.
        const lines = message.split(/\r\n|\n/).map((line) => (0,_neutralise__WEBPACK_IMPORTED_MODULE_3__/* .neutralise */ .$0)(line, ANNOTATION_CHARACTERS_MAX));
        const text = shorten(lines.join('\n'), ANNOTATION_CHARACTERS_MAX);
        command(name, text, title === undefined ? {} : { title: (0,_neutralise__WEBPACK_IMPORTED_MODULE_3__/* .neutralise */ .$0)(title, 200) });
    };
    const untrusted = () => {
        if (openSinks === 0)
            write(stop());
        openSinks += 1;
        let open = true;
        return {
            line: (text, label) => {
                if (!open)
                    throw new Error('line() after close() of an untrusted log');
                const prefix = label === undefined ? '| ' : `${label.replace(/[^\w.-]/g, '_')} | `;
                for (const line of (0,_neutralise__WEBPACK_IMPORTED_MODULE_3__/* .neutraliseLines */ .UO)(text)) {
                    if (shownLines >= shownMax.lines || shownCharacters >= shownMax.characters) {
                        if (hiddenLines === 0) {
                            write(`Too much output: from here on lines are not shown, but still read. The last ones are kept in the record.\n`);
                        }
                        hiddenLines += 1;
                        continue;
                    }
                    shownLines += 1;
                    shownCharacters += line.length;
                    write(`${prefix}${line}\n`);
                }
            },
            close: () => {
                if (!open)
                    return;
                open = false;
                openSinks -= 1;
                if (openSinks > 0)
                    return;
                write(resume());
                if (hiddenLines > 0)
                    write(`${hiddenLines} lines of output were not shown.\n`);
            },
        };
    };
    return {
        info: (message) => write(`${message.split('\n').map(harmlessOwnLine).join('\n')}\n`),
        debug: (message) => {
            // Without debug logging the runner throws these away; sending them would only turn parsing on and off.
            if (options.debug === true)
                command('debug', message);
        },
        notice: annotate('notice'),
        warning: annotate('warning'),
        error: annotate('error'),
        async group(title, body) {
            // The runner knows no groups in groups: an inner one is a plain line.
            if (openGroups > 0)
                write(`${harmlessOwnLine(title)}\n`);
            else
                command('group', (0,_neutralise__WEBPACK_IMPORTED_MODULE_3__/* .neutralise */ .$0)(title, 200));
            openGroups += 1;
            try {
                return await body();
            }
            finally {
                openGroups -= 1;
                if (openGroups === 0)
                    command('endgroup', '');
            }
        },
        mask: (secret) => {
            if (secret.trim() !== '')
                command('add-mask', secret);
        },
        untrusted,
    };
}
/**
 * A workflow command as the runner reads it: `::name key=value,key=value::message`, with the toolkit's escapes
 * (github.com/actions/toolkit, packages/core/src/command.ts). Ends with a line end.
 */
function formatCommand(name, message, properties = {}) {
    const pairs = Object.entries(properties).map(([key, value]) => `${key}=${escapeProperty(value)}`);
    return `::${name}${pairs.length > 0 ? ` ${pairs.join(',')}` : ''}::${escapeData(message)}\n`;
}
function escapeData(text) {
    return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}
function escapeProperty(text) {
    return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
/** A line of ours may quote a file name or a branch: it must not act either. */
function harmlessOwnLine(line) {
    const harmless = (0,_neutralise__WEBPACK_IMPORTED_MODULE_3__/* .neutralise */ .$0)(line);
    return harmless.trimStart().startsWith('::') ? `| ${harmless}` : harmless;
}
function shorten(text, charactersMax) {
    return text.length <= charactersMax ? text : `${text.slice(0, charactersMax - 2)} …`;
}
/**
 * A writer that returns when the text is in the pipe: a slow reader slows us down instead of filling our memory. When
 * nobody reads any more (EPIPE: the runner is gone) further text is dropped, so that tidying up can go on.
 */
function stdoutWriter(fileDescriptor = 1) {
    const pause = new Int32Array(new SharedArrayBuffer(4));
    let gone = false;
    return (text) => {
        let bytes = Buffer.from(text, 'utf8');
        while (bytes.length > 0 && !gone) {
            try {
                bytes = bytes.subarray((0,node_fs__WEBPACK_IMPORTED_MODULE_1__.writeSync)(fileDescriptor, bytes));
            }
            catch (error) {
                const code = (0,_errors__WEBPACK_IMPORTED_MODULE_2__/* .codeOf */ .$N)(error);
                // Somebody who shares the pipe made it non-blocking, and it is full: wait for the reader.
                if (code === 'EAGAIN')
                    Atomics.wait(pause, 0, 0, 5);
                else if (code === 'EPIPE')
                    gone = true;
                else
                    throw error;
            }
        }
    };
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


/***/ })

};
;