import { expect, it } from '@jest/globals';

import { isEngineFault } from '../../../src/contract/job';

const RUNC =
  'failed to create task for container: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: ';

it.each([
  [
    `${RUNC}exec: "/opt/neural-network/train": stat /opt/neural-network/train: no such file or directory: unknown`,
    false,
  ],
  [`${RUNC}exec: "/opt/nvidia/endpoint": permission denied: unknown`, false],
  [`${RUNC}error during container init: exec: "train": executable file not found in $PATH: unknown`, false],
  [`${RUNC}exec /opt/network/train: exec format error`, false],
  [`${RUNC}chdir to cwd ("/opt/network") set in config.json failed: permission denied: unknown`, false],
  ['could not select device driver "" with capabilities: [[gpu]]', true],
  [
    `${RUNC}error running prestart hook #0: exit status 1, stderr: nvidia-container-cli: initialization error: unknown`,
    true,
  ],
  [`${RUNC}error running hook #0: exec: "nvidia-container-runtime-hook": executable file not found in $PATH`, true],
  [`${RUNC}error mounting "/var/lib/x" to rootfs at "/opt/ml/input": no such file or directory`, true],
  ['driver failed programming external connectivity on endpoint x', true],
  ['write /var/lib/docker/x: no space left on device', true],
])('%s: engine fault %p', (error, expected) => {
  expect(isEngineFault(error)).toBe(expected);
});
