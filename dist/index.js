/******/ (() => { // webpackBootstrap
/******/ 	"use strict";
/******/ 	var __webpack_modules__ = ({

/***/ 5022:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   b$: () => (/* binding */ isDiskFull),
/* harmony export */   j4: () => (/* binding */ MAKE_ROOM),
/* harmony export */   xg: () => (/* binding */ diskFull)
/* harmony export */ });
/* harmony import */ var _errors__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(3916);

/** What to do when a disk of the runner is full. */
const MAKE_ROOM = [
    'Make room in a step before this action:',
    '  docker system prune --all --force          (self-hosted: unused images and layer cache)',
    '  sudo rm -rf /usr/share/dotnet /usr/local/lib/android /opt/ghc /opt/hostedtoolcache/CodeQL   (GitHub-hosted)',
    'Or take a larger runner, a smaller base image, or list data in .dockerignore.',
].join('\n');
/** Whether something failed because the disk, or what the user may take of it, is used up. */
function isDiskFull(error) {
    const code = (0,_errors__WEBPACK_IMPORTED_MODULE_0__/* .codeOf */ .$N)(error);
    return code === 'ENOSPC' || code === 'EDQUOT';
}
/**
 * The error that the user can mend, where `error` is a full disk; anything else comes back as it is.
 *
 * @param path what was being written
 * @param fix what to do where {@link MAKE_ROOM} says too little
 */
function diskFull(error, path, fix = MAKE_ROOM) {
    if (!isDiskFull(error))
        return error;
    const where = path === undefined ? '' : ` (while writing ${path})`;
    return new _errors__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo(`The runner’s disk is full${where}.`, { fix, cause: error });
}


/***/ }),

/***/ 3916:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   $N: () => (/* binding */ codeOf),
/* harmony export */   bD: () => (/* binding */ messageOf),
/* harmony export */   cc: () => (/* binding */ CancelledError),
/* harmony export */   yo: () => (/* binding */ UserError)
/* harmony export */ });
/**
 * A fault that the user can mend. Everything else that is thrown is a bug of ours.
 *
 * `message` says what is wrong and where; `fix` says what to do. Thrown anywhere, caught once in `main.ts`.
 */
class UserError extends Error {
    name = 'UserError';
    /** What to do about it, one sentence or a few lines, ready to print. */
    fix;
    /** Further lines that prove it (the failing Dockerfile line, the last output …). Untrusted text: escape before use. */
    details;
    constructor(message, options = {}) {
        super(message, options.cause === undefined ? undefined : { cause: options.cause });
        this.fix = options.fix;
        this.details = options.details ?? [];
    }
}
/** The workflow was cancelled (SIGINT, SIGTERM, SIGBREAK). Not a failure of anything: the step tidies up and ends. */
class CancelledError extends Error {
    signal;
    name = 'CancelledError';
    constructor(signal) {
        super(`Cancelled by ${signal}`);
        this.signal = signal;
    }
}
/** The text of anything thrown, for a log line. */
function messageOf(error) {
    return error instanceof Error ? error.message : String(error);
}
/** Node's code of anything thrown (`ENOENT`), told by shape: an error of another realm is no `Error` of ours. */
function codeOf(error) {
    if (typeof error !== 'object' || error === null || !('code' in error))
        return undefined;
    return typeof error.code === 'string' ? error.code : undefined;
}


/***/ }),

/***/ 2613:
/***/ ((module) => {

module.exports = require("assert");

/***/ }),

/***/ 6982:
/***/ ((module) => {

module.exports = require("crypto");

/***/ }),

/***/ 4434:
/***/ ((module) => {

module.exports = require("events");

/***/ }),

/***/ 9896:
/***/ ((module) => {

module.exports = require("fs");

/***/ }),

/***/ 8611:
/***/ ((module) => {

module.exports = require("http");

/***/ }),

/***/ 5692:
/***/ ((module) => {

module.exports = require("https");

/***/ }),

