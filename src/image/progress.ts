/** A step of the build that failed. All texts are untrusted. */
export interface FailedStep {
  /** `[stage-1 2/3] RUN make`, or `[internal] load metadata for …`. */
  name: string;
  /** Its last lines of output, oldest first. */
  output: string[];
  error: string;
}

/** What BuildKit's plain progress told. */
export interface BuildProgress {
  /** Instructions that make layers or change files; `FROM` is not counted, builders disagree on whether it is cached. */
  totalSteps: number;
  cachedSteps: number;
  failed: FailedStep | undefined;
  /** The excerpt of the Dockerfile that newer BuildKits print: its first line is `Dockerfile:12`. */
  excerpt: string[];
  /** The last line that starts with `ERROR:` or belongs to no step. */
  finalError: string;
  /** The last lines of all, for failures of no step. */
  tail: string[];
}

interface Vertex {
  name: string;
  cached: boolean;
  error: string | undefined;
  output: string[];
}

const OUTPUT_LINES = 30;
const EXCERPT_LINES = 60;
const VERTICES_MAX = 10_000;
const LINE_CHARACTERS = 2_000;

/**
 * Reads `--progress=plain` as buildx and Docker's own client (from 20.10) print it. Constant memory: of every step the
 * last 30 lines are kept, of the whole the last 30 too.
 */
export class ProgressReader {
  readonly #vertices = new Map<string, Vertex>();
  readonly #tail: string[] = [];
  readonly #excerpt: string[] = [];
  #finalError = '';
  #previous = '';
  #inExcerpt = false;

  /** One line without its end. */
  push(raw: string): void {
    const line = raw.slice(0, LINE_CHARACTERS);
    keep(this.#tail, line, OUTPUT_LINES);
    const match = /^#(\d+) (.*)$/s.exec(line);
    if (match) this.#vertexLine(match[1] ?? '', match[2] ?? '');
    else this.#plainLine(line);
    this.#previous = line;
  }

  /** What is known so far. */
  read(): BuildProgress {
    const steps = [...this.#vertices.values()].filter(({ name }) => INSTRUCTION.test(name) && !/\] FROM /.test(name));
    const failures = [...this.#vertices.values()].filter((vertex) => vertex.error !== undefined);
    // A failing step cancels its neighbours; these are not the cause.
    const cause = failures.find(({ error }) => !/context canceled|canceled$/i.test(error ?? '')) ?? failures[0];
    return {
      totalSteps: steps.length,
      cachedSteps: steps.filter(({ cached }) => cached).length,
      failed: cause && { name: cause.name, output: [...cause.output], error: cause.error ?? '' },
      excerpt: [...this.#excerpt],
      finalError: this.#finalError,
      tail: [...this.#tail],
    };
  }

  #vertexLine(number: string, text: string): void {
    let vertex = this.#vertices.get(number);
    if (!vertex) {
      if (this.#vertices.size >= VERTICES_MAX) return;
      vertex = { name: text, cached: false, error: undefined, output: [] };
      this.#vertices.set(number, vertex);
      return;
    }
    if (text === 'CACHED') vertex.cached = true;
    else if (text.startsWith('ERROR: ')) vertex.error = text.slice(7);
    else if (text === 'CANCELED') vertex.error ??= 'context canceled';
    else {
      // Output carries seconds since the step began; the rest (`DONE 0.3s`, `sha256:…`, `...`) is the builder's own.
      const output = /^\d+\.\d+ ?(.*)$/s.exec(text)?.[1];
      if (output !== undefined) keep(vertex.output, output, OUTPUT_LINES);
    }
  }

  #plainLine(line: string): void {
    if (line.startsWith('-----') && /^-{20,}$/.test(line)) {
      if (this.#inExcerpt) this.#inExcerpt = false;
      else if (/^.+:\d+$/.test(this.#previous)) {
        this.#inExcerpt = true;
        this.#excerpt.length = 0;
        this.#excerpt.push(this.#previous);
      }
      return;
    }
    if (this.#inExcerpt) {
      if (this.#excerpt.length < EXCERPT_LINES) this.#excerpt.push(line);
      return;
    }
    if (/^(?:ERROR: |failed to |error: |executor failed|process ")/i.test(line)) this.#finalError = line;
  }
}

/** `[2/3] RUN …`, `[stage 2/3] …`, `[linux/amd64 stage  2/13] …`. */
const INSTRUCTION = /^\[(?:\S+ ){0,2} *(\d+)\/(\d+)\] /;

/** Where a step's instruction stands in its stage: `[train 2/3]` is the second of three, of the stage `train`. */
export function stepPosition(
  name: string,
): { stage: string | undefined; index: number; total: number; instruction: string } | undefined {
  const match = /^\[(?:linux\/\S+ )?(?:([^\s\]]+) )? *(\d+)\/(\d+)\] (.*)$/s.exec(name);
  if (!match) return undefined;
  return { stage: match[1], index: Number(match[2]), total: Number(match[3]), instruction: match[4] ?? '' };
}

function keep(lines: string[], line: string, most: number): void {
  lines.push(line);
  if (lines.length > most) lines.shift();
}
