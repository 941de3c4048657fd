import type { RunRecord } from '../record';
import { isSecretName } from '../secret-shapes';
import { oneLine } from './escape';
import { redact } from './redact';

/** How the image was built, as the workflow said it. */
export interface Recipe {
  context: string;
  file?: string;
  target?: string;
  buildArgs: Readonly<Record<string, string>>;
}

/** Longer values make no line to copy. */
const ARGUMENT_LENGTH_MAX = 2_000;

/**
 * The commands that do on any machine with Docker what this run did, or none when no image was made. Everybody may read
 * them: a build argument whose value could be a secret comes without it (the client then takes it from its environment).
 * Pure.
 *
 * @param secrets - values that must not stand in the commands
 */
export function reproduce(record: RunRecord, recipe: Recipe | undefined, secrets: readonly string[] = []): string[] {
  return commands(record, recipe && withoutSecrets(recipe, secrets)).map((line) => redact(line, secrets));
}

/** A recipe that may be shown; an argument without a value is one that was left out. */
interface PublicRecipe extends Omit<Recipe, 'buildArgs'> {
  buildArgs: readonly (readonly [name: string, value: string | undefined])[];
}

function withoutSecrets({ context, file, target, buildArgs }: Recipe, secrets: readonly string[]): PublicRecipe {
  // Before anything is quoted for a shell: a quoted secret would not be known again.
  const clean = (text: string): string => redact(text, secrets);
  const harmless = (name: string, value: string): boolean =>
    !isSecretName(name) &&
    clean(value) === value &&
    clean(`${name}=${value}`) === `${name}=${value}` &&
    // Also the short ones, which `redact` leaves alone.
    !secrets.some((secret) => secret !== '' && value.includes(secret));
  return {
    context: clean(context),
    ...(file === undefined ? {} : { file: clean(file) }),
    ...(target === undefined ? {} : { target: clean(target) }),
    buildArgs: Object.entries(buildArgs).map(([name, value]) => [name, harmless(name, value) ? value : undefined]),
  };
}

function commands(record: RunRecord, recipe: PublicRecipe | undefined): string[] {
  const build = record.build;
  if (!build || !/^[0-9a-f]{40}$/u.test(record.plan.sha)) return [];
  const image = /^[\w./:@-]{1,200}$/u.test(build.reference) ? build.reference : 'byoc/image';
  const lines = [`git checkout ${record.plan.sha}`];
  const unset = (recipe?.buildArgs ?? []).flatMap(([name, value]) => (value === undefined ? [name] : []));
  if (unset.length > 0)
    lines.push(oneLine(`# set in your environment first: ${unset.join(', ')}`, ARGUMENT_LENGTH_MAX));
  lines.push(buildLine(image, recipe));

  const hyperparameters = record.train?.hyperparameters ?? {};
  const channels = (record.train?.channels ?? [])
    .map(({ name }) => name)
    .filter((name) => /^[\w.-]{1,64}$/u.test(name));
  const folders = ['input/config', 'model', 'output', ...channels.slice(0, 20).map((name) => `input/data/${name}`)];
  lines.push(`mkdir -p ${folders.map((folder) => `ml/${folder}`).join(' ')}`);
  if (channels.length > 0)
    lines.push(
      `# copy your data into ${channels
        .slice(0, 20)
        .map((name) => `ml/input/data/${name}`)
        .join(', ')}`,
    );
  const json = asciiJson(hyperparameters);
  lines.push(
    json.length <= ARGUMENT_LENGTH_MAX
      ? `printf '%s' ${quoted(json)} > ml/input/config/hyperparameters.json`
      : '# write ml/input/config/hyperparameters.json: too long to show here, see report.json',
  );
  const gpus = record.train?.gpus === true ? ' --gpus all' : '';
  lines.push(`docker run --rm${gpus} --volume "$PWD/ml:/opt/ml" ${image} train`);
  return lines;
}

function buildLine(image: string, recipe: PublicRecipe | undefined): string {
  const words = ['docker build --platform linux/amd64 --tag', image];
  if (recipe?.file !== undefined) words.push('--file', word(recipe.file));
  if (recipe?.target !== undefined) words.push('--target', word(recipe.target));
  for (const [name, value] of recipe?.buildArgs ?? [])
    words.push('--build-arg', word(value === undefined ? name : `${name}=${value}`));
  words.push(word(recipe?.context ?? '.'));
  const line = words.join(' ');
  return line.length <= ARGUMENT_LENGTH_MAX
    ? line
    : `docker build --platform linux/amd64 --tag ${image} .  # and the build arguments of the workflow`;
}

function word(text: string): string {
  const line = oneLine(text, ARGUMENT_LENGTH_MAX);
  return /^[\w./:@=+,-]+$/u.test(line) ? line : quoted(line);
}

/** A POSIX shell word: nothing in it acts. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** JSON in plain ASCII, so that nothing invisible is copied along, and never a line end. */
function asciiJson(value: unknown): string {
  return JSON.stringify(value).replace(/[^\x20-\x7E]/gu, (character) =>
    Array.from(
      { length: character.length },
      (_, index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`,
    ).join(''),
  );
}