/***/ 9278:
/***/ ((module) => {

module.exports = require("net");

/***/ }),

/***/ 4589:
/***/ ((module) => {

module.exports = require("node:assert");

/***/ }),

/***/ 6698:
/***/ ((module) => {

module.exports = require("node:async_hooks");

/***/ }),

/***/ 4573:
/***/ ((module) => {

module.exports = require("node:buffer");

/***/ }),

/***/ 7540:
/***/ ((module) => {

module.exports = require("node:console");

/***/ }),

/***/ 7598:
/***/ ((module) => {

module.exports = require("node:crypto");

/***/ }),

/***/ 3053:
/***/ ((module) => {

module.exports = require("node:diagnostics_channel");

/***/ }),

/***/ 610:
/***/ ((module) => {

module.exports = require("node:dns");

/***/ }),

/***/ 8474:
/***/ ((module) => {

module.exports = require("node:events");

/***/ }),

/***/ 3024:
/***/ ((module) => {

module.exports = require("node:fs");

/***/ }),

/***/ 1455:
/***/ ((module) => {

module.exports = require("node:fs/promises");

/***/ }),

/***/ 7067:
/***/ ((module) => {

module.exports = require("node:http");

/***/ }),

/***/ 2467:
/***/ ((module) => {

module.exports = require("node:http2");

/***/ }),

/***/ 7030:
/***/ ((module) => {

module.exports = require("node:net");

/***/ }),

/***/ 8161:
/***/ ((module) => {

module.exports = require("node:os");

/***/ }),

/***/ 6760:
/***/ ((module) => {

module.exports = require("node:path");

/***/ }),

/***/ 643:
/***/ ((module) => {

module.exports = require("node:perf_hooks");

/***/ }),

/***/ 1792:
/***/ ((module) => {

module.exports = require("node:querystring");

/***/ }),

/***/ 7075:
/***/ ((module) => {

module.exports = require("node:stream");

/***/ }),

/***/ 6466:
/***/ ((module) => {

module.exports = require("node:stream/promises");

/***/ }),

/***/ 6193:
/***/ ((module) => {

module.exports = require("node:string_decoder");

/***/ }),

/***/ 8500:
/***/ ((module) => {

module.exports = require("node:timers/promises");

/***/ }),

/***/ 1692:
/***/ ((module) => {

module.exports = require("node:tls");

/***/ }),

/***/ 3136:
/***/ ((module) => {

module.exports = require("node:url");

/***/ }),

/***/ 7975:
/***/ ((module) => {

module.exports = require("node:util");

/***/ }),

/***/ 3429:
/***/ ((module) => {

module.exports = require("node:util/types");

/***/ }),

/***/ 5919:
/***/ ((module) => {

module.exports = require("node:worker_threads");

/***/ }),

/***/ 8522:
/***/ ((module) => {

module.exports = require("node:zlib");

/***/ }),

/***/ 857:
/***/ ((module) => {

module.exports = require("os");

/***/ }),

/***/ 3193:
/***/ ((module) => {

module.exports = require("string_decoder");

/***/ }),

/***/ 4756:
/***/ ((module) => {

module.exports = require("tls");

/***/ }),

/***/ 9023:
/***/ ((module) => {

module.exports = require("util");

/***/ })

