import { expect, it } from '@jest/globals';

import type { ImageFacts } from '../../../src/contract/checks/inspect';
import { lintImage } from '../../../src/contract/checks/lints';
import { GOOD } from './facts';

const BUFFERED: Partial<ImageFacts> = { environment: ['PATH=/usr/bin'] };

it.each<[string, Partial<ImageFacts>, string[]]>([
  ['a good image', {}, []],
  ['the shell form', { entrypoint: ['/bin/sh', '-c', 'python train.py'] }, ['lint-shell-form']],
  ['a shell script in exec form', { entrypoint: ['/bin/sh', '/opt/program/train.sh'] }, []],
  ['tini', { entrypoint: ['/usr/bin/tini', '--', 'python', 'train.py'] }, ['lint-tini']],
  ['a program called minitini.py', { entrypoint: ['python', 'minitini.py'] }, []],
  ['weights under /opt/ml', { reservedPaths: ['/opt/ml/model/a'] }, ['lint-reserved-paths']],
  ['buffered Python', BUFFERED, ['lint-unbuffered']],
  ['python -u', { ...BUFFERED, entrypoint: ['python3', '-u', 'train.py'] }, []],
  ['a Python `train`', { ...BUFFERED, entrypoint: [], trainProgram: '#!/usr/bin/env python3' }, ['lint-unbuffered']],
  ['an R `train`', { ...BUFFERED, entrypoint: [], trainProgram: '#!/usr/bin/env Rscript' }, []],
  ['the driver', { history: ['RUN /bin/sh -c apt-get install -y nvidia-driver-535'] }, ['lint-nvidia-driver']],
  ['CUDA without it', { history: ['RUN /bin/sh -c apt-get install -y cuda-toolkit-12-4'] }, []],
  ['11 GB', { sizeBytes: 11e9 }, ['lint-size']],
])('%s', (_name, facts, ids) => {
  expect(lintImage({ ...GOOD, ...facts }).map(({ id }) => id)).toEqual(ids);
});
