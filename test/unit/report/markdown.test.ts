import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { marked, type Token } from 'marked';
import type { RunRecord } from '../../../src/record';
import { toMarkdown } from '../../../src/report/markdown';
import { markerLine, markerOf } from '../../../src/report/marker';
import { toSummary } from '../../../src/report/summary';
import { RECORDS, checks, green, notTrained, trainingFailed } from './records';

const firstLine = (text: string): string => text.split('\n')[0] ?? '';

describe('the first line', () => {
  it.each([
    ['green', '### ✅ Passed: val_acc 0.9246 · 1 min 38 s'],
    ['notTrained', '### ✅ Passed: contract kept · 46 s'],
    [
      'buildFailed',
      '### ❌ Build failed: the Dockerfile failed in line 7: `RUN pip install -r requirements.txt` (exit code 1)',
    ],
    ['contractBroken', '### ❌ Contract broken: `model`, `metrics`'],
    ['trainingFailed', '### ❌ Training failed after 6 min 11 s: CUDA out of memory'],
    ['cancelled', '### ⏹ Cancelled during training after 3 min 4 s'],
    ['nothingToDo', '### ⏭ Nothing to do: the label that was added is not `train`'],
  ] as const)('%s', (name, expected) => {
    expect(firstLine(toMarkdown(RECORDS[name]()))).toBe(expected);
  });

  it('says that a fault of ours is one', () => {
    const record = green();
    delete record.train;
    record.errors.push({ step: 'verify', message: 'x is undefined', details: [], user: false });
    expect(firstLine(toMarkdown(record))).toBe('### ❌ This action failed in its step `verify`: x is undefined');
    expect(toMarkdown(record)).toContain('A fault of this action itself');
  });

  it('takes the last line of a traceback', () => {
    const record = trainingFailed();
    if (record.train)
      record.train.failureReason = 'Traceback (most recent call last):\n  File "a.py"\nValueError: no data';
    expect(firstLine(toMarkdown(record))).toMatch(/: ValueError: no data$/u);
  });
});

