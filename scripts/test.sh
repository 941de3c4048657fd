#!/usr/bin/env bash
# Runs every test: unit, scenario, engine (Docker), and the container's own. `npm test` makes ready first (scripts/setup.sh).
#
#   scripts/test.sh [unit|scenario|engine|container]...      default: all
#
# The last line is `N passed, N failed`. With CI=true a skipped test counts as failed.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 1

if [ -f .cache/setup.env ]; then
  set -a
  # shellcheck source=/dev/null
  . .cache/setup.env
  set +a
fi
mkdir -p .cache
passed=0
failed=0
skipped=0
summary=()

# count NAME PASSED FAILED SKIPPED EXIT_STATUS SECONDS
count() {
  local bad=$3
  # A suite that broke without a failed test has failed all the same.
  if [ "$5" != 0 ] && [ "$bad" = 0 ]; then bad=1; fi
  if [ "${CI-}" = true ]; then bad=$((bad + $4)); fi
  passed=$((passed + $2))
  failed=$((failed + bad))
  skipped=$((skipped + $4))
  summary+=("$(printf '%-10s %5d passed %4d failed %4d skipped %6d s' "$1" "$2" "$3" "$4" "$6")")
}

# Scenarios run the bundle: after a change of src/ that is not yet in dist/ it is built anew.
fresh_dist() {
  if [ -f dist/index.js ]; then
    if git diff --quiet HEAD -- src package-lock.json dist 2>/dev/null &&
      [ -z "$(git ls-files --others --exclude-standard -- src dist)" ]; then
      return 0
    fi
    [ -n "$(find src package-lock.json -newer dist/index.js -type f -print -quit)" ] || return 0
  fi
  echo 'test: src/ is newer than dist/, building'
  npm run --silent build
}

run_jest() {
  local project=$1 began=$SECONDS status=0 result=.cache/jest-$1.json
  shift
  rm -f "$result"
  node --experimental-vm-modules --disable-warning=ExperimentalWarning node_modules/jest/bin/jest.js \
    --selectProjects "$project" --json --outputFile="$result" "$@" >/dev/null || status=$?
  local counts
  counts=$(node -e '
    const result = JSON.parse(require("node:fs").readFileSync(process.argv[1], "utf8"));
    const failed = result.numFailedTests + result.numRuntimeErrorTestSuites;
    console.log(result.numPassedTests, failed, result.numPendingTests + result.numTodoTests);
  ' "$result" 2>/dev/null) || counts='0 1 0'
  # shellcheck disable=SC2086 # three numbers
  count "$project" $counts "$status" $((SECONDS - began))
}

run_pytest() {
  local began=$SECONDS status=0 log=.cache/pytest.log
  test/container/run.sh 2>&1 | tee "$log" || status=$?
  # The last line of -q: `2 failed, 40 passed, 1 skipped, 1 error in 3.21s`.
  number() { tail -n 1 "$log" | grep -oE "[0-9]+ $1" | awk '{ sum += $1 } END { print sum + 0 }'; }
  count container "$(number passed)" "$(number '(failed|error)')" "$(number '(skipped|xfailed)')" "$status" $((SECONDS - began))
}

for suite in "${@:-unit}" $([ $# -gt 0 ] || echo scenario engine container); do
  printf '\n=== %s\n' "$suite"
  case $suite in
    unit) run_jest unit ;;
    scenario) if fresh_dist; then run_jest scenario; else count scenario 0 1 0 1 0; fi ;;
    # One at a time: they measure seconds, and the engine is one.
    engine) run_jest engine --runInBand ;;
    container) run_pytest ;;
    *)
      echo "test: there is no suite $suite" >&2
      exit 2
      ;;
  esac
done

printf '\n'
printf '%s\n' "${summary[@]}"
if [ "$skipped" -gt 0 ] && [ "${CI-}" = true ]; then echo "$skipped skipped, which counts as failed with CI=true"; fi
printf '%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" = 0 ]
