"use strict";
exports.id = 63;
exports.ids = [63,885];
exports.modules = {

/***/ 7885:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   counted: () => (/* binding */ counted),
/* harmony export */   duration: () => (/* binding */ duration),
/* harmony export */   grouped: () => (/* binding */ grouped),
/* harmony export */   readable: () => (/* binding */ readable),
/* harmony export */   size: () => (/* binding */ size)
/* harmony export */ });
/** A number as a person reads it: four significant digits, no exponent where it can be helped. */
function readable(value) {
    if (!Number.isFinite(value))
        return '–';
    if (value === 0)
        return '0';
    const size = Math.abs(value);
    if (size < 1e-4 || size >= 1e9)
        return value
            .toExponential(3)
            .replace(/\.?0+e/u, 'e')
            .replace('e+', 'e');
    if (Number.isInteger(value))
        return String(value);
    const decimals = Math.max(0, 3 - Math.floor(Math.log10(size)));
    const text = value.toFixed(decimals);
    return text.includes('.') ? text.replace(/\.?0+$/u, '') : text;
}
/** `4.2 s`, `52 s`, `6 min 5 s`, `52 min`, `1 h 12 min`. */
function duration(seconds) {
    if (!Number.isFinite(seconds) || seconds < 0)
        return '–';
    if (seconds < 9.95)
        return `${seconds.toFixed(1).replace(/\.0$/u, '')} s`;
    const whole = Math.round(seconds);
    if (whole < 60)
        return `${whole} s`;
    const minutes = Math.floor(whole / 60);
    if (minutes < 10 && whole % 60 > 0)
        return `${minutes} min ${whole % 60} s`;
    if (whole < 3570)
        return `${Math.round(whole / 60)} min`;
    const quarters = Math.round(whole / 60);
    return quarters % 60 === 0 ? `${quarters / 60} h` : `${Math.floor(quarters / 60)} h ${quarters % 60} min`;
}
/** Decimal units, as Docker and registries print them: `1.36 GB`. */
function size(bytes) {
    if (!Number.isFinite(bytes) || bytes < 0)
        return '–';
    const units = ['B', 'kB', 'MB', 'GB', 'TB', 'PB', 'EB'];
    let value = bytes;
    let unit = 0;
    while (value >= 999.5 && unit < units.length - 1) {
        value /= 1000;
        unit += 1;
    }
    const digits = unit === 0 ? 0 : value < 10 ? 2 : value < 100 ? 1 : 0;
    return `${value.toFixed(digits)} ${units[unit] ?? 'B'}`;
}
/** `1,361,234,567`. */
function grouped(count) {
    return Number.isFinite(count)
        ? Math.trunc(count)
            .toString()
            .replace(/\B(?=(\d{3})+(?!\d))/gu, ',')
        : '–';
}
/** `1 layer`, `12 layers`. */
function counted(count, noun) {
    return `${grouped(count)} ${noun}${count === 1 ? '' : 's'}`;
}


/***/ }),

/***/ 2063:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   epochsDone: () => (/* binding */ epochsDone),
/* harmony export */   epochsOf: () => (/* binding */ epochsOf),
/* harmony export */   progressLine: () => (/* binding */ progressLine)
/* harmony export */ });
/* harmony import */ var _report_units__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7885);

/** Names under which the number of epochs is commonly handed over. */
const EPOCH_NAMES = ['epochs', 'num_epochs', 'num-epochs', 'n_epochs', 'max_epochs', 'max-epochs', 'num_train_epochs'];
const METRICS_SHOWN_MAX = 6;
/** Epochs asked for, when a hyperparameter says it. Pure. */
function epochsOf(hyperparameters) {
    for (const name of EPOCH_NAMES) {
        // The Python SDK sends strings in quotes.
        const text = hyperparameters[name]?.replace(/^"(.*)"$/, '$1');
        if (text !== undefined && /^[1-9]\d{0,6}$/.test(text))
            return Number(text);
    }
    return undefined;
}
/**
 * Epochs done: as many as the slowest metric has values. `undefined` when that cannot be, since a metric is printed more
 * often than once an epoch. Pure.
 */
function epochsDone(series, epochs) {
    const counts = series.map(({ count }) => count).filter((count) => count > 0);
    const done = Math.min(...counts);
    return counts.length > 0 && done <= epochs ? done : undefined;
}
/** `epoch 3 of 10 · 42 s · train_loss 0.512 · val_acc 0.91`. Pure. */
function progressLine(seconds, hyperparameters, series) {
    const epochs = epochsOf(hyperparameters);
    const done = epochs === undefined ? undefined : epochsDone(series, epochs);
    const values = series
        .filter(({ last }) => last !== undefined)
        .slice(0, METRICS_SHOWN_MAX)
        .map(({ name, last }) => `${name} ${(0,_report_units__WEBPACK_IMPORTED_MODULE_0__.readable)(last ?? 0)}`);
    return [...(done === undefined ? [] : [`epoch ${done} of ${epochs ?? done}`]), (0,_report_units__WEBPACK_IMPORTED_MODULE_0__.duration)(seconds), ...values].join(' · ');
}


/***/ })

};
;