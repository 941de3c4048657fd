import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { Readable } from 'node:stream';

import { Docker } from '../contract/docker';
import { LineSplitter } from '../contract/lines';
import type { Deps, Environment } from '../deps';
import { UserError } from '../errors';
import type { Inputs } from '../inputs';
import type { BuildSection } from '../record';
import { redact } from '../report/redact';
import { buildCommand, type BuildCommand, type BuildRequest, imageReference } from './argv';
import { cacheEnvironment } from './cache';
import { surveyContext } from './contents';
import { type BuildContext, checkContext } from './context';
import { findGitCredentials, refuseGitCredentials } from './credentials';
import { freeBytes, judgeDisk } from './disk';
import { readDockerignore } from './dockerignore';
import { probeEngine } from './engine';
import { buildFailure } from './failure';
import { inspectImage } from './inspect';
import { type BuildProgress, ProgressReader } from './progress';
import { type PlannedCommit, proveTree } from './tree';

/** Where and what is built. */
export interface BuildOrder {
  /** The checkout, absolute and real. */
  workspace: string;
  /** The run's private folder. */
  folder: string;
  /** `owner/name`. */
  repository: string;
  planned: PlannedCommit;
}

/** The inputs that build reads. */
export type BuildInputs = Pick<
  Inputs,
  'context' | 'file' | 'target' | 'buildArgs' | 'secrets' | 'cacheFrom' | 'cacheTo' | 'noCache'
>;

/**
 * Builds the image of the planned commit and gives its facts. Looks at everything that can be refused before the engine is
 * given any work: context, commit, credentials, engine, disk.
 *
 * @throws UserError for what the user can mend; the signal's reason when it was cancelled.
 */
