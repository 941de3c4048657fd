import { describe, expect, it } from '@jest/globals';

import { checkSecrets, findSecrets } from '../../../src/contract/checks/secrets';
import { GOOD, scorecardWith } from './facts';

// Put together here so that no scanner takes this file for a leak.
const GITHUB_TOKEN = `ghp_${'a1B2'.repeat(9)}`;
const PRIVATE_KEY = `-----BEGIN OPENSSH ${'PRIVATE'} KEY-----`;

describe('findSecrets', () => {
  it.each([
    ['ENV AWS_KEY=AKIAIOSFODNN7EXAMPLE', 'an AWS access key'],
    ['ENV ID=ASIAIOSFODNN7EXAMPLE', 'an AWS access key'],
    [`RUN |1 T=${GITHUB_TOKEN} /bin/sh -c git clone`, 'a GitHub token'],
    [`RUN /bin/sh -c echo "${PRIVATE_KEY}" > /root/.ssh/id # buildkit`, 'a private key'],
    ['RUN /bin/sh -c pip install -i https://bot:hunter22@pypi.example.org/simple x', 'a password in a URL'],
    ['RUN |1 PIP_TOKEN=correct-horse /bin/sh -c pip install x # buildkit', 'a value for PIP_TOKEN'],
    ['ARG DB_PASSWORD=correct-horse', 'a value for DB_PASSWORD'],
    ['/bin/sh -c #(nop)  ENV API_KEY="correct horse"', 'a value for API_KEY'],
    ['ENV WANDB_API_KEY=0123456789abcdef0123456789abcdef01234567', 'a value for WANDB_API_KEY'],
  ])('finds %s', (createdBy, kind) => {
    const found = findSecrets({ ...GOOD, history: [createdBy] });
    expect(found.map((secret) => secret.kind)).toContain(kind);
    expect(found.map(({ redacted, where }) => redacted + where).join()).not.toMatch(/horse|hunter22|IOSFODNN7/);
  });

  it.each([
    'ENV TOKENIZERS_PARALLELISM=false',
    'ENV GPG_KEY=7169605F62C751356D054A26A821E680E5FA6305',
    'ENV PYTHON_GET_PIP_SHA256=9cc01665956d22b3bf057ae8287b035827bfd895da235bcea200ab3b811790b6',
    'ENV GOOGLE_APPLICATION_CREDENTIALS=/run/secrets/google.json',
    'ENV PASSWORD=',
    'ARG HF_TOKEN',
    'ENV HF_TOKEN=$HF_TOKEN',
    'ENV API_KEY=<your-key>',
    'ENV API_TOKEN=changeme',
    'RUN --mount=type=secret,id=pip_token /bin/sh -c pip install x',
    'RUN /bin/sh -c useradd --password-file=/tmp/x trainer',
    'RUN /bin/sh -c curl https://example.org:443/file@v2',
    'ENV MAX_TOKENS=4096',
  ])('leaves %s alone', (createdBy) => {
    expect(findSecrets({ ...GOOD, history: [createdBy] })).toEqual([]);
  });

  it('tells of a secret once, and says where', () => {
    const secret = 'DB_PASSWORD=correct-horse-battery';
    const found = findSecrets({ ...GOOD, environment: [secret], history: [`ENV ${secret}`] });
    expect(found).toEqual([
      {
        where: 'environment variable DB_PASSWORD',
        kind: 'a value for DB_PASSWORD',
        redacted: 'corr***, 21 characters',
      },
    ]);
  });

  it('takes time in proportion to hostile text', () => {
    const begun = performance.now();
    for (const text of [
      'A='.repeat(50_000),
      'a://'.repeat(30_000),
      '-----BEGIN A '.repeat(10_000),
      `x="${'a'.repeat(1e5)}`,
    ])
      findSecrets({ ...GOOD, history: [text] });
    expect(performance.now() - begun).toBeLessThan(3_000);
  });
});

it('the check names the place and not the secret', async () => {
  const { scorecard, told } = scorecardWith();
  await checkSecrets({ ...GOOD, labels: { 'deploy.token': 'correct-horse-battery' } }, scorecard);
  expect(told).toMatchObject([{ id: 'secrets', verdict: 'fail', required: true }]);
  expect(JSON.stringify(told)).toContain('label deploy.token');
  expect(JSON.stringify(told)).not.toContain('horse');
});
