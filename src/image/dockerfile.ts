import { stepPosition } from './progress';

/** An instruction as it stands in the Dockerfile. */
export interface Instruction {
  /** Upper case: `RUN`. */
  keyword: string;
  /** First and last line, from 1. */
  line: number;
  endLine: number;
  /** Its lines as written. */
  text: string[];
}

/** Instructions that BuildKit numbers within a stage. `FROM` is the first, but for a stage that continues another. */
const NUMBERED = new Set(['RUN', 'COPY', 'ADD', 'WORKDIR']);

/** Splits a Dockerfile into instructions: continuation lines, comments between them, here-documents, `# escape=`. */
export function parseDockerfile(source: string): Instruction[] {
  const lines = source.replace(/^\uFEFF/, '').split(/\r?\n/);
  const escape = /^#\s*escape\s*=\s*`\s*$/im.test(lines.slice(0, 3).join('\n')) ? '`' : '\\';
  const continues = (line: string): boolean => line.trimEnd().endsWith(escape);
  const instructions: Instruction[] = [];
  for (let at = 0; at < lines.length; at++) {
    const first = lines[at] ?? '';
    const keyword = /^\s*([A-Za-z]+)/.exec(first)?.[1]?.toUpperCase();
    if (keyword === undefined) continue;
    const start = at;
    // Comments and empty lines between continued lines belong to none of them, and end none.
    while (at + 1 < lines.length && (continues(lines[at] ?? '') || isComment(lines[at] ?? '', at > start))) at++;
    const joined = lines.slice(start, at + 1).join('\n');
    if (['RUN', 'COPY', 'ADD'].includes(keyword)) {
      for (const [, strip, word] of joined.matchAll(/<<(-?)\s*["']?([A-Za-z_]\w*)["']?/g)) {
        const end = lines.findIndex(
          (line, index) => index > at && (strip ? line.replace(/^\t+/, '') : line) === (word ?? ''),
        );
        if (end > at) at = end;
      }
    }
    instructions.push({ keyword, line: start + 1, endLine: at + 1, text: lines.slice(start, at + 1) });
  }
  return instructions;
}

function isComment(line: string, inside: boolean): boolean {
  return inside && (/^\s*#/.test(line) || line.trim() === '');
}

/**
 * The instruction that a step of BuildKit's progress (`[stage-1 2/3] RUN make`) came from. Counted from the end of its
 * stage, because whether `FROM` is counted differs; `undefined` when the count does not fit (ONBUILD, a stage not found).
 */
export function findInstruction(instructions: readonly Instruction[], stepName: string): Instruction | undefined {
  const step = stepPosition(stepName);
  if (!step) return undefined;
  const keyword = step.instruction.trimStart().split(/\s/, 1)[0]?.toUpperCase();
  const stages: { name: string; instructions: Instruction[] }[] = [];
  for (const instruction of instructions) {
    if (instruction.keyword === 'FROM') {
      const name = /\sAS\s+(\S+)\s*$/i.exec(instruction.text.join(' '))?.[1]?.toLowerCase();
      stages.push({ name: name ?? `stage-${stages.length}`, instructions: [instruction] });
    } else if (NUMBERED.has(instruction.keyword)) stages.at(-1)?.instructions.push(instruction);
  }
  const stage = stages.find(({ name }) => name === step.stage?.toLowerCase()) ?? (step.stage ? undefined : stages[0]);
  const found = stage?.instructions.at(-(step.total - step.index + 1));
  return found?.keyword === keyword ? found : undefined;
}
