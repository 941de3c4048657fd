/**
 * Takes everything out of a text that the runner, a terminal or a reader's eye would obey instead of show.
 *
 * The runner reads commands from stdout and stderr: `::name::` at the start of a line (after white space of any kind)
 * and `##[name]` anywhere in it; its lines end at `\n`, `\r\n` and a lone `\r`. Text comes back as lines that hold
 * neither controls nor invisible characters nor `##[`; the caller's prefix keeps `::` away from the start.
 */

/** Longest line shown, in UTF-16 units; the live view of a run cuts at 1,024 anyway. */
export const LINE_CHARACTERS_MAX = 2_000;

/** Raw text looked at per line: escape sequences count, so it is more than is shown, and one line cannot cost much. */
const RAW_CHARACTERS_MAX = 8 * LINE_CHARACTERS_MAX;

const LINE_END = /\r\n|[\n\v\f\u0085\u2028\u2029]/;
const PLAIN = /^[\x20-\x7e]*$/;

// The patterns below name control characters on purpose; they are built from strings since a literal would trip readers
// and linters alike. Each is linear: no nested repetition.
const ESC = '\\u001b';
/** OSC, DCS, SOS, PM and APC strings, up to their terminator or, unterminated, to the end of the line. */
const CONTROL_STRING = `(?:${ESC}[\\]PX^_]|[\\u009d\\u0090\\u0098\\u009e\\u009f])[^\\u0007\\u001b\\u009c]*(?:\\u0007|${ESC}\\\\|\\u009c)?`;
/** CSI sequences, such as colours and cursor movements. */
const CONTROL_SEQUENCE = `(?:${ESC}\\[|\\u009b)[0-?]*[ -/]*[@-~]?`;
/** Two- and three-character escapes, such as a change of the character set. */
const SHORT_ESCAPE = `${ESC}[ -/]*[0-~]?`;
const ESCAPES = new RegExp(`${CONTROL_STRING}|${CONTROL_SEQUENCE}|${SHORT_ESCAPE}`, 'g');

/**
 * Controls, formats (bidi, zero-width, soft hyphen, tags) and all else that Unicode lets a renderer ignore. They are
 * dropped before `##[` is looked for: the runner compares by culture, where an ignorable character inside a marker may
 * not count.
 */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]/gu;
const LONE_SURROGATE = /\p{Cs}/gu;

/**
 * One line made harmless and short. Line ends in it become spaces. Add a prefix of your own before you print it: `::` at the
 * start stays.
 */
export function neutralise(text: string, charactersMax = LINE_CHARACTERS_MAX): string {
  if (text.length <= charactersMax && PLAIN.test(text)) return breakMarkers(text);
  // One more than is looked at, so that a cut through a pair leaves a lone surrogate, which is replaced below.
  let line = text.slice(0, RAW_CHARACTERS_MAX);
  line = line.replace(/[\n\r\v\f\u0085\u2028\u2029]/g, ' ').replaceAll('\t', '    ');
  line = line.replace(ESCAPES, '').replace(INVISIBLE, '').replace(LONE_SURROGATE, '\ufffd');
  if (line.length > charactersMax || text.length > RAW_CHARACTERS_MAX) {
    const shown = line.slice(0, charactersMax).replace(LONE_SURROGATE, '');
    line = `${shown} … (${text.length} characters, cut)`;
  }
  return breakMarkers(line);
}

/**
 * The lines of `text`, each harmless. A progress bar, which overwrites itself with lone carriage returns, is folded to
 * its last state, as a terminal would show it.
 */
export function* neutraliseLines(text: string, charactersMax = LINE_CHARACTERS_MAX): Generator<string> {
  if (PLAIN.test(text)) {
    yield neutralise(text, charactersMax);
    return;
  }
  for (const line of text.split(LINE_END)) yield neutralise(lastState(line), charactersMax);
}

/** What stands on the line after all carriage returns: the last part that is not empty. */
export function lastState(line: string): string {
  if (!line.includes('\r')) return line;
  let end = line.length;
  while (end > 0) {
    const start = line.lastIndexOf('\r', end - 1) + 1;
    if (line.slice(start, end).trim() !== '') return line.slice(start, end);
    end = start - 1;
  }
  return '';
}

/** The runner itself writes `##\[` where it must not be obeyed. */
function breakMarkers(line: string): string {
  return line.includes('##[') ? line.replaceAll('##[', '##\\[') : line;
}