/******/ 	});
/************************************************************************/
/******/ 	// The module cache
/******/ 	var __webpack_module_cache__ = {};
/******/ 	
/******/ 	// The require function
/******/ 	function __nccwpck_require__(moduleId) {
/******/ 		// Check if module is in cache
/******/ 		var cachedModule = __webpack_module_cache__[moduleId];
/******/ 		if (cachedModule !== undefined) {
/******/ 			return cachedModule.exports;
/******/ 		}
/******/ 		// Create a new module (and put it into the cache)
/******/ 		var module = __webpack_module_cache__[moduleId] = {
/******/ 			// no module.id needed
/******/ 			// no module.loaded needed
/******/ 			exports: {}
/******/ 		};
/******/ 	
/******/ 		// Execute the module function
/******/ 		var threw = true;
/******/ 		try {
/******/ 			__webpack_modules__[moduleId].call(module.exports, module, module.exports, __nccwpck_require__);
/******/ 			threw = false;
/******/ 		} finally {
/******/ 			if(threw) delete __webpack_module_cache__[moduleId];
/******/ 		}
/******/ 	
/******/ 		// Return the exports of the module
/******/ 		return module.exports;
/******/ 	}
/******/ 	
/******/ 	// expose the modules object (__webpack_modules__)
/******/ 	__nccwpck_require__.m = __webpack_modules__;
/******/ 	
/************************************************************************/
/******/ 	/* webpack/runtime/asset-relocator-loader */
/******/ 	if (typeof __nccwpck_require__ !== 'undefined') __nccwpck_require__.ab = __dirname + "/";
/******/ 	
/******/ 	/* webpack/runtime/compat get default export */
/******/ 	(() => {
/******/ 		// getDefaultExport function for compatibility with non-harmony modules
/******/ 		__nccwpck_require__.n = (module) => {
/******/ 			var getter = module && module.__esModule ?
/******/ 				() => (module['default']) :
/******/ 				() => (module);
/******/ 			__nccwpck_require__.d(getter, { a: getter });
/******/ 			return getter;
/******/ 		};
/******/ 	})();
/******/ 	
/******/ 	/* webpack/runtime/create fake namespace object */
/******/ 	(() => {
/******/ 		var getProto = Object.getPrototypeOf ? (obj) => (Object.getPrototypeOf(obj)) : (obj) => (obj.__proto__);
/******/ 		var leafPrototypes;
/******/ 		// create a fake namespace object
/******/ 		// mode & 1: value is a module id, require it
/******/ 		// mode & 2: merge all properties of value into the ns
/******/ 		// mode & 4: return value when already ns object
/******/ 		// mode & 16: return value when it's Promise-like
/******/ 		// mode & 8|1: behave like require
/******/ 		__nccwpck_require__.t = function(value, mode) {
/******/ 			if(mode & 1) value = this(value);
/******/ 			if(mode & 8) return value;
/******/ 			if(typeof value === 'object' && value) {
/******/ 				if((mode & 4) && value.__esModule) return value;
/******/ 				if((mode & 16) && typeof value.then === 'function') return value;
/******/ 			}
/******/ 			var ns = Object.create(null);
/******/ 			__nccwpck_require__.r(ns);
/******/ 			var def = {};
/******/ 			leafPrototypes = leafPrototypes || [null, getProto({}), getProto([]), getProto(getProto)];
/******/ 			for(var current = mode & 2 && value; typeof current == 'object' && !~leafPrototypes.indexOf(current); current = getProto(current)) {
/******/ 				Object.getOwnPropertyNames(current).forEach((key) => (def[key] = () => (value[key])));
/******/ 			}
/******/ 			def['default'] = () => (value);
/******/ 			__nccwpck_require__.d(ns, def);
/******/ 			return ns;
/******/ 		};
/******/ 	})();
/******/ 	
/******/ 	/* webpack/runtime/define property getters */
/******/ 	(() => {
/******/ 		// define getter functions for harmony exports
/******/ 		__nccwpck_require__.d = (exports, definition) => {
/******/ 			for(var key in definition) {
/******/ 				if(__nccwpck_require__.o(definition, key) && !__nccwpck_require__.o(exports, key)) {
/******/ 					Object.defineProperty(exports, key, { enumerable: true, get: definition[key] });
/******/ 				}
/******/ 			}
/******/ 		};
/******/ 	})();
/******/ 	
/******/ 	/* webpack/runtime/ensure chunk */
/******/ 	(() => {
/******/ 		__nccwpck_require__.f = {};
/******/ 		// This file contains only the entry chunk.
/******/ 		// The chunk loading function for additional chunks
/******/ 		__nccwpck_require__.e = (chunkId) => {
/******/ 			return Promise.all(Object.keys(__nccwpck_require__.f).reduce((promises, key) => {
/******/ 				__nccwpck_require__.f[key](chunkId, promises);
/******/ 				return promises;
/******/ 			}, []));
/******/ 		};
/******/ 	})();
/******/ 	
/******/ 	/* webpack/runtime/get javascript chunk filename */
/******/ 	(() => {
/******/ 		// This function allow to reference async chunks
/******/ 		__nccwpck_require__.u = (chunkId) => {
/******/ 			// return url for filenames based on template
/******/ 			return "" + chunkId + ".index.js";
/******/ 		};
/******/ 	})();
/******/ 	
/******/ 	/* webpack/runtime/hasOwnProperty shorthand */
/******/ 	(() => {
/******/ 		__nccwpck_require__.o = (obj, prop) => (Object.prototype.hasOwnProperty.call(obj, prop))
/******/ 	})();
/******/ 	
/******/ 	/* webpack/runtime/make namespace object */
/******/ 	(() => {
/******/ 		// define __esModule on exports
/******/ 		__nccwpck_require__.r = (exports) => {
/******/ 			if(typeof Symbol !== 'undefined' && Symbol.toStringTag) {
/******/ 				Object.defineProperty(exports, Symbol.toStringTag, { value: 'Module' });
/******/ 			}
/******/ 			Object.defineProperty(exports, '__esModule', { value: true });
/******/ 		};
/******/ 	})();
/******/ 	
/******/ 	/* webpack/runtime/require chunk loading */
/******/ 	(() => {
/******/ 		// no baseURI
/******/ 		
/******/ 		// object to store loaded chunks
/******/ 		// "1" means "loaded", otherwise not loaded yet
/******/ 		var installedChunks = {
/******/ 			792: 1
/******/ 		};
/******/ 		
/******/ 		// no on chunks loaded
/******/ 		
/******/ 		var installChunk = (chunk) => {
/******/ 			var moreModules = chunk.modules, chunkIds = chunk.ids, runtime = chunk.runtime;
/******/ 			for(var moduleId in moreModules) {
/******/ 				if(__nccwpck_require__.o(moreModules, moduleId)) {
/******/ 					__nccwpck_require__.m[moduleId] = moreModules[moduleId];
/******/ 				}
/******/ 			}
/******/ 			if(runtime) runtime(__nccwpck_require__);
/******/ 			for(var i = 0; i < chunkIds.length; i++)
/******/ 				installedChunks[chunkIds[i]] = 1;
/******/ 		
/******/ 		};
/******/ 		
/******/ 		// require() chunk loading for javascript
/******/ 		__nccwpck_require__.f.require = (chunkId, promises) => {
/******/ 			// "1" is the signal for "already loaded"
/******/ 			if(!installedChunks[chunkId]) {
/******/ 				if(true) { // all chunks have JS
/******/ 					installChunk(require("./" + __nccwpck_require__.u(chunkId)));
/******/ 				} else installedChunks[chunkId] = 1;
/******/ 			}
/******/ 		};
/******/ 		
/******/ 		// no external install chunk
/******/ 		
/******/ 		// no HMR
/******/ 		
/******/ 		// no HMR manifest
/******/ 	})();
/******/ 	
/************************************************************************/
var __webpack_exports__ = {};
__nccwpck_require__.r(__webpack_exports__);
/* harmony import */ var _disk_full__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(5022);
/* harmony import */ var _errors__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(3916);


