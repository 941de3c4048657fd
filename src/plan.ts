import { UserError } from './errors';
import type { RunEvent } from './event/event';
import type { Inputs } from './inputs';
import type { Plan, PlannedStep } from './record';

/** What the edge found out before anything is decided. `undefined` means: could not be found out (fail closed). */
export interface Facts {
  /** `GITHUB_SHA`: the commit of events that name none (release, dispatch, schedule). */
  eventSha: string;
  /** A token for the API is there. */
  token: boolean;
  /** OIDC or ambient AWS credentials are there. */
  aws: boolean;
  /** The runner is self-hosted: pull requests of strangers must not train on it. */
  selfHosted: boolean;
  /** For a comment on a pull request: what the API says of it and of who commented. */
  comment?: {
    headSha: string;
    head: string;
    base: string;
    fork: boolean;
    open: boolean;
    /** `admin`, `write`, `read`, `none`; `undefined` when the API did not say. */
    permission: string | undefined;
  };
}

type PlanInputs = Pick<Inputs, 'verify' | 'trainOn' | 'comment' | 'dryRun'>;

const yes = (reason: string): PlannedStep => ({ run: true, reason });
const no = (reason: string): PlannedStep => ({ run: false, reason });

/** What the rows of the event table differ in; the rest follows from the inputs. */
interface Row {
  sha: string;
  because: string;
  build: PlannedStep;
  train: PlannedStep;
  pullRequest?: NonNullable<Plan['pullRequest']>;
  /** Why the pull request can't be commented on whatever the inputs say. */
  silent?: string;
  notices?: string[];
}

/**
 * Decides every later step from the event, the inputs and the facts, and says why in words. Nothing else in the
 * action looks at the event's kind.
 *
 * @throws UserError for events that the action refuses to run on
 */
export function plan(event: RunEvent, inputs: PlanInputs, facts: Facts): Plan {
  return complete(row(event, inputs, facts), inputs, facts);
}

function row(event: RunEvent, inputs: PlanInputs, facts: Facts): Row {
  switch (event.kind) {
    case 'pull_request':
      return pullRequest(event, inputs, facts);
    case 'issue_comment':
      return comment(event, inputs, facts);
    case 'push':
      return push(event, inputs, facts);
    case 'merge_group':
      return {
        sha: event.sha,
        because: 'a merge group was queued',
        build: yes('a merge group is built and verified before it lands'),
        train: no('a merge group does not train'),
      };
    case 'release':
      return event.action === 'published' && !event.draft
        ? { sha: facts.eventSha, because: 'a release was published', ...untilRegistry }
        : nothing(
            facts.eventSha,
            `a release was ${event.draft ? 'drafted' : event.action}`,
            'only a published release counts',
          );
    case 'workflow_dispatch':
      return {
        sha: facts.eventSha,
        because: 'the workflow was started by hand',
        build: yes('started by hand'),
        train: inputs.trainOn.includes('dispatch')
          ? yes('`train-on` has `dispatch`')
          : no('`train-on` does not have `dispatch`'),
      };
    case 'schedule':
      return nothing(facts.eventSha, 'the schedule came round', 'a schedule neither builds nor trains');
    case 'workflow_run':
      return nothing(facts.eventSha, 'another workflow ended', 'its tree is not this run’s to build');
    case 'pull_request_target':
      throw new UserError('The event `pull_request_target` is refused.', {
        fix:
          'It runs with the secrets of the base repository, and building a pull request’s Dockerfile would hand them to ' +
          'whoever opened it. Use `on: pull_request`.',
      });
    case 'unknown':
      throw new UserError(`The event \`${event.name}\` is of a kind this action does not know.`, {
        fix: 'Run it on pull_request, push, merge_group, release, workflow_dispatch, issue_comment, schedule or workflow_run.',
      });
  }
}

/** A release or a tag: promoted from the registry where the commit has an image there, else made here. */
const untilRegistry = {
  build: yes('this commit has no image yet'),
  train: no('a release does not train'),
} as const;

function nothing(sha: string, because: string, reason: string): Row {
  return { sha, because, build: no(reason), train: no(reason) };
}

function pullRequest(event: Extract<RunEvent, { kind: 'pull_request' }>, inputs: PlanInputs, facts: Facts): Row {
  const base: Pick<Row, 'sha' | 'because' | 'pullRequest' | 'silent'> = {
    sha: event.sha,
    because: `pull request #${event.number}: ${event.action.replace(/[^a-z_]/g, '?')}`,
    pullRequest: { number: event.number, fork: event.fork, base: event.base, head: event.head },
    ...(event.fork ? { silent: 'pull requests from forks get a token that may not comment' } : {}),
  };
  if (event.action === 'closed') {
    const reason = `the pull request was ${event.merged ? 'merged' : 'closed'}`;
    return { ...base, build: no(reason), train: no(reason), silent: reason };
  }

  const notices: string[] = [];
  if (event.fork)
    notices.push(
      'This pull request comes from a fork: no secrets, no AWS, no comment; the job summary has the report.',
    );
  else if (event.dependabot && !facts.aws)
    notices.push('Dependabot’s runs get no secrets, so nothing here touches AWS.');

  return { ...base, build: yes('every commit of a pull request is built and verified'), train: trains(), notices };

  function trains(): PlannedStep {
    const asked = inputs.trainOn.includes('pull_request')
      ? '`train-on` has `pull_request`'
      : inputs.trainOn.includes('label') && event.labelAdded === 'train'
        ? 'the label `train` was added'
        : undefined;
    if (asked === undefined) {
      return no(
        inputs.trainOn.includes('label')
          ? '`train-on` has no `pull_request`, and this event did not add the label `train`'
          : '`train-on` has no `pull_request`',
      );
    }
    const stranger = event.fork || (event.dependabot && !facts.aws);
    if (stranger && facts.selfHosted) {
      return no('code of strangers is never trained on a self-hosted runner');
    }
    return yes(asked);
  }
}

