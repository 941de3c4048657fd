"use strict";
exports.id = 885;
exports.ids = [885];
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


/***/ })

};
;