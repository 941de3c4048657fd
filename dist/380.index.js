"use strict";
exports.id = 380;
exports.ids = [380];
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


/***/ })

};
;