"use strict";
exports.id = 395;
exports.ids = [395];
exports.modules = {

/***/ 1395:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   measureFolder: () => (/* binding */ measureFolder)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_fs_promises__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1___default = /*#__PURE__*/__webpack_require__.n(node_path__WEBPACK_IMPORTED_MODULE_1__);


/** Walks a folder; memory does not grow with the number of its files. */
async function measureFolder(folder) {
    const size = { files: 0, sizeBytes: 0 };
    for await (const entry of await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.opendir)(folder)) {
        // What a channel leaves out (contract/tree).
        if (entry.name === '.git')
            continue;
        const path = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, entry.name);
        if (entry.isDirectory()) {
            const inner = await measureFolder(path);
            size.files += inner.files;
            size.sizeBytes += inner.sizeBytes;
        }
        else if (entry.isFile()) {
            size.files += 1;
            size.sizeBytes += (await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.lstat)(path)).size;
        }
    }
    return size;
}


/***/ })

};
;