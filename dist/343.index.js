"use strict";
exports.id = 343;
exports.ids = [343];
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


/***/ })

};
;