import { MAKE_ROOM } from '../disk-full';
import { UserError } from '../errors';
import { findInstruction, parseDockerfile, type Instruction } from './dockerfile';
import type { BuildProgress } from './progress';

/** What is known of a build that failed. */
export interface FailedBuild {
  exitCode: number;
  progress: BuildProgress;
  /** The Dockerfile's text and its name for people. */
  dockerfile: { name: string; source: string };
  /** Takes secrets out of a text. */
  redact: (text: string) => string;
}

/** Causes that have a fix better than "look at the output". The first that matches is told. */
const CAUSES: readonly { pattern: RegExp; message: string; fix: string }[] = [
  { pattern: /no space left on device/i, message: "the engine's disk is full", fix: MAKE_ROOM },
  {
    pattern: /toomanyrequests|pull rate limit/i,
    message: 'the registry of the base image refuses more pulls (rate limit)',
    fix: 'Log in with docker/login-action before this action, or take the base image from another registry (such as public.ecr.aws).',
  },
  {
    pattern:
      /pull access denied|insufficient_scope|authorization failed|401 Unauthorized|403 Forbidden.*(?:manifests|blobs)|no basic auth credentials/i,
    message: 'the base image cannot be pulled: it does not exist, or a login is needed',
    fix: 'Correct the name in FROM, or log in to its registry before this action (docker/login-action; for ECR aws-actions/amazon-ecr-login).',
  },
  {
    pattern:
      /(?:manifests|blobs)\S*: (?:not found|404)|manifest unknown|: not found: manifest|no match for platform|does not match the specified platform/i,
    message: 'the base image has no such tag, or none for linux/amd64',
    fix: 'Correct the image in FROM.',
  },
  {
    pattern:
      /failed to (?:do request|resolve|fetch|authorize).*(?:dial tcp|no such host|i\/o timeout|TLS handshake|connection refused|context deadline)/i,
    message: 'a registry could not be reached',
    fix: 'Run the job again; if it stays, check the network, proxy and firewall of the runner.',
  },
  {
    pattern: /cache export (?:is )?not supported|cache export feature is currently not supported/i,
    message: 'this builder cannot export a layer cache',
    fix: 'Add docker/setup-buildx-action before this action (driver docker-container), or leave `cache-to` empty.',
  },
  {
    pattern: /secret \S+(?: not found)?: not found/i,
    message: 'the Dockerfile asks for a secret that is not given',
    fix: 'Add a line `<id>=@ENV_NAME` to the input `secrets`, with the id that the Dockerfile names.',
  },
  {
    pattern: /target stage "?[^"]*"? could not be found|could not find target stage/i,
    message: 'the Dockerfile has no stage of that name',
    fix: 'Correct the input `target`: it is the name after `AS` in a FROM line.',
  },
  {
    pattern: /exit code: 137\b/,
    message: 'a command was killed, most likely for want of memory',
    fix: 'Take a larger runner, or let the command use less memory (fewer parallel jobs).',
  },
  {
    pattern: /"[^"]*"(?: not found)?: not found$|failed to (?:compute|calculate) (?:cache key|checksum)/i,
    message: 'a file to copy is not in the build context',
    fix: 'Correct the path (it is relative to the context), commit the file, or take it out of .dockerignore.',
  },
  {
    pattern:
      /unknown instruction|dockerfile parse error|requires (?:at least|exactly) \w+ argument|file with no instructions/i,
    message: 'the Dockerfile cannot be parsed',
    fix: 'Correct the line shown.',
  },
];

/** What a client says whose engine ended under it. */
const ENGINE_GONE =
  /cannot connect to the docker daemon|is the docker daemon running|error during connect|error reading from server|transport is closing|unexpected EOF|connection reset by peer|broken pipe|code = (?:Unavailable|Canceled)|use of closed network connection|received prior goaway|no active session/i;

/** The error of a failing build: the failing line of the Dockerfile, the last output of that step, and the fix where one is known. */
export function buildFailure({ exitCode, progress, dockerfile, redact }: FailedBuild): UserError {
  const { failed, finalError, excerpt, tail } = progress;
  // What a command printed does not decide the cause, but for what only it could see.
  const said = [failed?.error ?? '', finalError].join('\n');
  const heard = [said, ...(failed ? failed.output : tail)].join('\n');
  const cause =
    CAUSES.find(({ pattern }) => pattern.test(said)) ??
    CAUSES.find(({ message, pattern }) => message.includes('disk') && pattern.test(heard));
  if (!failed && !cause) {
    const last = [finalError, ...tail].join('\n');
    if (ENGINE_GONE.test(last)) {
      return new UserError('The Docker engine went away in the midst of the build.', {
        fix: 'Look at its log (`journalctl -u docker`): it was restarted, or ran out of memory or disk. Then run the job again.',
        details: tail.slice(-5).map(redact),
      });
    }
  }

  const place = placeOf(dockerfile, progress);
  const where = place === undefined ? '' : ` at ${dockerfile.name}:${place.line}`;
  const why = cause ? `: ${cause.message}` : failed ? ': a command failed' : ` (exit code ${exitCode})`;
  const lines = [
    ...(excerpt.length > 0 ? excerpt : place ? excerptOf(dockerfile.name, place) : []),
    ...(failed ? [`> ${failed.name}`, ...failed.output, failed.error] : tail),
    ...(finalError !== '' && !tail.includes(finalError) ? [finalError] : []),
  ];
  return new UserError(`The image build failed${where}${why}.`, {
    fix: cause?.fix ?? 'Correct the instruction shown; `docker build` of the same context shows the same locally.',
    details: lines.filter((line) => line.trim() !== '').map(redact),
  });
}

/** The failing instruction or line: what the builder says, else counted out by the name of the step. */
function placeOf(
  dockerfile: FailedBuild['dockerfile'],
  { excerpt, failed, finalError }: BuildProgress,
): Instruction | undefined {
  const instructions = parseDockerfile(dockerfile.source);
  const told =
    /:(\d+)$/.exec(excerpt[0] ?? '')?.[1] ??
    /(?:dockerfile parse error(?: on)? |^)line (\d+):/i.exec(finalError)?.[1] ??
    /parse error on line (\d+)/i.exec(finalError)?.[1];
  if (told !== undefined) {
    const line = Number(told);
    const text = dockerfile.source.split(/\r?\n/)[line - 1] ?? '';
    return (
      instructions.find((one) => one.line <= line && line <= one.endLine) ?? {
        keyword: '',
        line,
        endLine: line,
        text: [text],
      }
    );
  }
  return failed ? findInstruction(instructions, failed.name) : undefined;
}

/** In the form that newer BuildKits print. */
function excerptOf(name: string, { line, text }: Instruction): string[] {
  return [
    `${name}:${line}`,
    ...text.slice(0, 20).map((one, index) => `${String(line + index).padStart(4)} | >>> ${one}`),
  ];
}
