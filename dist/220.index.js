"use strict";
exports.id = 220;
exports.ids = [220];
exports.modules = {

/***/ 1220:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   checkChannels: () => (/* binding */ checkChannels)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_fs_promises__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1___default = /*#__PURE__*/__webpack_require__.n(node_path__WEBPACK_IMPORTED_MODULE_1__);
/* harmony import */ var _errors__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3916);



/**
 * Finds the folders of channels, following links, and keeps them inside the workspace: what lies beside it on the
 * runner (another job's checkout, a home folder with credentials) never enters a container.
 *
 * @param workspace - absolute and real
 * @param inputName - which input they come from, for the message
 * @throws UserError naming the channel, its folder and what to do
 */
async function checkChannels(workspace, inputName, channels) {
    return Promise.all(channels.map(async (channel) => {
        const written = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.isAbsolute)(channel.path) ? channel.path : (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(workspace, channel.path);
        const where = `\`${inputName}\`: the channel «${channel.name}»`;
        let path;
        try {
            path = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.realpath)(written);
        }
        catch (error) {
            throw new _errors__WEBPACK_IMPORTED_MODULE_2__/* .UserError */ .yo(`${where} names ${channel.path}, which does not exist.`, {
                fix: 'Name a folder of the checked-out repository, or one that an earlier step of the job has made in the workspace.',
                cause: error,
            });
        }
        const inside = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.relative)(workspace, path);
        if (inside.startsWith('..') || (0,node_path__WEBPACK_IMPORTED_MODULE_1__.isAbsolute)(inside)) {
            throw new _errors__WEBPACK_IMPORTED_MODULE_2__/* .UserError */ .yo(`${where} names ${channel.path}, which lies outside the workspace.`, {
                fix: 'Put the data into the workspace: nothing else of the runner is given to a container.',
            });
        }
        if (!(await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.stat)(path)).isDirectory()) {
            throw new _errors__WEBPACK_IMPORTED_MODULE_2__/* .UserError */ .yo(`${where} names ${channel.path}, which is no folder.`, {
                fix: 'A channel is a folder, as on SageMaker: put the file into one and name that.',
            });
        }
        return { ...channel, path };
    }));
}


/***/ })

};
;