export async function buildImage(deps: Deps, inputs: BuildInputs, order: BuildOrder): Promise<BuildSection> {
  const { log, exec, clock, signal } = deps;
  const startedAt = clock.now().toISOString();
  const start = clock.seconds();
  const docker = new Docker(exec);

  const context = await checkContext(order.workspace, inputs);
  const secrets = readSecrets(inputs, deps.env);
  for (const { value } of secrets) log.mask(value);
  const ignore = await readDockerignore(context);
  await proveTree(exec, order.workspace, context, ignore, order.planned, signal);
  log.info(`The checkout is commit ${order.planned.sha}, unchanged.`);
  const contents = await surveyContext(context.directory, ignore);
  refuseGitCredentials(await findGitCredentials(context.directory, contents.gitFiles, ignore));

  const engine = await probeEngine(docker, signal);
  const disk = judgeDisk(await freeBytes(engine.rootDirectory), contents.sizeBytes);
  if (!disk.enough) throw disk.error;
  if ('warning' in disk) log.warning(disk.warning, 'Little disk space');

  const scratch = await mkdtemp(join(order.folder, 'build-'));
  try {
    const request: BuildRequest = {
      builder: engine.builder,
      context: context.directory,
      dockerfile: context.dockerfile,
      target: inputs.target,
      buildArgs: inputs.buildArgs,
      secrets,
      cacheFrom: inputs.cacheFrom,
      cacheTo: inputs.cacheTo,
      noCache: inputs.noCache,
      reference: imageReference(order.repository, order.planned.sha),
      iidFile: join(scratch, 'iid'),
      metadataFile: join(scratch, 'metadata.json'),
    };
    const hidden = { buildArgs: inputs.buildArgs, secrets: secrets.map(({ value }) => value) };
    const command = buildCommand(request);
    const cacheEnv = cacheEnvironment([...inputs.cacheFrom, ...inputs.cacheTo], deps.env);
    command.env = { ...cacheEnv, ...command.env };
    const progress = await log.group(`Build ${request.reference} with ${engine.builderName}`, () =>
      runBuild(deps, docker, command, context, order.workspace, hidden.secrets),
    );

    const id = (await readFile(request.iidFile, 'utf8').catch(() => '')).trim();
    // A builder that stores images elsewhere may tell an id that the engine does not use.
    const known = id !== '' && (await docker.try(['image', 'inspect', id], { signal })).exitCode === 0;
    const facts = await inspectImage(docker, known ? id : request.reference, hidden, signal);
    const told = await configDigestOf(request.metadataFile);
    const configDigest = told ?? (engine.containerdStore ? undefined : facts.imageId);
    const section: BuildSection = {
      startedAt,
      seconds: clock.seconds() - start,
      builder: engine.builderName,
      reference: request.reference,
      ...facts,
      ...(configDigest === undefined ? {} : { configDigest }),
      ...(progress.totalSteps > 0 ? { cachedSteps: progress.cachedSteps, totalSteps: progress.totalSteps } : {}),
    };
    log.info(
      `Built ${section.reference} (${section.imageId}), ${(section.sizeBytes / 1024 ** 3).toFixed(2)} GiB, ` +
        `${progress.cachedSteps} of ${progress.totalSteps} steps from the cache, in ${section.seconds.toFixed(1)} s.`,
    );
    return section;
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** The values of the secrets, each with a variable that nothing else reads. */
function readSecrets(inputs: BuildInputs, env: Environment): BuildRequest['secrets'] {
  return inputs.secrets.map((secret) => {
    const variable = `BUILD_SECRET_${randomBytes(8).toString('hex').toUpperCase()}`;
    if ('value' in secret) return { id: secret.id, value: secret.value, variable };
    const value = env[secret.environmentName];
    // A secret that the event may not read arrives as an empty text, which is no secret either.
    if (value === undefined || value === '') {
      throw new UserError(
        `secrets: "${secret.id}" is taken from the variable ${secret.environmentName}, which is not set.`,
        {
          fix: `Set it in the \`env:\` of the step that uses this action, such as \`${secret.environmentName}: \${{ secrets.${secret.environmentName} }}\`. Pull requests from forks get no secrets.`,
        },
      );
    }
    return { id: secret.id, value, variable };
  });
}

async function runBuild(
  { log, signal }: Deps,
  docker: Docker,
  { args, env }: BuildCommand,
  context: BuildContext,
  workspace: string,
  secrets: readonly string[],
): Promise<BuildProgress> {
  const clean = (text: string): string => (secrets.length > 0 ? redact(text, secrets) : text);
  log.info(redact(`docker ${args.map(quoted).join(' ')}`, secrets));
  const reader = new ProgressReader();
  const sink = log.untrusted();
  let exitCode: number;
  try {
    signal.throwIfAborted();
    const child = docker.spawn(args, { env, signal, killAfterMilliseconds: 3_000 });
    child.stdin.end();
    const onLine = (raw: string): void => {
      const line = clean(raw);
      reader.push(line);
      sink.line(line);
    };
    [exitCode] = await Promise.all([child.exit, pump(child.stdout, onLine), pump(child.stderr, onLine)]);
  } finally {
    sink.close();
  }
  signal.throwIfAborted();
  const progress = reader.read();
  if (exitCode === 0) return progress;
  throw buildFailure({
    exitCode,
    progress,
    dockerfile: {
      name: relative(workspace, context.dockerfile),
      source: await readFile(context.dockerfile, 'utf8').catch(() => ''),
    },
    redact: clean,
  });
}

async function pump(stream: Readable, onLine: (line: string) => void): Promise<void> {
  const splitter = new LineSplitter(onLine);
  for await (const chunk of stream as AsyncIterable<Buffer>) splitter.write(chunk);
  splitter.end();
}

async function configDigestOf(metadataFile: string): Promise<string | undefined> {
  const text = await readFile(metadataFile, 'utf8').catch(() => '{}');
  let metadata: unknown;
  try {
    metadata = JSON.parse(text);
  } catch {
    return undefined;
  }
  const digest = (metadata as Record<string, unknown> | null)?.['containerimage.config.digest'];
  return typeof digest === 'string' && /^sha256:[0-9a-f]{64}$/.test(digest) ? digest : undefined;
}

/** As a person would type it; for the log alone. */
function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
