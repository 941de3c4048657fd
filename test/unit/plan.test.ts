import { describe, expect, it } from '@jest/globals';
import { readEvent } from '../../src/event/event';
import { parseInputs } from '../../src/inputs';
import { plan, type Facts } from '../../src/plan';
import type { Plan } from '../../src/record';
import { example, examplesOf, pullRequestComment, set } from './payloads';

type Payload = ReturnType<typeof example>;

const EVENT_SHA = 'e'.repeat(40);
const HEAD_SHA = 'a'.repeat(40);

const facts = (more: Partial<Facts> = {}): Facts => ({
  eventSha: EVENT_SHA,
  token: true,
  aws: false,
  selfHosted: false,
  ...more,
});

const planned = (
  name: string,
  payload: Payload,
  given: Record<string, string> = {},
  found: Partial<Facts> = {},
): Plan => plan(readEvent(name, payload), parseInputs(JSON.stringify(given)), facts(found));

/** `build verify train comment`, a letter each that runs. */
function steps(decided: Plan): string {
  return (['build', 'verify', 'train', 'comment'] as const).map((step) => (decided[step].run ? step[0] : '-')).join('');
}

const pull = (action: string): Payload => {
  const payload = example('pull_request', (candidate) => candidate['action'] === action);
  const repository = (payload['pull_request'] as { base: { repo: { id: number } } }).base.repo.id;
  return set(payload, 'pull_request.head.repo.id', repository);
};
const fork = (action: string): Payload => set(pull(action), 'pull_request.head.repo.id', 1);
const labeled = (label: string): Payload => set(pull('labeled'), 'label', { name: label });
const dependabot = (): Payload => set(pull('synchronize'), 'sender.login', 'dependabot[bot]');
const push = (branch: string): Payload =>
  set(
    example('push', (p) => p['ref'] === 'refs/heads/master'),
    'ref',
    `refs/heads/${branch}`,
  );
const tag = (): Payload => example('push', (p) => p['ref'] === 'refs/tags/simple-tag' && p['deleted'] === false);
const release = (action: string): Payload => example('release', (p) => p['action'] === action);

const TRAIN_PR = { 'train-on': 'pull_request' };
const commenter = (more: Partial<NonNullable<Facts['comment']>> = {}): Partial<Facts> => ({
  comment: { headSha: HEAD_SHA, head: 'topic', base: 'main', fork: false, open: true, permission: 'write', ...more },
});

