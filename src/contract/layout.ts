import { UserError } from '../errors';

/**
 * What SageMaker puts in front of a container: files, environment, command line. Pure.
 *
 * Sources: SageMaker Developer Guide, "How Amazon SageMaker Provides Training Information" and "Run Your Training
 * Algorithm Container"; limits from the API model of CreateTrainingJob. What the guide leaves open follows real jobs' files.
 */

export const INPUT_FOLDER = '/opt/ml/input';
export const MODEL_FOLDER = '/opt/ml/model';
export const OUTPUT_FOLDER = '/opt/ml/output';
export const CHECKPOINT_FOLDER = '/opt/ml/checkpoints';

/** The parts of a request that these functions read. */
export interface LayoutRequest {
  image: string;
  jobName: string;
  region: string;
  instanceType: string;
  instanceCount: number;
  hyperparameters: Readonly<Record<string, string>>;
  channels: readonly { name: string; mode: 'File' | 'FastFile'; contentType?: string }[];
  environment: Readonly<Record<string, string>>;
  entrypoint?: readonly string[];
  arguments?: readonly string[];
  gpus: boolean;
  maxRuntimeSeconds: number;
}

/** `algo-1` … in SageMaker's order, which is the order of strings. */
export function hostsOf(instanceCount: number): string[] {
  return Array.from({ length: instanceCount }, (_, index) => `algo-${index + 1}`).sort();
}

/** Path of a channel in the container. */
export function channelFolder(name: string): string {
  return `${INPUT_FOLDER}/data/${name}`;
}

