import { describe, expect, it } from '@jest/globals';
import {
  configFiles,
  containerCommand,
  failureReason,
  hostsOf,
  type LayoutRequest,
  platformEnvironment,
  trainingJobArn,
  validateRequest,
} from '../../../src/contract/layout';

const request: LayoutRequest = {
  image: 'img:1',
  jobName: 'job-1',
  region: 'us-east-1',
  instanceType: 'ml.g5.xlarge',
  instanceCount: 2,
  hyperparameters: { epochs: '3', lr: '0.001', arch: 'densenet121' },
  channels: [
    { name: 'train', mode: 'File', contentType: 'application/x-image' },
    { name: 'validation', mode: 'FastFile' },
  ],
  environment: {},
  gpus: false,
  maxRuntimeSeconds: 60,
};

describe('config files', () => {
  it('are what SageMaker writes', () => {
    expect(configFiles(request, 'algo-2')).toEqual({
      'hyperparameters.json': '{"epochs": "3", "lr": "0.001", "arch": "densenet121"}',
      'inputdataconfig.json':
        '{"train": {"ContentType": "application/x-image", "TrainingInputMode": "File", "S3DistributionType": "FullyReplicated", "RecordWrapperType": "None"}, "validation": {"TrainingInputMode": "FastFile", "S3DistributionType": "FullyReplicated", "RecordWrapperType": "None"}}',
      'resourceconfig.json':
        '{"current_host": "algo-2", "current_instance_type": "ml.g5.xlarge", "current_group_name": "homogeneousCluster", "hosts": ["algo-1", "algo-2"], "instance_groups": [{"instance_group_name": "homogeneousCluster", "instance_type": "ml.g5.xlarge", "hosts": ["algo-1", "algo-2"]}], "network_interface_name": "eth0", "topology": null}',
    });
  });

  it('are two bytes without hyperparameters', () => {
    expect(configFiles({ ...request, hyperparameters: {} }, 'algo-1')['hyperparameters.json']).toBe('{}');
  });

  it('sorts hosts as strings', () => {
    expect(hostsOf(11).slice(0, 4)).toEqual(['algo-1', 'algo-10', 'algo-11', 'algo-2']);
  });
});

it.each([
  [{}, { arguments: ['train'] }],
  [{ entrypoint: ['E0', 'E1'] }, { entrypoint: 'E0', arguments: ['E1'] }],
  [{ arguments: ['A0', 'A1'] }, { arguments: ['A0', 'A1'] }],
  [
    { entrypoint: ['E'], arguments: ['A0'] },
    { entrypoint: 'E', arguments: ['A0'] },
  ],
])('command of %j', (parts, command) => {
  expect(containerCommand(parts)).toEqual(command);
});

it('environment: the request may not take the job’s name, and a GPU host says nothing of NVIDIA', () => {
  const environment = { TRAINING_JOB_NAME: 'x', MINE: '1' };
  expect(platformEnvironment({ ...request, environment, gpus: true })).toEqual({
    AWS_REGION: 'us-east-1',
    MINE: '1',
    TRAINING_JOB_NAME: 'job-1',
    TRAINING_JOB_ARN: 'arn:aws:sagemaker:us-east-1:000000000000:training-job/job-1',
  });
  expect(platformEnvironment(request)).toMatchObject({ NVIDIA_VISIBLE_DEVICES: 'void' });
  expect(trainingJobArn('cn-north-1', 'j')).toMatch(/^arn:aws-cn:/);
  expect(trainingJobArn('us-gov-west-1', 'j')).toMatch(/^arn:aws-us-gov:/);
});

describe('validateRequest', () => {
  const many = (count: number): Record<string, string> =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, '1']));
  const channel = (name: string): LayoutRequest['channels'] => [{ name, mode: 'File' }];

  it.each<[string, Partial<LayoutRequest>]>([
    ['as it is', {}],
    ['100 hyperparameters', { hyperparameters: many(100) }],
    ['the longest key and value', { hyperparameters: { ['ä'.repeat(256)]: '😀'.repeat(2500) } }],
    ['a line break in a variable', { environment: { A: 'a\nb' } }],
    ['the longest channel name', { channels: channel('a.-_'.repeat(16)) }],
    ['100 words', { arguments: Array.from({ length: 100 }, () => 'x'.repeat(256)) }],
  ])('takes %s', (_name, parts) => {
    expect(() => validateRequest({ ...request, ...parts })).not.toThrow();
  });

  it.each<[string, Partial<LayoutRequest>, RegExp]>([
    ['101 hyperparameters', { hyperparameters: many(101) }, /101 hyperparameters/],
    ['a long key', { hyperparameters: { ['k'.repeat(257)]: '' } }, /257 characters/],
    ['an empty key', { hyperparameters: { '': '1' } }, /0 characters/],
    ['a long value', { hyperparameters: { k: 'v'.repeat(2501) } }, /2501 characters/],
    ['a line break', { hyperparameters: { k: 'a\nb' } }, /line break/],
    ['a variable’s name', { environment: { 'A-B': '1' } }, /no name of an environment variable/],
    ['a long variable', { environment: { A: 'x'.repeat(513) } }, /variable A is too long/],
    ['a channel that climbs', { channels: channel('..') }, /no name of a channel/],
    ['a channel with a slash', { channels: channel('a/b') }, /no name of a channel/],
    ['a channel twice', { channels: [...channel('a'), ...channel('a')] }, /two channels/],
    [
      '21 channels',
      { channels: Array.from({ length: 21 }, (_, i) => ({ name: `c${i}`, mode: 'File' as const })) },
      /21 channels/,
    ],
    ['no words', { entrypoint: [] }, /0 words/],
    ['an empty program', { entrypoint: [''] }, /first word/],
    ['an option for an image', { image: '--privileged' }, /no name of an image/],
    ['no nodes', { instanceCount: 0 }, /instance count is 0/],
    ['a bad job name', { jobName: 'a_b' }, /no name of a training job/],
  ])('refuses %s', (_name, parts, message) => {
    expect(() => validateRequest({ ...request, ...parts })).toThrow(message);
  });

  it('never shows a variable’s value', () => {
    const environment = { TOKEN: 'hunter2'.repeat(100) };
    expect(() => validateRequest({ ...request, environment })).toThrow(
      expect.not.objectContaining({ message: expect.stringContaining('hunter2') }),
    );
  });
});

it('words the failure as SageMaker does', () => {
  expect(failureReason(undefined, 1)).toBe('AlgorithmError: , exit code: 1');
  expect(failureReason('no data', 2)).toBe('AlgorithmError: no data, exit code: 2');
  expect(failureReason('x'.repeat(5000), 137)).toHaveLength(1024);
});
