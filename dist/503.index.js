"use strict";
exports.id = 503;
exports.ids = [503];
exports.modules = {

/***/ 5503:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   MetricReader: () => (/* binding */ MetricReader),
/* harmony export */   compileMetricDefinitions: () => (/* binding */ compileMetricDefinitions),
/* harmony export */   finiteNumber: () => (/* binding */ finiteNumber),
/* harmony export */   leadingLiteral: () => (/* binding */ leadingLiteral)
/* harmony export */ });
/* harmony import */ var re2js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2856);
/* harmony import */ var _errors__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3916);


/** Limits of SageMaker's `MetricDefinitions` (CreateTrainingJob, API reference). */
const DEFINITIONS_MAX = 40;
const NAME_CHARACTERS_MAX = 255;
const REGEX_CHARACTERS_MAX = 500;
/** CloudWatch Logs takes 256 KB an event; what comes after it, SageMaker would not see either. */
const LINE_CHARACTERS_MAX = 256 * 1024;
/** Points kept per series. */
const POINTS_MAX = 200;
/** Plain or scientific notation, as Python's `float` and Java's `Double.parseDouble` both read it. */
const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
/**
 * Parts of RE2's syntax that Python, Java and JavaScript do not share. Which of these SageMaker uses is nowhere written,
 * so a pattern that needs one of them could match here and be silent there.
 */