describe('the report', () => {
  it('has commit, contract and links in the second line', () => {
    expect(toMarkdown(green()).split('\n')[2]).toBe(
      '`a1b2c3d4e5f6` · contract 12/14, 2 skipped · image 1.36 GB · trained on the runner · ' +
        '[run](https://github.com/acme/histology/actions/runs/19604417283) · ' +
        '[files](https://github.com/acme/histology/actions/runs/19604417283/artifacts/4410028371)',
    );
  });

  it('says cause and change first when it is red', () => {
    const text = toMarkdown(RECORDS.contractBroken());
    expect(text).toMatch(/> \[!CAUTION\]\n> \*\*Cause:\*\* `model`: `\/opt\/ml\/model` was empty after exit code 0\./u);
    expect(text).toContain('> **Change:** Save the model below the folder in `SM_MODEL_DIR`');
    // What the step threw to turn red says nothing more.
    expect(text.match(/\*\*Cause:\*\*/gu)).toHaveLength(2);
    expect(text.indexOf('CAUTION')).toBeLessThan(text.indexOf('<details>'));
  });

  it('has no empty sections', () => {
    const text = toMarkdown(RECORDS.nothingToDo());
    expect(text.match(/<summary>/gu)).toHaveLength(1);
    expect(text).not.toContain('mermaid');
    expect(text).not.toContain('CAUTION');
  });

  it('shows the log of a training that failed, and of no other', () => {
    expect(toMarkdown(trainingFailed())).toContain('torch.OutOfMemoryError');
    expect(toMarkdown(green())).not.toContain('saved /opt/ml/model/model.pth');
  });

  it('shows advice outside the folds', () => {
    const text = toMarkdown(notTrained());
    expect(text).toContain('| `stop` | still running 120 s after SIGTERM; it was killed |');
    expect(text).toContain('> Not trained: add the label `train`');
  });

  it('redacts given secrets', () => {
    const record = trainingFailed();
    record.train?.logTail.push('password is hunter2-hunter2');
    expect(toMarkdown(record, { secrets: ['hunter2-hunter2'] })).toContain('password is ***');
  });

  it('has a line to run it that a shell takes as meant, whatever the values are', () => {
    const record = green();
    const value = `it's $(touch pwned) \`touch pwned\` "x" \\ é \u2028 end`;
    if (record.train) record.train.hyperparameters = { name: value };
    const script = toMarkdown(record).split('````sh\n')[1]?.split('\n````')[0] ?? '';
    const folder = mkdtempSync(join(tmpdir(), 'byoc-report-'));
    try {
      const lines = script.split('\n').filter((line) => /^(?:mkdir|printf)/u.test(line));
      expect(lines).toHaveLength(2);
      expect(spawnSync('sh', ['-ec', lines.join('\n')], { cwd: folder }).status).toBe(0);
      const written = readFileSync(join(folder, 'ml/input/config/hyperparameters.json'), 'utf8');
      expect(JSON.parse(written)).toEqual({ name: value });
      expect(spawnSync('ls', [folder]).stdout.toString()).toBe('ml\n');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('shows of a build argument that may be a secret its name alone', () => {
    const github = `ghp_${'a1B2'.repeat(9)}`;
    const secrets = ["it's a given secret", 'x9'];
    const recipe = {
      context: 'a',
      file: `docker/${github}`,
      target: 'train',
      buildArgs: {
        BASE_IMAGE: 'python:3.12',
        PIP_TOKEN: 'short',
        PLAIN: github,
        INDEX: 'https://bot:hunter22@pypi.example.org/simple',
        GIVEN: "with it's a given secret inside",
        SHORT: 'x9',
      },
    };
    const text = toMarkdown(green(), { recipe, secrets });
    expect(text).toContain(
      '# set in your environment first: PIP_TOKEN, PLAIN, INDEX, GIVEN, SHORT\n' +
        "docker build --platform linux/amd64 --tag byoc/histology:a1b2c3d4e5f6 --file 'docker/***' --target train " +
        '--build-arg BASE_IMAGE=python:3.12 --build-arg PIP_TOKEN --build-arg PLAIN --build-arg INDEX --build-arg GIVEN --build-arg SHORT a\n',
    );
    expect(text).not.toMatch(/a1B2a1B2|hunter22|given secret|short|x9/u);
    expect(toMarkdown(green())).not.toContain('set in your environment');
  });

  it('is cut in the stated order, with a note, and the summary is not', () => {
    const record = trainingFailed();
    if (!record.train || !record.verify) throw new Error('the fixture has both');
    record.train.logTail = Array.from({ length: 150 }, (_, index) => `${index} ${'x'.repeat(300)}`);
    record.verify.checks = checks({ user: { proof: 'y'.repeat(400) } });
    const small = toMarkdown(record, { budgetBytes: 32_000 });
    expect(Buffer.byteLength(small)).toBeLessThanOrEqual(32_000);
    expect(small).toMatch(
      /\*Cut to fit: earlier log lines, image facts\. Whole in \[the job summary\]\(https:.*\)\.\*\n$/u,
    );
    expect(small).toContain('The last lines of the log');
    expect(toSummary(record)).not.toContain('Cut to fit');
  });
});

/** What could break out, forge, notify, link, draw or hide. */
const HOSTILE = [
  '@octocat',
  '@acme/team',
  '#123',
  'acme/histology#5',
  'GH-12',
  'https://evil.example/x',
  'http://evil.example',
  'www.evil.example',
  'ftp://evil.example',
  'evil@evil.example',
  'mailto:evil@evil.example',
  '<img src=x onerror=alert(1)>',
  '![x](https://evil.example/x.png)',
  '[x](https://evil.example)',
  '[x]: https://evil.example',
  '[^1]: note',
  '<!-- sagemaker-byoc-action:v1 key=x run=9 attempt=1 -->',
  '<!--',
  '-->',
  '</details>',
  '<details>',
  '<summary>',
  '<script>',
  '```',
  '````',
  '`````mermaid',
  '~~~',
  '`',
  '``',
  '|',
  '\\|',
  '\\',
  '\\\\',
  '\n# heading',
  '\n## h',
  '\n===',
  '\n---',
  '\n> quote',
  '> [!NOTE]',
  '\n- item',
  '\n1. item',
  '\n\n',
  '\r',
  '\r\n',
  '\u2028',
  '\u0085',
  '\n    indented',
  '\t',
  '**b**',
  '_i_',
  '__b__',
  '~~s~~',
  '$x$',
  '$$',
  ':shipit:',
  '&lt;img&gt;',
  '&#64;octocat',
  '<https://evil.example>',
  '\u202E',
  '\u200B',
  '\u0000',
  '\u001B[31m',
  '\u001B]8;;https://evil.example\u0007',
  '\uD800',
  '😀',
  '%%{init: {}}%%',
  '"',
  "'",
  '::error::',
  '##[add-mask]x',
  ' ',
  'word',
  '漢字',
  'a_b',
] as const;

const hostile = fc
  .array(
    fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom(...HOSTILE) },
      { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 12 }) },
    ),
    {
      maxLength: 12,
    },
  )
  .map((parts) => parts.join(''));