/** JSON on one line, with a blank after `:` and `,` as the documented files have it; keys in the given order. */
function oneLineJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(oneLineJson).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${oneLineJson(item)}`);
    return `{${entries.join(', ')}}`;
  }
  return JSON.stringify(value);
}

/** `hyperparameters.json`: the map as it was sent, every value a string; `{}` without any. */
export function hyperparametersJson(hyperparameters: Readonly<Record<string, string>>): string {
  return oneLineJson(hyperparameters);
}

/** `inputdataconfig.json`: optional keys are absent, and where the data came from is not in it. */
export function inputDataConfigJson(channels: LayoutRequest['channels']): string {
  return oneLineJson(
    Object.fromEntries(
      channels.map(({ name, mode, contentType }) => [
        name,
        {
          ...(contentType === undefined ? {} : { ContentType: contentType }),
          TrainingInputMode: mode,
          S3DistributionType: 'FullyReplicated',
          RecordWrapperType: 'None',
        },
      ]),
    ),
  );
}

/** `resourceconfig.json` of one host. */
export function resourceConfigJson(currentHost: string, hosts: readonly string[], instanceType: string): string {
  return oneLineJson({
    current_host: currentHost,
    current_instance_type: instanceType,
    current_group_name: 'homogeneousCluster',
    hosts,
    instance_groups: [{ instance_group_name: 'homogeneousCluster', instance_type: instanceType, hosts }],
    network_interface_name: 'eth0',
    topology: null,
  });
}

/** The files of /opt/ml/input/config by name, for one host. */
export function configFiles(request: LayoutRequest, host: string): Record<string, string> {
  const hosts = hostsOf(request.instanceCount);
  return {
    'hyperparameters.json': hyperparametersJson(request.hyperparameters),
    'inputdataconfig.json': inputDataConfigJson(request.channels),
    'resourceconfig.json': resourceConfigJson(host, hosts, request.instanceType),
  };
}

/** The job's ARN in an account of zeros. */
export function trainingJobArn(region: string, jobName: string): string {
  const partition = region.startsWith('cn-') ? 'aws-cn' : region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
  return `arn:${partition}:sagemaker:${region}:000000000000:training-job/${jobName}`;
}

/**
 * What the platform sets, and the request's own variables. No credentials, and nothing of the machine we run on. The
 * job's name and ARN are the platform's alone.
 */
export function platformEnvironment(request: LayoutRequest): Record<string, string> {
  return {
    AWS_REGION: request.region,
    ...(request.gpus ? {} : { NVIDIA_VISIBLE_DEVICES: 'void' }),
    ...request.environment,
    TRAINING_JOB_NAME: request.jobName,
    TRAINING_JOB_ARN: trainingJobArn(request.region, request.jobName),
  };
}

/**
 * How the container is started: `--entrypoint` where the request replaces it, and what stands after the image's name.
 * `train` is added only when neither is replaced.
 */
export function containerCommand(request: Pick<LayoutRequest, 'entrypoint' | 'arguments'>): {
  entrypoint?: string;
  arguments: string[];
} {
  const [program, ...rest] = request.entrypoint ?? [];
  if (program === undefined) return { arguments: [...(request.arguments ?? ['train'])] };
  return { entrypoint: program, arguments: [...rest, ...(request.arguments ?? [])] };
}

const LIMITS = {
  hyperparameters: 100,
  hyperparameterKey: 256,
  hyperparameterValue: 2500,
  environment: 100,
  environmentText: 512,
  channels: 20,
  command: 100,
  commandText: 256,
  instances: 20,
} as const;

/**
 * Refuses what CreateTrainingJob refuses.
 * @throws UserError for the first thing that is wrong
 */
export function validateRequest(request: LayoutRequest): void {
  validateHyperparameters(request.hyperparameters);
  validateEnvironment(request.environment);
  validateChannels(request.channels);
  validateCommand('entrypoint', request.entrypoint);
  validateCommand('arguments', request.arguments);
  if (request.image === '' || request.image.startsWith('-') || hasLineBreak(request.image)) {
    throw new UserError(`«${shown(request.image)}» is no name of an image.`, {
      fix: 'Use the name or id that `docker images` shows.',
    });
  }
  if (!/^[a-zA-Z0-9](?:-*[a-zA-Z0-9]){0,62}$/.test(request.jobName)) {
    throw new UserError(`«${shown(request.jobName)}» is no name of a training job.`, {
      fix: 'Use at most 63 letters, digits and hyphens; a hyphen neither first nor last.',
    });
  }
  if (!/^[a-z0-9-]{1,64}$/.test(request.region)) {
    throw new UserError(`«${shown(request.region)}» is no AWS region.`, { fix: 'Write it like us-east-1.' });
  }
  const { instanceCount } = request;
  if (!Number.isInteger(instanceCount) || instanceCount < 1 || instanceCount > LIMITS.instances) {
    throw new UserError(`The instance count is ${instanceCount}.`, {
      fix: `Use a whole number from 1 to ${LIMITS.instances}.`,
    });
  }
  if (!(request.maxRuntimeSeconds >= 1)) {
    throw new UserError(`The longest run time is ${request.maxRuntimeSeconds} seconds.`, {
      fix: 'Use 1 second or more.',
    });
  }
}

function validateHyperparameters(hyperparameters: Readonly<Record<string, string>>): void {
  const entries = Object.entries(hyperparameters);
  if (entries.length > LIMITS.hyperparameters) {
    throw new UserError(`There are ${entries.length} hyperparameters; SageMaker takes ${LIMITS.hyperparameters}.`, {
      fix: 'Put the rest into one hyperparameter as JSON, or into a file of an input channel.',
    });
  }
  for (const [key, value] of entries) {
    if (lengthOf(key) > LIMITS.hyperparameterKey || key === '') {
      throw new UserError(`The hyperparameter name «${shown(key)}» has ${lengthOf(key)} characters.`, {
        fix: `Use 1 to ${LIMITS.hyperparameterKey}.`,
      });
    }
    if (lengthOf(value) > LIMITS.hyperparameterValue) {
      throw new UserError(`The value of hyperparameter «${shown(key)}» has ${lengthOf(value)} characters.`, {
        fix: `SageMaker takes ${LIMITS.hyperparameterValue}. Put it into a file of an input channel.`,
      });
    }
    if (hasLineBreak(key) || hasLineBreak(value)) {
      throw new UserError(`Hyperparameter «${shown(key)}» has a line break.`, {
        fix: 'SageMaker refuses line breaks in names and values of hyperparameters. Write it on one line.',
      });
    }
  }
}

function validateEnvironment(environment: Readonly<Record<string, string>>): void {
  const entries = Object.entries(environment);
  if (entries.length > LIMITS.environment) {
    throw new UserError(`There are ${entries.length} environment variables; SageMaker takes ${LIMITS.environment}.`, {
      fix: 'Leave some out.',
    });
  }
  for (const [name, value] of entries) {
    if (!/^[a-zA-Z_][a-zA-Z0-9_]*$/.test(name) || name.length > LIMITS.environmentText) {
      throw new UserError(`«${shown(name)}» is no name of an environment variable.`, {
        fix: `Use letters, digits and _, no digit first, at most ${LIMITS.environmentText} characters.`,
      });
    }
    // The value is never shown: it may be a secret.
    if (lengthOf(value) > LIMITS.environmentText || value.includes('\0')) {
      throw new UserError(`The value of environment variable ${name} is too long or has a NUL character.`, {
        fix: `SageMaker takes ${LIMITS.environmentText} characters.`,
      });
    }
  }
}

function validateChannels(channels: LayoutRequest['channels']): void {
  if (channels.length > LIMITS.channels) {
    throw new UserError(`There are ${channels.length} channels; SageMaker takes ${LIMITS.channels}.`, {
      fix: 'Put several folders into one channel.',
    });
  }
  const seen = new Set<string>();
  for (const { name, contentType } of channels) {
    // "." and ".." fit SageMaker's pattern, yet can be no folder's name.
    if (!/^[A-Za-z0-9.\-_]{1,64}$/.test(name) || name === '.' || name === '..') {
      throw new UserError(`«${shown(name)}» is no name of a channel.`, {
        fix: 'Use 1 to 64 letters, digits, dots, hyphens and underscores, such as train.',
      });
    }
    if (seen.has(name)) {
      throw new UserError(`There are two channels with the name «${name}».`, { fix: 'Give each a name of its own.' });
    }
    seen.add(name);
    if (contentType !== undefined && (contentType.length > 256 || hasLineBreak(contentType))) {
      throw new UserError(`The content type of channel «${name}» is too long or has a line break.`, {
        fix: 'Use at most 256 characters, such as application/x-image.',
      });
    }
  }
}

function validateCommand(what: 'entrypoint' | 'arguments', words: readonly string[] | undefined): void {
  if (words === undefined) return;
  if (words.length < 1 || words.length > LIMITS.command) {
    throw new UserError(`The ${what} has ${words.length} words; SageMaker takes 1 to ${LIMITS.command}.`, {
      fix: `Leave ${what} out, or give it a word.`,
    });
  }
  if (what === 'entrypoint' && words[0] === '') {
    throw new UserError('The first word of the entrypoint is empty.', { fix: 'Name the program there.' });
  }
  const tooLong = words.find((word) => lengthOf(word) > LIMITS.commandText || word.includes('\0'));
  if (tooLong !== undefined) {
    throw new UserError(`A word of ${what} is too long or has a NUL character: «${shown(tooLong)}».`, {
      fix: `SageMaker takes ${LIMITS.commandText} characters a word. Put the rest into a script.`,
    });
  }
}

function hasLineBreak(text: string): boolean {
  return /[\r\n\u0085\u2028\u2029\0]/.test(text);
}

/** Characters as a person counts them, not UTF-16 units. */
function lengthOf(text: string): number {
  return [...text].length;
}

/** A piece of foreign text short enough for a message. */
function shown(text: string): string {
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

/** `FailureReason` may have this many characters. */
export const FAILURE_REASON_LENGTH_MAX = 1024;

/** As SageMaker words it: with an empty place where no failure file was written. The exit code is never cut off. */
export function failureReason(failureText: string | undefined, exitCode: number): string {
  const prefix = 'AlgorithmError: ';
  const suffix = `, exit code: ${exitCode}`;
  const room = FAILURE_REASON_LENGTH_MAX - prefix.length - suffix.length;
  return prefix + [...(failureText ?? '')].slice(0, room).join('') + suffix;
}
