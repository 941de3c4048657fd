import { describe, expect, it } from '@jest/globals';

import type { RunRecord } from '../../../src/record';
import { toMarkdown } from '../../../src/report/markdown';
import { checks, notTrained } from './records';

const LOG = ['Traceback (most recent call last):', '  File "/app/train.py", line 19, in main', "KeyError: 'weights'"];

/** A run whose check `train-argument` failed, and others that judge the same run. */
function failed(more: { crash?: string; log?: string[] }, others: Parameters<typeof checks>[0] = {}): RunRecord {
  const record = notTrained();
  const fail = { verdict: 'fail', proof: 'exit code 1', fix: 'Fix the program', ...more } as const;
  if (!record.verify) throw new Error('the fixture has it');
  record.verify.checks = checks({ 'train-argument': fail, ...others });
  record.verify.passed = false;
  return record;
}

describe('a script that crashed in its sample run', () => {
  it('is the title, and its log lines stand under the caution', () => {
    const text = toMarkdown(failed({ crash: "KeyError: 'weights'", log: LOG }));
    expect(text.split('\n')[0]).toBe("### ❌ The container crashed in its sample run: KeyError: 'weights'");
    expect(text).toContain(`\n\n\`\`\`\`text\n${LOG.join('\n')}\n\`\`\`\`\n`);
    expect(text.indexOf('CAUTION')).toBeLessThan(text.indexOf('Traceback'));
    expect(text.indexOf('Traceback')).toBeLessThan(text.indexOf('<details>'));
  });

  it('is not the title when the argument was not understood, or when more is broken', () => {
    const first = (record: RunRecord): string => toMarkdown(record).split('\n')[0] ?? '';
    expect(first(failed({ log: LOG }))).toBe('### ❌ Contract broken: `train-argument`');
    expect(first(failed({ crash: 'x', log: LOG }, { secrets: { verdict: 'fail' } }))).toBe(
      '### ❌ Contract broken: `train-argument`, `secrets`',
    );
  });

  it('shows the lines of one run once, and none of advisory checks', () => {
    const text = toMarkdown(
      failed(
        { log: LOG },
        { model: { verdict: 'fail', log: LOG }, stop: { verdict: 'fail', required: false, log: ['advisory line'] } },
      ),
    );
    expect(text.match(/KeyError/gu)).toHaveLength(1);
    expect(text).not.toContain('advisory line');
  });

  it('shows hostile lines as text, without secrets', () => {
    const text = toMarkdown(
      failed({
        crash: '@octocat <img src=x> #1 hunter2-hunter2',
        log: ['````', '<!-- x -->', 'hunter2-hunter2', '\u001B[31mred'],
      }),
      { secrets: ['hunter2-hunter2'] },
    );
    expect(text.split('\n')[0]).toMatch(/@\u200Boctocat &lt;img src=x&gt; \\#\u200B1 \\\*\\\*\\\*$/u);
    expect(text).toContain('\n`````text\n````\n<! -- x -->\n***\nred\n`````\n');
    expect(text).not.toContain('hunter2');
  });
});

it('counts the promises only, always of 14, and tells advice from what is broken', () => {
  const record = failed({}, { stop: { verdict: 'fail', required: false }, nodes: { verdict: 'skipped' } });
  record.verify?.checks.push({
    ...{ id: 'lint-size', title: '', required: false, verdict: 'fail', seconds: 0, proof: 'big' },
  });
  const text = toMarkdown(record);
  expect(text.split('\n')[2]).toContain(' · contract 11/14, 1 advice, 1 skipped · ');
  expect(text).toContain('<summary>Contract: 11 of 14 kept, 1 advice, 1 skipped · ');
  expect(text).toContain('Suggestions (they do not fail the run):');
});
