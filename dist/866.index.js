"use strict";
exports.id = 866;
exports.ids = [866];
exports.modules = {

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

/***/ 866:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   parseEngineInfo: () => (/* binding */ parseEngineInfo),
/* harmony export */   readEngineFacts: () => (/* binding */ readEngineFacts)
/* harmony export */ });
/* harmony import */ var _image_disk__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(508);

/**
 * Asks the engine. One that does not answer leaves everything unknown: starting the job will tell why, in its words.
 * @throws UserError without a docker client
 */
async function readEngineFacts(docker, signal) {
    const { exitCode, stdout } = await docker.try(['info', '--format', '{{json .}}'], { signal });
    const info = exitCode === 0 ? parseEngineInfo(stdout) : { gpus: false };
    if (info.rootFolder === undefined)
        return { gpus: info.gpus };
    // Unknown where the engine runs on another machine, or in one of its own.
    const free = await (0,_image_disk__WEBPACK_IMPORTED_MODULE_0__/* .freeBytes */ .g)(info.rootFolder);
    return { gpus: info.gpus, ...(free === undefined ? {} : { freeBytes: free }) };
}
/** Reads the answer of `docker info --format '{{json .}}'`. Pure. */
function parseEngineInfo(json) {
    let info;
    try {
        info = JSON.parse(json);
    }
    catch {
        return { gpus: false };
    }
    if (!isObject(info))
        return { gpus: false };
    const runtimes = isObject(info['Runtimes']) ? Object.keys(info['Runtimes']) : [];
    const devices = Array.isArray(info['DiscoveredDevices']) ? info['DiscoveredDevices'] : [];
    const cdi = devices.some((device) => isObject(device) && String(device['ID']).startsWith('nvidia.com/gpu'));
    const rootFolder = info['DockerRootDir'];
    return {
        gpus: runtimes.includes('nvidia') || cdi,
        ...(typeof rootFolder === 'string' && rootFolder !== '' ? { rootFolder } : {}),
    };
}
function isObject(value) {
    return typeof value === 'object' && value !== null;
}


/***/ })

};
;