describe('plan: the event table', () => {
  // event, payload, inputs, facts → steps that run, and what the reason of `train` says
  const rows: [string, string, () => Payload, Record<string, string>, Partial<Facts>, string, RegExp][] = [
    ['pull request', 'pull_request', () => pull('opened'), {}, {}, 'bv-c', /did not add the label/],
    ['pull request, train-on it', 'pull_request', () => pull('synchronize'), TRAIN_PR, {}, 'bvtc', /`pull_request`/],
    ['label train added', 'pull_request', () => labeled('train'), {}, {}, 'bvtc', /label `train` was added/],
    ['another label added', 'pull_request', () => labeled('bug'), {}, {}, 'bv-c', /did not add the label/],
    [
      'label train, not asked for',
      'pull_request',
      () => labeled('train'),
      { 'train-on': 'merge' },
      {},
      'bv-c',
      /has no `pull_request`/,
    ],
    [
      'push after the label',
      'pull_request',
      () => set(pull('synchronize'), 'pull_request.labels', [{ name: 'train' }]),
      {},
      {},
      'bv-c',
      /this event did not add/,
    ],
    ['verify off', 'pull_request', () => pull('opened'), { verify: 'off' }, {}, 'b--c', /./],
    ['comment off', 'pull_request', () => pull('opened'), { comment: 'false' }, {}, 'bv--', /./],
    ['no token', 'pull_request', () => pull('opened'), {}, { token: false }, 'bv--', /./],
    ['fork', 'pull_request', () => fork('opened'), {}, {}, 'bv--', /did not add the label/],
    ['fork, hosted, train-on it', 'pull_request', () => fork('opened'), TRAIN_PR, {}, 'bvt-', /`pull_request`/],
    [
      'fork, self-hosted',
      'pull_request',
      () => fork('opened'),
      TRAIN_PR,
      { selfHosted: true },
      'bv--',
      /never trained on a self-hosted/,
    ],
    [
      'fork, self-hosted, with AWS',
      'pull_request',
      () => fork('opened'),
      TRAIN_PR,
      { selfHosted: true, aws: true },
      'bv--',
      /never trained/,
    ],
    ['deleted fork', 'pull_request', () => set(pull('opened'), 'pull_request.head.repo', null), {}, {}, 'bv--', /./],
    ['Dependabot, self-hosted', 'pull_request', dependabot, TRAIN_PR, { selfHosted: true }, 'bv-c', /never trained/],
    [
      'Dependabot, able',
      'pull_request',
      dependabot,
      TRAIN_PR,
      { selfHosted: true, aws: true },
      'bvtc',
      /`pull_request`/,
    ],
    [
      'own branch, self-hosted',
      'pull_request',
      () => pull('opened'),
      TRAIN_PR,
      { selfHosted: true },
      'bvtc',
      /`pull_request`/,
    ],
    ['closed', 'pull_request', () => pull('closed'), TRAIN_PR, {}, '----', /was closed/],
    [
      'merged',
      'pull_request',
      () => set(pull('closed'), 'pull_request.merged', true),
      TRAIN_PR,
      {},
      '----',
      /was merged/,
    ],
    [
      '/train by a writer',
      'issue_comment',
      () => pullRequestComment('/train'),
      {},
      commenter(),
      'bvtc',
      /someone who may write/,
    ],
    [
      '/train by an admin',
      'issue_comment',
      () => pullRequestComment('/train\r\nplease'),
      {},
      commenter({ permission: 'admin' }),
      'bvtc',
      /may write/,
    ],
    [
      '/train at the head',
      'issue_comment',
      () => pullRequestComment(`/train ${HEAD_SHA.slice(0, 7)}`),
      {},
      commenter(),
      'bvtc',
      /may write/,
    ],
    [
      '/train at another commit',
      'issue_comment',
      () => pullRequestComment('/train bbbbbbb'),
      {},
      commenter(),
      '----',
      /not the head/,
    ],
    [
      '/train with something else',
      'issue_comment',
      () => pullRequestComment('/train; rm -rf /'),
      {},
      commenter(),
      '----',
      /no command/,
    ],
    [
      '/train with words',
      'issue_comment',
      () => pullRequestComment('/train now'),
      {},
      commenter(),
      '----',
      /nothing but a commit id/,
    ],
    [
      '/train by a reader',
      'issue_comment',
      () => pullRequestComment('/train'),
      {},
      commenter({ permission: 'read' }),
      '----',
      /only people who may write/,
    ],
    [
      '/train, permission unknown',
      'issue_comment',
      () => pullRequestComment('/train'),
      {},
      commenter({ permission: undefined }),
      '----',
      /did not say/,
    ],
    ['/train, API silent', 'issue_comment', () => pullRequestComment('/train'), {}, {}, '----', /nobody can be let in/],
    [
      '/train on a fork',
      'issue_comment',
      () => pullRequestComment('/train'),
      {},
      commenter({ fork: true }),
      '----',
      /fork/,
    ],
    [
      '/train on a closed one',
      'issue_comment',
      () => pullRequestComment('/train'),
      {},
      commenter({ open: false }),
      '----',
      /closed/,
    ],
    [
      '/train edited in',
      'issue_comment',
      () => pullRequestComment('/train', 'edited'),
      {},
      commenter(),
      '----',
      /only a new comment/,
    ],
    [
      '/train on an issue',
      'issue_comment',
      () =>
        set(
          example('issue_comment', (p) => p['action'] === 'created'),
          'comment.body',
          '/train',
        ),
      {},
      {},
      '----',
      /on an issue/,
    ],
    [
      '/train not asked for',
      'issue_comment',
      () => pullRequestComment('/train'),
      { 'train-on': 'label' },
      commenter(),
      '----',
      /does not have `comment`/,
    ],
    [
      '/train in the second line',
      'issue_comment',
      () => pullRequestComment('hi\n/train'),
      {},
      commenter(),
      '----',
      /no command/,
    ],
    ['push to the default branch', 'push', () => push('master'), {}, {}, 'bv--', /does not have `merge`/],
    ['push to it, train-on merge', 'push', () => push('master'), { 'train-on': 'merge' }, {}, 'bvt-', /has `merge`/],
    [
      'push to another branch',
      'push',
      () => push('topic'),
      { 'train-on': 'merge' },
      {},
      'bv--',
      /only the default branch/,
    ],
    [
      'branch deleted',
      'push',
      () => set(set(push('topic'), 'deleted', true), 'after', '0'.repeat(40)),
      {},
      {},
      '----',
      /nothing left/,
    ],
    ['tag pushed', 'push', tag, {}, {}, 'bv--', /release does not train/],
    [
      'merge group',
      'merge_group',
      () => example('merge_group'),
      { 'train-on': 'merge' },
      {},
      'bv--',
      /merge group does not train/,
    ],
    ['release published', 'release', () => release('published'), {}, {}, 'bv--', /release does not train/],
    ['release created', 'release', () => release('created'), {}, {}, '----', /only a published/],
    ['by hand', 'workflow_dispatch', () => example('workflow_dispatch'), {}, {}, 'bvt-', /`dispatch`/],
    [
      'by hand, not trained',
      'workflow_dispatch',
      () => example('workflow_dispatch'),
      { 'train-on': 'label' },
      {},
      'bv--',
      /does not have `dispatch`/,
    ],
    ['schedule', 'schedule', () => ({ schedule: '0 4 * * *' }), {}, {}, '----', /neither builds nor trains/],
    ['workflow_run', 'workflow_run', () => example('workflow_run'), {}, {}, '----', /not this run/],
  ];

  it.each(rows)('%s', (_title, name, payload, given, found, expected, reason) => {
    const decided = planned(name, payload(), given, found);
    expect(steps(decided)).toBe(expected);
    expect(decided.train.reason).toMatch(reason);
    expect(decided.sha).toMatch(/^[0-9a-f]{40}$/);
    for (const step of ['build', 'verify', 'train', 'report', 'comment'] as const) {
      expect(decided[step].reason.length).toBeGreaterThan(10);
    }
  });

  it('decides for every published example of the events it knows', () => {
    let seen = 0;
    for (const name of [
      'pull_request',
      'issue_comment',
      'push',
      'merge_group',
      'release',
      'workflow_dispatch',
      'workflow_run',
    ]) {
      for (const payload of examplesOf(name)) {
        const decided = planned(name, payload);
        expect(decided.report.run).toBe(true);
        seen += 1;
      }
    }
    expect(seen).toBeGreaterThan(60);
  });

  it('binds the head of a pull request, never the merge commit', () => {
    const payload = pull('synchronize');
    const request = payload['pull_request'] as { head: { sha: string }; merge_commit_sha: string };
    expect(planned('pull_request', payload).sha).toBe(request.head.sha);
    expect(planned('pull_request', payload).sha).not.toBe(request.merge_commit_sha);
    expect(planned('issue_comment', pullRequestComment('/train'), {}, commenter()).sha).toBe(HEAD_SHA);
  });

  it('binds the commit of an annotated tag, not the tag object', () => {
    const payload = tag();
    expect(planned('push', payload).sha).toBe((payload['head_commit'] as { id: string }).id);
  });

  it('says why a refused command was refused, as a notice', () => {
    expect(
      planned('issue_comment', pullRequestComment('/train'), {}, commenter({ permission: 'none' })).notices,
    ).toEqual(['/train refused: only people who may write to this repository start a training.']);
  });

  it('runs nothing on a dry run, and keeps the reasons', () => {
    const decided = planned('pull_request', pull('opened'), { 'dry-run': 'true', ...TRAIN_PR });
    expect(steps(decided)).toBe('----');
    expect(decided.train.reason).toBe('dry run; else: `train-on` has `pull_request`');
    expect(decided.report.run).toBe(false);
  });

  it('refuses pull_request_target, with the reason', () => {
    expect(() => planned('pull_request_target', pull('opened'))).toThrow('`pull_request_target` is refused');
  });

  it('refuses an event of an unknown kind', () => {
    expect(() => planned('fork', example('fork'))).toThrow('`fork` is of a kind this action does not know');
    expect(() => planned('x\n::error::y', {})).toThrow(/`x\?\?\?error\?\?y`/);
  });

  it.each([
    ['pull_request', { action: 'opened' }, 'pull_request is no object'],
    ['pull_request', set(pull('opened'), 'pull_request.head.sha', 'main'), 'pull_request.head.sha is no commit id'],
    ['push', { ref: 1 }, 'ref is no string'],
    ['issue_comment', set(pullRequestComment('/train'), 'issue.number', '7'), 'issue.number is no whole number'],
    ['release', [], 'the payload is no object'],
  ])('refuses a broken %s payload', (name, payload, message) => {
    expect(() => readEvent(name, payload)).toThrow(message);
  });
});