const UNCOMMON = [
    { syntax: /\(\?P?</, name: 'a named group', instead: 'Use a plain group: ( … ).' },
    { syntax: /\(\?[a-zA-Z-]+[:)]/, name: 'an inline flag', instead: 'Write both cases out: [Ll]oss.' },
    {
        syntax: /\\[pPCQEzZA]/,
        name: 'an escape that not all engines know',
        instead: 'Use plain character classes, ^ and $.',
    },
    { syntax: /\[\[:/, name: 'a POSIX class', instead: 'Use \\d, \\w, \\s or a range such as [a-z].' },
];
/**
 * Checks the definitions by SageMaker's rules and compiles them for an engine that takes linear time whatever the pattern
 * and the line: a training's output must not be able to hang the step.
 *
 * @throws UserError that names the definition, what is wrong with it, and what to write.
 */
function compileMetricDefinitions(definitions) {
    if (definitions.length > DEFINITIONS_MAX) {
        throw new _errors__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo(`metric-definitions: ${definitions.length} definitions, but SageMaker takes at most ${DEFINITIONS_MAX}.`, { fix: 'Remove the ones you need least.' });
    }
    const names = new Set();
    return definitions.map((definition) => {
        if (names.has(definition.name))
            fail(definition, 'the name is given twice', 'Give each metric a name of its own.');
        names.add(definition.name);
        return compile(definition);
    });
}
function compile(definition) {
    const { name, regex } = definition;
    if (!/^.{1,255}$/u.test(name)) {
        fail(definition, `a name has 1 to ${NAME_CHARACTERS_MAX} characters and no line end`, 'Shorten the name.');
    }
    if (regex.length === 0 || regex.length > REGEX_CHARACTERS_MAX || /[\r\n]/.test(regex)) {
        fail(definition, `a regex has 1 to ${REGEX_CHARACTERS_MAX} characters and no line end`, 'Shorten the regex.');
    }
    if (/\(\?<?[=!]/.test(unescaped(regex))) {
        fail(definition, 'look-ahead and look-behind are not supported', 'Match the words around the number instead, outside the group.');
    }
    if (/\\[1-9]/.test(withoutLiteralBackslashes(regex))) {
        fail(definition, 'back-references are not supported', 'Write the repeated part out.');
    }
    for (const { syntax, name: what, instead } of UNCOMMON) {
        if (syntax.test(withoutLiteralBackslashes(regex)))
            fail(definition, `the regex uses ${what}, which not every engine has`, instead);
    }
    const pattern = parse(definition);
    const groups = pattern.groupCount();
    if (groups === 0) {
        fail(definition, 'the regex has no group', `Put the number into one: ${name}: ([0-9.eE+-]+)`);
    }
    if (groups > 1) {
        fail(definition, `the regex has ${groups} groups, it must have exactly one`, 'Turn all but the one around the number into (?: … ).');
    }
    const literal = leadingLiteral(regex);
    return {
        name,
        regex,
        capture(line) {
            // Most lines hold no metric: a plain search is some fifty times faster than asking the engine.
            if (literal !== '' && !line.includes(literal))
                return undefined;
            const matcher = pattern.matcher(line);
            return matcher.find() ? (matcher.group(1) ?? undefined) : undefined;
        },
    };
}
function parse(definition) {
    try {
        return re2js__WEBPACK_IMPORTED_MODULE_1__/* .RE2JS */ .L3.compile(definition.regex);
    }
    catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        throw new _errors__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo(`metric-definitions: ${JSON.stringify(definition.name)}: the regex cannot be read: ${reason}`, {
            fix: `Correct ${JSON.stringify(definition.regex)}. The syntax is RE2's: what Python, Java and JavaScript have in common.`,
            cause: error,
        });
    }
}
function fail(definition, wrong, fix) {
    const shown = definition.regex.length > 100 ? `${definition.regex.slice(0, 100)}…` : definition.regex;
    const name = definition.name.slice(0, 100);
    throw new _errors__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo(`metric-definitions: ${JSON.stringify(name)}: ${wrong} (${JSON.stringify(shown)}).`, { fix });
}
/** Without escaped characters and character classes: in these a bracket is a bracket. */
function unescaped(regex) {
    return regex.replace(/\\./g, '').replace(/\[\^?\]?[^\]]*\]/g, '');
}
function withoutLiteralBackslashes(regex) {
    return regex.replaceAll('\\\\', '');
}
/** Characters that every match begins with; empty where that cannot be told by a glance. Pure. */
function leadingLiteral(regex) {
    if (regex.includes('|'))
        return '';
    let literal = '';
    let index = 0;
    while (index < regex.length) {
        const character = regex.charAt(index);
        const escaped = character === '\\';
        const text = escaped ? regex.charAt(index + 1) : character;
        const plain = escaped ? /[^\w\s]/.test(text) : /[^\\^$.*+?()[\]{}|]/.test(text);
        if (!plain)
            break;
        const next = regex.charAt(index + (escaped ? 2 : 1));
        // The last one may be repeated no times at all.
        if (next === '*' || next === '?' || next === '{')
            break;
        literal += text;
        index += escaped ? 2 : 1;
    }
    return literal;
}
/** The number in a capture; `undefined` for what SageMaker drops: words, NaN, infinities. Pure. */
function finiteNumber(text) {
    const trimmed = text.trim();
    if (!NUMBER.test(trimmed))
        return undefined;
    const value = Number(trimmed);
    return Number.isFinite(value) ? value : undefined;
}
/** Reads log lines into series. Memory does not grow with the log. */
class MetricReader {
    #series;
    constructor(metrics) {
        this.#series = metrics.map((metric) => ({ metric, thinned: new ThinnedSeries(), dropped: 0 }));
    }
    /** One line of the log, from whichever node; a progress bar's carriage returns separate lines too. */
    read(line, timeMilliseconds) {
        const text = line.length > LINE_CHARACTERS_MAX ? line.slice(0, LINE_CHARACTERS_MAX) : line;
        if (!text.includes('\r'))
            this.#readOne(text, timeMilliseconds);
        else
            for (const part of text.split('\r'))
                this.#readOne(part, timeMilliseconds);
    }
    #readOne(line, timeMilliseconds) {
        for (const series of this.#series) {
            const captured = series.metric.capture(line);
            if (captured === undefined)
                continue;
            const value = finiteNumber(captured);
            if (value === undefined)
                series.dropped += 1;
            else
                series.thinned.add(value, timeMilliseconds);
        }
    }
    /** What has been read so far. */
    series() {
        return this.#series.map(({ metric, thinned, dropped }) => ({
            name: metric.name,
            regex: metric.regex,
            ...(thinned.last === undefined ? {} : { last: thinned.last.value }),
            points: thinned.points(),
            count: thinned.count,
            dropped,
        }));
    }
}
/**
 * Keeps every n-th point, n doubling whenever there are too many, and beside these the last, least and greatest one. So the
 * points are evenly spread, whatever the length of the run, and known before it ends.
 */
class ThinnedSeries {
    /** Three less than the limit: last, least and greatest may come on top. */
    static #keptMax = POINTS_MAX - 3;
    #kept = [];
    #stride = 1;
    #least;
    #greatest;
    last;
    count = 0;
    add(value, timeMilliseconds) {
        const point = { step: this.count, timeMilliseconds, value };
        this.count += 1;
        this.last = point;
        if (this.#least === undefined || value < this.#least.value)
            this.#least = point;
        if (this.#greatest === undefined || value > this.#greatest.value)
            this.#greatest = point;
        if (point.step % this.#stride !== 0)
            return;
        this.#kept.push(point);
        if (this.#kept.length > ThinnedSeries.#keptMax) {
            this.#stride *= 2;
            this.#kept = this.#kept.filter(({ step }) => step % this.#stride === 0);
        }
    }
    points() {
        const bySteps = new Map(this.#kept.map((point) => [point.step, point]));
        for (const point of [this.last, this.#least, this.#greatest])
            if (point)
                bySteps.set(point.step, point);
        return [...bySteps.values()].sort((a, b) => a.step - b.step);
    }
}


/***/ })

};
;