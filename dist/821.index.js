"use strict";
exports.id = 821;
exports.ids = [821];
exports.modules = {

/***/ 6202:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   LogTail: () => (/* binding */ LogTail)
/* harmony export */ });
/** The last lines of a log, each cut: memory stays the same however long the log is. */
class LogTail {
    linesMax;
    charactersMax;
    #lines = [];
    #next = 0;
    constructor(linesMax, charactersMax = 2_000) {
        this.linesMax = linesMax;
        this.charactersMax = charactersMax;
    }
    add(line) {
        // A slice of a long string keeps the whole of it alive; a copy through a buffer does not.
        const cut = Buffer.from(line.slice(0, this.charactersMax)).toString();
        this.#lines[this.#next] = cut;
        this.#next = (this.#next + 1) % this.linesMax;
    }
    /** Oldest first. */
    lines() {
        const full = this.#lines.length === this.linesMax;
        return full ? [...this.#lines.slice(this.#next), ...this.#lines.slice(0, this.#next)] : [...this.#lines];
    }
}


/***/ })

};
;