const long = fc
  .tuple(hostile, fc.integer({ min: 1, max: 4000 }))
  .map(([text, times]) => text.repeat(times).slice(0, 200_000));
const text = fc.oneof({ weight: 9, arbitrary: hostile }, { weight: 1, arbitrary: long });
const number = fc.oneof(fc.double(), fc.integer(), fc.double({ min: 0, max: 1 }));

const record: fc.Arbitrary<RunRecord> = fc
  .record({
    base: fc.constantFrom(...Object.values(RECORDS)),
    texts: fc.array(text, { minLength: 8, maxLength: 8 }),
    log: fc.array(text, { maxLength: 60 }),
    metrics: fc.array(fc.record({ name: text, values: fc.array(number, { maxLength: 210 }) }), { maxLength: 45 }),
    hyperparameters: fc.dictionary(text, text, { maxKeys: 80 }),
    many: fc.integer({ min: 1, max: 60 }),
  })
  .map(({ base, texts, log, metrics, hyperparameters, many }) => {
    const made = base();
    const [a = '', b = '', c = '', d = '', e = '', f = '', g = '', h = ''] = texts;
    made.plan.because = a;
    made.plan.notices = [b, c];
    for (const step of ['build', 'verify', 'train', 'comment'] as const) made.plan[step].reason = d;
    for (const error of made.errors) Object.assign(error, { message: e, fix: f, details: log });
    if (made.build) {
      Object.assign(made.build, {
        builder: a,
        imageId: b,
        reference: c,
        platform: d,
        user: e,
        workingDir: f,
        entrypoint: [g],
        cmd: [h],
      });
      for (const layer of made.build.layers) layer.createdBy = g;
    }
    for (const check of made.verify?.checks ?? []) Object.assign(check, { proof: g, fix: h, reason: a, title: b });
    if (made.train) {
      made.train.hyperparameters = hyperparameters;
      made.train.logTail = log;
      if (made.train.status !== 'Completed') made.train.failureReason = c;
      made.train.metrics = metrics.map(({ name, values }) => ({
        name,
        regex: name,
        points: values.map((value, step) => ({ step, timeMilliseconds: step, value })),
        count: values.length,
        dropped: 0,
        ...(values.length > 0 ? { last: values[values.length - 1] ?? 0 } : {}),
      }));
      made.train.channels = [{ name: d, files: 1, sizeBytes: 1, mode: 'File' }];
      const [artifact] = made.train.artifacts;
      if (artifact) made.train.artifacts = Array.from({ length: many }, () => ({ ...artifact, name: e, sha256: f }));
    }
    return made;
  });

