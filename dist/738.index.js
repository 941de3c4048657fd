"use strict";
exports.id = 738;
exports.ids = [738];
exports.modules = {

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


/***/ })

};
;