function comment(event: Extract<RunEvent, { kind: 'issue_comment' }>, inputs: PlanInputs, facts: Facts): Row {
  const because = `a comment on #${event.number}`;
  const idle = (reason: string): Row => nothing(facts.eventSha, because, reason);
  const command = /^\/train(?:\s+(.*))?$/.exec(event.firstLine);

  if (!command) return idle('it is no command');
  if (event.action !== 'created') return idle('only a new comment counts, not an edited or deleted one');
  if (!event.pullRequest) return idle('it is on an issue, not on a pull request');
  if (!inputs.trainOn.includes('comment')) return idle('`train-on` does not have `comment`');

  const found = facts.comment;
  if (!found) {
    return refused('the pull request could not be looked up with this token, so nobody can be let in');
  }
  if (found.permission !== 'admin' && found.permission !== 'write') {
    return refused(
      found.permission === undefined
        ? 'GitHub did not say whether the commenter may write here'
        : 'only people who may write to this repository start a training',
    );
  }
  if (!found.open) return refused('the pull request is closed');
  if (found.fork) {
    return refused(
      'the pull request comes from a fork, whose code must not be built next to this repository’s secrets',
    );
  }
  const wanted = command[1]?.trim();
  if (wanted !== undefined && wanted !== '' && !/^[0-9a-f]{7,40}$/.test(wanted)) {
    return refused('`/train` takes nothing but a commit id');
  }
  if (wanted && !found.headSha.startsWith(wanted)) {
    return refused('the commit named is not the head of the pull request any more');
  }
  return {
    sha: found.headSha,
    because: `${because}: /train`,
    build: yes('a training starts from an image of this very commit'),
    train: yes('`/train` by someone who may write here'),
    pullRequest: { number: event.number, fork: false, base: found.base, head: found.head },
  };

  function refused(reason: string): Row {
    return { ...idle(`/train refused: ${reason}`), notices: [`/train refused: ${reason}.`] };
  }
}

function push(event: Extract<RunEvent, { kind: 'push' }>, inputs: PlanInputs, facts: Facts): Row {
  if (event.deleted) return nothing(facts.eventSha, 'a branch or tag was deleted', 'there is nothing left to build');
  if (event.branch === undefined) return { sha: event.sha, because: 'a tag was pushed', ...untilRegistry };
  if (event.branch !== event.defaultBranch) {
    return {
      sha: event.sha,
      because: 'a push to a branch',
      build: yes('every push is built and verified'),
      train: no('only the default branch and pull requests train'),
    };
  }
  return {
    sha: event.sha,
    because: 'a push to the default branch',
    build: yes('every push is built and verified'),
    train: inputs.trainOn.includes('merge') ? yes('`train-on` has `merge`') : no('`train-on` does not have `merge`'),
  };
}

function complete(row: Row, inputs: PlanInputs, facts: Facts): Plan {
  const verify = !row.build.run
    ? no(row.build.reason)
    : inputs.verify === 'off'
      ? no('`verify` is `off`')
      : yes(
          inputs.verify === 'strict'
            ? 'advisory checks count too'
            : 'an image is only trusted when it keeps the contract',
        );
  const steps: Pick<Plan, 'build' | 'verify' | 'train' | 'report' | 'comment'> = {
    build: row.build,
    verify,
    train: row.train,
    report: yes('what happened is always reported'),
    comment: commented(row, inputs, facts),
  };
  const plan: Plan = {
    sha: row.sha,
    because: row.because,
    ...(row.pullRequest ? { pullRequest: row.pullRequest } : {}),
    ...steps,
    notices: row.notices ?? [],
  };
  if (!inputs.dryRun) return plan;
  const dry = (step: PlannedStep): PlannedStep => (step.run ? no(`dry run; else: ${step.reason}`) : step);
  return {
    ...plan,
    build: dry(plan.build),
    verify: dry(plan.verify),
    train: dry(plan.train),
    report: dry(plan.report),
    comment: dry(plan.comment),
  };
}

function commented(row: Row, inputs: PlanInputs, facts: Facts): PlannedStep {
  if (!row.pullRequest) return no('this event belongs to no pull request');
  if (row.silent !== undefined) return no(row.silent);
  if (!inputs.comment) return no('`comment` is `false`');
  if (!facts.token) return no('there is no token (`github-token` is empty)');
  return yes(`on pull request #${row.pullRequest.number}`);
}