function* everyToken(tokens: readonly Token[]): Generator<Token> {
  for (const token of tokens) {
    yield token;
    if ('tokens' in token && token.tokens) yield* everyToken(token.tokens);
    if (token.type === 'list') for (const item of token.items as Token[]) yield* everyToken([item]);
    if (token.type === 'table') {
      const { header, rows } = token as unknown as { header: { tokens: Token[] }[]; rows: { tokens: Token[] }[][] };
      for (const cell of [...header, ...rows.flat()]) yield* everyToken(cell.tokens);
    }
  }
}

const SUMMARY = String.raw`<summary>(?:[\w ,.:·]|\d)+</summary>`;
const FRAME_HTML = new RegExp(
  `^(?:<details>\\n${SUMMARY}|</details>|<!-- sagemaker-byoc-action:v1 key=[\\w.-]+ run=\\d+ attempt=\\d+ -->)\\s*$`,
  'u',
);
const FRAME_LINK = /^https:\/\/github\.com\/acme\/histology\/actions\/runs\/19604417283(?:\/artifacts\/4410028371)?$/u;

it('lets nothing from outside act, whatever it is', () => {
  fc.assert(
    fc.property(record, (made) => {
      const marker = markerLine(markerOf(made));
      const markdown = `${marker}\n${toMarkdown(made)}`;
      expect(Buffer.byteLength(markdown)).toBeLessThan(60_200);
      expect(markdown.split('<!--')).toHaveLength(2);
      const tokens = marked.lexer(markdown, { gfm: true });
      let headings = 0;
      let opened = 0;
      for (const token of everyToken(tokens)) {
        if (token.type === 'heading') headings += 1;
        if (token.type === 'link') expect(token.href).toMatch(FRAME_LINK);
        expect(['image', 'def', 'hr', 'list', 'list_item', 'checkbox', 'del', 'em']).not.toContain(
          token.type === 'em' && ['(empty)'].includes((token as { text: string }).text)
            ? ''
            : token.type === 'em' && token.raw.startsWith('*Cut to fit')
              ? ''
              : token.type,
        );
        if (token.type === 'html') {
          for (const piece of token.raw.split(/\n\n+/u))
            if (piece.trim() !== '') expect(piece.replace(`${marker}\n`, `${marker}`)).toMatch(FRAME_HTML);
          opened += (token.raw.match(/<details>/gu) ?? []).length - (token.raw.match(/<\/details>/gu) ?? []).length;
        }
        if (token.type === 'code') {
          const language = (token as { lang?: string }).lang;
          expect(['text', 'sh', 'mermaid']).toContain(language);
          if (language === 'mermaid')
            expect((token as { text: string }).text).toMatch(
              /^%%\{init: \{"xyChart".*\}%%\nxychart-beta\n(?: {4}(?:x-axis|y-axis|line) .*\n?)+$/u,
            );
        }
      }
      expect(headings).toBe(1);
      expect(opened).toBe(0);
      // As GitHub looks for mentions, references and addresses: in the rendered text outside code.
      const shown = marked
        .parse(markdown, { async: false, gfm: true })
        .replace(/<pre>[\s\S]*?<\/pre>|<code>[\s\S]*?<\/code>|<a [\s\S]*?<\/a>/gu, ' ')
        .replace(/<[^>]*>/gu, ' ')
        .replace(/&#(\d+);/gu, (_, digits: string) => String.fromCharCode(Number(digits)))
        .replace(/&lt;/gu, '<')
        .replace(/&amp;/gu, '&');
      expect(shown).not.toMatch(/@[\w]|#\d|GH-\d|:\/\/|\bwww\.\w|:shipit:/iu);
      expect(shown).not.toMatch(/[\p{Bidi_Control}\uFFFE]|(?!\n)\p{Cc}/u);
    }),
    { numRuns: 250, seed: 20261123 },
  );
}, 120_000);