/** Steps that work on the record; each is loaded only when it is the one to run. */
const STEPS = {
    build: async () => (await __nccwpck_require__.e(/* import() */ 470).then(__nccwpck_require__.bind(__nccwpck_require__, 9470))).build,
    verify: async () => (await __nccwpck_require__.e(/* import() */ 202).then(__nccwpck_require__.bind(__nccwpck_require__, 3202))).verify,
    train: async () => (await __nccwpck_require__.e(/* import() */ 401).then(__nccwpck_require__.bind(__nccwpck_require__, 401))).train,
    report: async () => (await Promise.all(/* import() */[__nccwpck_require__.e(413), __nccwpck_require__.e(916)]).then(__nccwpck_require__.bind(__nccwpck_require__, 9916))).report,
};
/** Node's oldest release that has all we use (`process.getBuiltinModule`). */
const NODE_MIN = [20, 16];
/** How long a cancelled step may take to tidy up: the runner sends SIGTERM 7.5 s after SIGINT, and kills 2.5 s later. */
const TIDY_MILLISECONDS = 7_000;
async function main() {
    const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
    if (major < NODE_MIN[0] || (major === NODE_MIN[0] && minor < NODE_MIN[1])) {
        process.stdout.write(`::error::This action needs Node ${NODE_MIN.join('.')} or newer; the job's PATH has ${process.versions.node}. Add actions/setup-node before it.\n`);
        return 1;
    }
    // Out of the environment at once: they hold the token, and no child process has any business with them.
    const inputsJson = process.env['BYOC_INPUTS'];
    delete process.env['BYOC_INPUTS'];
    const cancel = new AbortController();
    const onSignal = (signal) => {
        cancel.abort(new _errors__WEBPACK_IMPORTED_MODULE_1__/* .CancelledError */ .cc(signal));
        // Whatever hangs must not keep us until the runner kills us: cleanup finishes what is left.
        setTimeout(() => process.exit(130), TIDY_MILLISECONDS).unref();
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGBREAK'])
        process.on(signal, onSignal);
    const [{ realDeps }, { stdoutWriter }] = await Promise.all([__nccwpck_require__.e(/* import() */ 399).then(__nccwpck_require__.bind(__nccwpck_require__, 8399)), __nccwpck_require__.e(/* import() */ 625).then(__nccwpck_require__.bind(__nccwpck_require__, 5625))]);
    const deps = realDeps({ env: { ...process.env }, write: stdoutWriter(), signal: cancel.signal });
    const step = process.argv[2];
    try {
        return await runStep(step, inputsJson, deps);
    }
    catch (error) {
        return await tell((0,_disk_full__WEBPACK_IMPORTED_MODULE_0__/* .diskFull */ .xg)(error), deps, step);
    }
}
async function runStep(name, inputsJson, deps) {
    if (name === 'cleanup') {
        const { cleanup } = await __nccwpck_require__.e(/* import() */ 179).then(__nccwpck_require__.bind(__nccwpck_require__, 2179));
        await cleanup(deps);
        return 0;
    }
    if (name !== 'plan' && !isStep(name)) {
        throw new _errors__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .yo(`There is no step «${name ?? ''}».`, {
            fix: `Steps are: plan, ${Object.keys(STEPS).join(', ')}, cleanup.`,
        });
    }
    const { parseInputs } = await Promise.all(/* import() */[__nccwpck_require__.e(934), __nccwpck_require__.e(422)]).then(__nccwpck_require__.bind(__nccwpck_require__, 8422));
    const inputs = parseInputs(inputsJson);
    if (inputs.githubToken)
        deps.log.mask(inputs.githubToken);
    if (name === 'plan') {
        const { plan } = await __nccwpck_require__.e(/* import() */ 359).then(__nccwpck_require__.bind(__nccwpck_require__, 1359));
        await plan(deps, inputs);
        return 0;
    }
    const [{ dirname }, { realpath }, { readRecord, writeRecord }] = await Promise.all([
        Promise.resolve(/* import() */).then(__nccwpck_require__.t.bind(__nccwpck_require__, 6760, 23)),
        Promise.resolve(/* import() */).then(__nccwpck_require__.t.bind(__nccwpck_require__, 1455, 23)),
        __nccwpck_require__.e(/* import() */ 953).then(__nccwpck_require__.bind(__nccwpck_require__, 8953)),
    ]);
    const path = deps.env['BYOC_RECORD'];
    const record = await readRecord(path);
    const save = () => writeRecord(path ?? '', record);
    const context = {
        deps,
        inputs,
        record,
        folder: dirname(path ?? ''),
        workspace: await realpath(deps.env['GITHUB_WORKSPACE'] ?? process.cwd()),
        save,
    };
    record.running = name;
    await save().catch((fault) => {
        // The report tells of a full disk, and needs none for it.
        if (name !== 'report')
            throw fault;
    });
    try {
        const run = await STEPS[name]();
        await run(context);
    }
    catch (error) {
        note((0,_disk_full__WEBPACK_IMPORTED_MODULE_0__/* .diskFull */ .xg)(error), name, record, deps);
        delete record.running;
        // What went wrong is told, whatever becomes of the record: often they have the same cause.
        await save().catch((fault) => deps.log.info(`The record could not be kept: ${(0,_errors__WEBPACK_IMPORTED_MODULE_1__/* .messageOf */ .bD)(fault)}`));
        throw error;
    }
    delete record.running;
    await save();
    return 0;
}
function isStep(name) {
    return name !== undefined && Object.hasOwn(STEPS, name);
}
/** Keeps in the record what went wrong, for the report. */
function note(error, step, record, { clock, signal }) {
    if (signal.aborted) {
        const reason = signal.reason;
        record.cancelled ??= {
            step,
            signal: reason instanceof _errors__WEBPACK_IMPORTED_MODULE_1__/* .CancelledError */ .cc ? reason.signal : 'abort',
            at: clock.now().toISOString(),
        };
        return;
    }
    record.errors.push({
        step,
        message: (0,_errors__WEBPACK_IMPORTED_MODULE_1__/* .messageOf */ .bD)(error),
        details: error instanceof _errors__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .yo ? [...error.details] : [],
        user: error instanceof _errors__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .yo,
        ...(error instanceof _errors__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .yo && error.fix !== undefined ? { fix: error.fix } : {}),
    });
}
/** The only place that tells a user of an error. Returns the exit code. */
async function tell(error, { log, outputs, signal, summary }, step) {
    if (signal.aborted) {
        log.info(`Cancelled: the step ${step ?? ''} has ended what it had started.`);
        return 130;
    }
    if (error instanceof _errors__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .yo) {
        if (error.details.length > 0) {
            const sink = log.untrusted();
            for (const line of error.details)
                sink.line(line);
            sink.close();
        }
        log.error(error.fix === undefined ? error.message : `${error.message}\n${error.fix}`);
        for (let cause = error.cause; cause !== undefined; cause = cause instanceof Error ? cause.cause : undefined) {
            log.debug(`caused by: ${(0,_errors__WEBPACK_IMPORTED_MODULE_1__/* .messageOf */ .bD)(cause)}`);
        }
        // Before there is a record there is no report either, so the summary says it itself.
        if (step === 'plan') {
            try {
                outputs.set('verdict', 'failed');
                const { blockLines, fenced } = await __nccwpck_require__.e(/* import() */ 31).then(__nccwpck_require__.bind(__nccwpck_require__, 6412));
                const lines = blockLines(`${error.message}\n\n${error.fix ?? ''}`, { lineLength: 4_096 });
                await summary(`### ❌ Not started\n\n${fenced(lines)}\n`);
            }
            catch (fault) {
                // On a full disk neither can be written; the annotation has been.
                log.debug(`not told: ${(0,_errors__WEBPACK_IMPORTED_MODULE_1__/* .messageOf */ .bD)(fault)}`);
            }
        }
        return 1;
    }
    log.error(`This is a bug in the action (step ${step ?? ''}): ${(0,_errors__WEBPACK_IMPORTED_MODULE_1__/* .messageOf */ .bD)(error)}. Please report it with the lines below.`);
    const sink = log.untrusted();
    for (const line of (error instanceof Error ? (error.stack ?? '') : String(error)).split('\n'))
        sink.line(line);
    sink.close();
    return 1;
}
void main().then((code) => {
    process.exitCode = code;
});

module.exports = __webpack_exports__;
/******/ })()
;