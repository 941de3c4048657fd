"use strict";
exports.id = 415;
exports.ids = [415];
exports.modules = {

/***/ 415:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   shortcomings: () => (/* binding */ shortcomings)
/* harmony export */ });
/**
 * What is missing from a training that exited 0: a green run promises a model and the declared metrics. Empty when all is
 * there. Pure.
 *
 * @param modelBytes - sum over the plain files in /opt/ml/model
 */
function shortcomings(modelBytes, series) {
    const found = [];
    if (modelBytes === 0) {
        found.push({
            message: 'it left no model in /opt/ml/model',
            fix: 'Save the model below /opt/ml/model (SM_MODEL_DIR): SageMaker keeps nothing else as the model.',
        });
    }
    for (const { name, regex, count, dropped } of series) {
        if (count > 0)
            continue;
        found.push(dropped > 0
            ? {
                message: `the metric ${JSON.stringify(name)} was never a number (${dropped} values such as NaN dropped)`,
                fix: `Look at the training: it diverges, or the group of ${JSON.stringify(regex)} captures more than the number.`,
            }
            : {
                message: `the metric ${JSON.stringify(name)} was never seen`,
                fix: `Print it, on a line of its own, so that ${JSON.stringify(regex)} matches, or change metric-definitions.`,
            });
    }
    return found;
}


/***/ })

};
;