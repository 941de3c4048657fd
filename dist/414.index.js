"use strict";
exports.id = 414;
exports.ids = [414];
exports.modules = {

/***/ 3414:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   JOB_LABEL: () => (/* binding */ JOB_LABEL),
/* harmony export */   RUN_LABEL: () => (/* binding */ RUN_LABEL),
/* harmony export */   removeLabelled: () => (/* binding */ removeLabelled)
/* harmony export */ });
/* harmony import */ var _errors__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3916);

/** Label of everything a run makes in the engine; its value is `record.id`. */
const RUN_LABEL = 'byoc.run';
/** Label of one job's containers, volumes and network. */
const JOB_LABEL = 'byoc.job';
/**
 * Removes all containers, volumes and networks that carry a label, by label only. Idempotent.
 *
 * @param label `name=value`
 * @returns how many things were removed
 * @throws UserError when the engine does not answer, or something is still there after the last round
 */
async function removeLabelled(docker, clock, label, { quietRounds, pauseMilliseconds, roundsMax }) {
    const filter = ['--filter', `label=${label}`];
    const list = async (args) => {
        const listed = await docker.run([...args, ...filter], 'looking for what a run left');
        return listed === '' ? [] : listed.split('\n');
    };
    const removed = new Set();
    let quiet = 0;
    let said = '';
    for (let round = 0; round < roundsMax; round += 1) {
        if (round > 0)
            await clock.sleep(pauseMilliseconds);
        const [containers, volumes, networks] = await Promise.all([
            list(['ps', '--all', '--quiet', '--no-trunc']),
            list(['volume', 'ls', '--quiet']),
            list(['network', 'ls', '--quiet', '--no-trunc']),
        ]);
        if (containers.length + volumes.length + networks.length === 0) {
            quiet += 1;
            if (quiet >= quietRounds)
                return removed.size;
            continue;
        }
        quiet = 0;
        for (const id of [...containers, ...volumes, ...networks])
            removed.add(id);
        // Containers first: they hold the rest.
        if (containers.length > 0)
            said = (await docker.try(['rm', '--force', '--volumes', ...containers])).stderr;
        const rest = await Promise.all([
            volumes.length > 0 ? docker.try(['volume', 'rm', '--force', ...volumes]) : undefined,
            networks.length > 0 ? docker.try(['network', 'rm', ...networks]) : undefined,
        ]);
        said += rest.map((result) => result?.stderr ?? '').join('');
        // Whether it is gone is asked of the engine, not believed: the next round lists again at once when only one is needed.
        if (quietRounds === 1 && said.trim() === '')
            return removed.size;
    }
    throw new _errors__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo(`Something of this run could not be removed from the Docker engine (label ${label}).`, {
        fix: `Remove it on the runner: docker rm -f -v $(docker ps -aq --filter label=${label})`,
        details: said.trim() === '' ? [] : said.trim().split('\n').slice(-12),
    });
}


/***/ })

};
;