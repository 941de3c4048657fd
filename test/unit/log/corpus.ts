/** Every name the runner obeys (actions/runner, ActionCommandManager.cs and its extensions). */
export const COMMAND_NAMES = [
  'stop-commands',
  'set-env',
  'set-output',
  'save-state',
  'add-mask',
  'add-path',
  'add-matcher',
  'remove-matcher',
  'debug',
  'warning',
  'error',
  'notice',
  'group',
  'endgroup',
  'echo',
] as const;

/** Both syntaxes, with and without properties. */
const FORMS: readonly ((name: string, index: number) => string)[] = [
  (name, index) => `::${name}::evil-${index}`,
  (name, index) => `::${name} name=evil,file=a.py,line=1::evil-${index}`,
  (name, index) => `##[${name}]evil-${index}`,
  (name, index) => `##[${name} name=evil;file=a.py]evil-${index}`,
  (name, index) => `::${name.toUpperCase()} name=evil::%0D%0A::error::evil-${index}`,
  (name, index) => `##[##[${name}]]evil-${index}`,
];

/** Characters that a reader, a parser or a comparison may take for nothing. */
const INVISIBLE = [
  '\u200b',
  '\u200d',
  '\u00ad',
  '\ufeff',
  '\u2060',
  '\u202e',
  '\u2066',
  '\u0000',
  '\u0008',
  '\u007f',
  '\u061c',
  '\ufe0f',
  '\u{e0061}',
  '\u180e',
];
const SPACES = [' ', '\t', '\u00a0', '\u0085', '\u2003', '\u3000', '\u1680', '\u2028', '\u000b', '\f'];
const ESCAPES = [
  '\u001b[31m',
  '\u001b[0m',
  '\u009b2J',
  '\u001b]8;;http://evil\u0007',
  '\u001b]0;title\u001b\\',
  '\u001bP1$r',
  '\u001b(B',
  '\u001b[1;1H',
  '\u001b[',
  '\u001b',
];
const LINE_ENDS = ['\r', '\n', '\r\n', '\u0085', '\u2028', '\u2029', '\u000b', '\f'];

/** Ways to hide or to place a command. */
const PLACES: readonly ((command: string, pick: <T>(from: readonly T[]) => T) => string)[] = [
  (command) => command,
  (command) => `12:00:01 | loss 0.5 ${command}`,
  (command, pick) => `${pick(SPACES)}${pick(SPACES)}${command}`,
  (command, pick) => `${pick(INVISIBLE)}${command}`,
  (command, pick) => [...command].join(pick(INVISIBLE)),
  (command, pick) => `harmless${pick(LINE_ENDS)}${command}`,
  (command, pick) => `12%|#${'\r'}24%|##${'\r'}${command}${pick(LINE_ENDS)}end`,
  (command, pick) => `${pick(ESCAPES)}${command}${pick(ESCAPES)}`,
  (command, pick) =>
    command.replace('::', `:${pick(INVISIBLE)}:`).replace('##[', `#${pick(ESCAPES)}#${pick(INVISIBLE)}[`),
  (command, pick) => command.replace('##[', `#${pick(ESCAPES)}##[[`),
  (command) => `\ud800${command}\udc00`,
  (command) => `| ${command}`,
  (command) => `\u001b]unterminated ${command}`,
];

/**
 * Hostile output: every command of the runner in every form in every place, hidden by a choice that is the same every
 * time, and one line of a million characters. `text` ends with `\n`.
 */
export function* hostileOutput(lines: number): Generator<string> {
  const pick = picker(20_250_101);
  for (let index = 0; index < lines; index += 1) {
    if (index === Math.floor(lines / 2)) {
      yield `${'x'.repeat(500_000)}##[add-mask]a ::error::${'\u202e##[group]'.repeat(45_000)}\n`;
      continue;
    }
    const name = COMMAND_NAMES[index % COMMAND_NAMES.length] ?? 'error';
    const form = FORMS[Math.floor(index / COMMAND_NAMES.length) % FORMS.length];
    const place = PLACES[Math.floor(index / (COMMAND_NAMES.length * FORMS.length)) % PLACES.length];
    if (!form || !place) continue;
    yield `${place(form(name, index), pick)}\n`;
  }
}

/** A small linear congruential generator: the corpus must be the same in every process. */
function picker(seed: number): <T>(from: readonly T[]) => T {
  let state = seed >>> 0;
  return <T>(from: readonly T[]): T => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const chosen = from[Math.floor((state / 2 ** 32) * from.length)];
    if (chosen === undefined) throw new Error('Nothing to choose from');
    return chosen;
  };
}
