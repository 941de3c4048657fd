import { quoted, type Scorecard } from './scorecard';
import {
  ending,
  furtherRunSeconds,
  lastWords,
  logOf,
  observe,
  succeeded,
  type Observation,
  type Workbench,
} from './workbench';

/**
 * The hyperparameters as framework estimators of the Python SDK send them: `json.dumps` of each value, so that words come in
 * quotes of their own (`"\"sgd\""`) while numbers, lists and booleans look as ever. Pure.
 */
export function jsonQuoted(hyperparameters: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(hyperparameters).map(([name, value]) => [name, isJson(value) ? value : JSON.stringify(value)]),
  );
}

function isJson(value: string): boolean {
  try {
    JSON.parse(value);
    return true;
  } catch {
    return false;
  }
}

/**
 * Proves `offline` and the second half of `hyperparameters` by one run: no network, JSON-quoted values. Only when it fails, further
 * runs tell whose fault it is.
 */
export async function checkOfflineAndQuoted(
  bench: Workbench,
  mainRun: Observation,
  scorecard: Scorecard,
): Promise<void> {
  const begun = bench.clock.seconds();
  const elapsed = (): number => bench.clock.seconds() - begun;
  const maxRuntimeSeconds = furtherRunSeconds(bench, mainRun);
  const names = Object.keys(bench.hyperparameters);
  const quotedValues = jsonQuoted(bench.hyperparameters);
  const words = names.filter((name) => quotedValues[name] !== bench.hyperparameters[name]);

  if (words.length === 0) {
    await scorecard.pass(
      'hyperparameters',
      names.length === 0
        ? 'none are declared: ran with an empty hyperparameters.json'
        : `ran with ${names.length} string ${names.length === 1 ? 'value' : 'values'}, the same when JSON-quoted`,
      0,
    );
  }
  const wantOffline = !scorecard.isDecided('offline');
  const wantQuoted = !scorecard.isDecided('hyperparameters');
  if (!wantOffline && !wantQuoted) return;

  const run = await observe(bench, titleOf(wantOffline, wantQuoted), {
    networkIsolation: wantOffline,
    ...(wantQuoted ? { hyperparameters: quotedValues } : {}),
    maxRuntimeSeconds,
  });
  if (succeeded(run)) {
    if (wantOffline) await passOffline(scorecard, elapsed());
    await passQuoted(scorecard, names.length, words, 0);
  } else if (!wantOffline) await warnQuoted(scorecard, run, names.length, words, elapsed());
  else if (!wantQuoted) await failOffline(scorecard, run, elapsed());
  else {
    const plain = await observe(bench, 'No network, plain hyperparameters: to find the cause', {
      networkIsolation: true,
      maxRuntimeSeconds,
    });
    if (succeeded(plain)) {
      await passOffline(scorecard, elapsed());
      await warnQuoted(scorecard, run, names.length, words, elapsed());
    } else {
      await failOffline(scorecard, plain, elapsed());
      const connected = await observe(bench, 'JSON-quoted hyperparameters with a network', {
        hyperparameters: quotedValues,
        maxRuntimeSeconds,
      });
      if (succeeded(connected)) await passQuoted(scorecard, names.length, words, connected.seconds);
      else await warnQuoted(scorecard, connected, names.length, words, connected.seconds);
    }
  }
}

function titleOf(offline: boolean, isQuoted: boolean): string {
  return [...(offline ? ['no network'] : []), ...(isQuoted ? ['JSON-quoted hyperparameters'] : [])]
    .join(', ')
    .replace(/^./, (first) => first.toUpperCase());
}

async function passOffline(scorecard: Scorecard, seconds: number): Promise<void> {
  await scorecard.pass('offline', 'exit code 0 with no network and no credentials', seconds);
}

async function failOffline(scorecard: Scorecard, run: Observation, seconds: number): Promise<void> {
  await scorecard.fail(
    'offline',
    `without a network: ${ending(run)}, ${lastWords(run)}`,
    'Put what it downloads (pretrained weights, packages, data) into the image at build time, or into a channel.',
    seconds,
    { log: logOf(run) },
  );
}

async function passQuoted(
  scorecard: Scorecard,
  total: number,
  words: readonly string[],
  seconds: number,
): Promise<void> {
  await scorecard.pass(
    'hyperparameters',
    `ran with ${total} string ${total === 1 ? 'value' : 'values'}, then with ${shown(words)} JSON-quoted`,
    seconds,
  );
}

/** A warning only: an image that is always sent plain values, as a generic Estimator sends them, works on SageMaker. */
async function warnQuoted(
  scorecard: Scorecard,
  run: Observation,
  total: number,
  words: readonly string[],
  seconds: number,
): Promise<void> {
  await scorecard.pass('hyperparameters', `ran with ${total} string ${total === 1 ? 'value' : 'values'}`, seconds);
  await scorecard.warn({
    id: 'lint-json-quoted',
    title: 'Reads JSON-quoted hyperparameters',
    proof: `runs with plain values, but with ${shown(words)} JSON-quoted ("\\"word\\"", as the Python SDK's framework estimators send them): ${ending(run)}, ${lastWords(run)}`,
    fix: 'Decode each value with json.loads(value), and keep it as it is where that fails.',
  });
}

function shown(names: readonly string[]): string {
  return quoted(names.slice(0, 3).join(', ') + (names.length > 3 ? ', …' : ''), 120);
}
