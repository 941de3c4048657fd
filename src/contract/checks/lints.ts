import type { ImageFacts } from './inspect';
import { quoted, type Lint } from './scorecard';

/** Serverless endpoints refuse more (AWS, "Serverless endpoints"), and every training job pulls it anew. */
const SIZE_WARNING_BYTES = 10e9;

/** Whether ENTRYPOINT is in shell form: a shell is PID 1, and runs the program as its child. Pure. */
export function isShellForm({ entrypoint: [program = '', option] }: Pick<ImageFacts, 'entrypoint'>): boolean {
  return /^(?:\/usr)?(?:\/bin\/)?(?:ba|da)?sh$/.test(program) && option === '-c';
}

/** Things of an image that work today and bite later; warnings only. Pure. */
export function lintImage(facts: ImageFacts): Lint[] {
  const lints: Lint[] = [];
  const program = facts.entrypoint[0] ?? '';
  if (isShellForm(facts)) {
    lints.push({
      id: 'lint-shell-form',
      title: 'ENTRYPOINT is in the exec form',
      proof: `the entrypoint is ${quoted(facts.entrypoint.join(' '))}: the word \`train\` is lost and the shell, not the training, gets SIGTERM`,
      fix: 'Write ENTRYPOINT as a JSON list: ENTRYPOINT ["python", "train.py"].',
    });
  }
  if (/(?:^|\/)(?:tini|dumb-init)(?:-static)?$/.test(program)) {
    lints.push({
      id: 'lint-tini',
      title: 'No init program stands before the training',
      proof: `the entrypoint is ${quoted(facts.entrypoint.join(' '))}; AWS says that tini is confused by \`train\` and \`serve\``,
      fix: 'Make the training program itself the ENTRYPOINT.',
    });
  }
  if (facts.reservedPaths.length > 0) {
    lints.push({
      id: 'lint-reserved-paths',
      title: '/opt/ml is left to SageMaker',
      proof: `the image brings ${quoted(facts.reservedPaths.join(', '))}; SageMaker mounts its folders over it`,
      fix: 'Put programs into /opt/ml/code or outside /opt/ml, and weights outside it.',
    });
  }
  const launch = [...facts.entrypoint, ...(facts.entrypoint.length === 0 ? [facts.trainProgram ?? ''] : [])].join(' ');
  const unbuffered = facts.environment.some((variable) => /^PYTHONUNBUFFERED=./.test(variable));
  if (/python/.test(launch) && !unbuffered && !/\s-[a-zA-Z]*u\b/.test(launch)) {
    lints.push({
      id: 'lint-unbuffered',
      title: 'Python writes its log without delay',
      proof:
        'PYTHONUNBUFFERED is not set: log lines and metrics arrive late, and the last ones are lost when it is killed',
      fix: 'Add `ENV PYTHONUNBUFFERED=1` to the Dockerfile.',
    });
  }
  const driver = facts.history.find((line) =>
    /\b(?:nvidia-driver-\d|nvidia-utils-\d|libnvidia-compute-\d|cuda-drivers|NVIDIA-Linux-x86_64-)/.test(line),
  );
  if (driver !== undefined) {
    lints.push({
      id: 'lint-nvidia-driver',
      title: 'The NVIDIA driver is left to the host',
      proof: `a layer installs it: ${quoted(driver)}`,
      fix: 'Install the CUDA toolkit (or a framework that brings it), never the driver: it must be the one of the host.',
    });
  }
  if (facts.sizeBytes > SIZE_WARNING_BYTES) {
    lints.push({
      id: 'lint-size',
      title: 'The image is below 10 GB',
      proof: `${(facts.sizeBytes / 1e9).toFixed(1)} GB, pulled anew for every training job`,
      fix: 'Take a smaller base image, clean caches in the layer that makes them, and copy from a build stage.',
    });
  }
  return lints;
}
