import type { Docker } from '../contract/docker';
import type { BuildSection, ImageLayer } from '../record';
import { redact } from '../report/redact';

/** What the engine says of an image. */
export type ImageFacts = Pick<
  BuildSection,
  'imageId' | 'platform' | 'sizeBytes' | 'layers' | 'entrypoint' | 'cmd' | 'user' | 'workingDir'
>;

const LAYERS_MAX = 200;
const CREATED_BY_CHARACTERS = 300;

/** Values that are kept out of the facts. */
export interface HiddenValues {
  buildArgs: Readonly<Record<string, string>>;
  secrets: readonly string[];
}

/**
 * Asks the engine for an image's facts. `image` is its id, or its name where the engine does not know that id.
 * @throws UserError when the engine does not have it (or is gone).
 */
export async function inspectImage(
  docker: Docker,
  image: string,
  hidden: HiddenValues,
  signal: AbortSignal,
): Promise<ImageFacts> {
  const doing = 'reading what was built';
  const json = ['--format', '{{json .}}'];
  const [inspected, history] = await Promise.all([
    docker.run(['image', 'inspect', ...json, image], doing, { signal }),
    docker.run(['history', '--no-trunc', '--human=false', ...json, image], doing, { signal }),
  ]);
  const facts = object(JSON.parse(inspected));
  const config = object(facts['Config']);
  const variant = text(facts['Variant']);
  return {
    imageId: text(facts['Id']),
    platform: `${text(facts['Os'])}/${text(facts['Architecture'])}${variant && variant !== 'v8' ? `/${variant}` : ''}`,
    sizeBytes: Number(facts['Size'] ?? 0),
    layers: parseHistory(history, hidden),
    entrypoint: texts(config['Entrypoint']),
    cmd: texts(config['Cmd']),
    user: text(config['User']),
    workingDir: text(config['WorkingDir']),
  };
}

/** `docker history`'s JSON lines, oldest layer first, without what adds no bytes. Pure. */
export function parseHistory(jsonLines: string, hidden: HiddenValues): ImageLayer[] {
  const layers: ImageLayer[] = [];
  for (const line of jsonLines.split('\n')) {
    if (line.trim() === '') continue;
    const entry = object(JSON.parse(line));
    const sizeBytes = Number.parseInt(text(entry['Size']), 10) || 0;
    if (sizeBytes === 0) continue;
    const createdBy = shorten(text(entry['CreatedBy']), hidden);
    const comment = text(entry['Comment']);
    // `docker import` leaves no instruction, only its source: mostly "-", the standard input.
    const origin = comment.startsWith('Imported from ') ? '(imported)' : comment;
    layers.push({ createdBy: createdBy || origin || 'unknown', sizeBytes });
  }
  return layers.reverse().slice(0, LAYERS_MAX);
}

/**
 * `RUN |1 TOKEN=x /bin/sh -c make # buildkit` → `RUN make`. The values of build arguments stand before every command in an
 * image's history; none of them is repeated.
 */
function shorten(createdBy: string, { buildArgs, secrets }: HiddenValues): string {
  let short = createdBy.replace(/ # buildkit$/, '');
  if (/\|\d+ /.test(short)) {
    for (const [name, value] of Object.entries(buildArgs)) short = short.replaceAll(`${name}=${value} `, '');
    short = short.replace(/^(RUN )?\|\d+ .*?(?=\/bin\/\S*sh )/s, '$1');
  }
  short = short
    .replace(/^RUN \/bin\/sh -c /, 'RUN ')
    .replace(/^\/bin\/sh -c #\(nop\) +/, '')
    .replace(/^\/bin\/sh -c /, 'RUN ');
  short = redact(short.replace(/\s+/g, ' ').trim(), secrets);
  return short.length > CREATED_BY_CHARACTERS ? `${short.slice(0, CREATED_BY_CHARACTERS - 1)}…` : short;
}

function object(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function texts(value: unknown): string[] | null {
  return Array.isArray(value) ? value.map(text) : null;
}
