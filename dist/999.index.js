"use strict";
exports.id = 999;
exports.ids = [999];
exports.modules = {

/***/ 9999:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   ProgressFolding: () => (/* binding */ ProgressFolding)
/* harmony export */ });
const SECONDS_BETWEEN = 10;
/**
 * Folds a progress bar, which overwrites its own line over and over, to what matters: its last state, and on the way one
 * state in ten seconds, so that a long download still shows that it lives.
 */
class ProgressFolding {
    show;
    seconds;
    #held;
    #shownAtSeconds = Number.NEGATIVE_INFINITY;
    /** @param seconds - a monotonic clock */
    constructor(show, seconds) {
        this.show = show;
        this.seconds = seconds;
    }
    /** @param overwritten - the line ended with a lone carriage return: what follows is written over it */
    read(line, overwritten) {
        if (!overwritten) {
            // A bar that ends with "\r\n" or "\r" and an empty line leaves its last state on the screen.
            const last = line.trim() === '' ? (this.#held ?? line) : line;
            this.#held = undefined;
            this.show(last);
            return;
        }
        if (line.trim() === '')
            return;
        this.#held = line;
        if (this.seconds() - this.#shownAtSeconds >= SECONDS_BETWEEN)
            this.flush();
    }
    /** Shows what is held back. */
    flush() {
        if (this.#held === undefined)
            return;
        const line = this.#held;
        this.#held = undefined;
        this.#shownAtSeconds = this.seconds();
        this.show(line);
    }
}


/***/ })

};
;