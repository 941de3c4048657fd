import { execFile } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from '@jest/globals';
import type { RunRecord } from '../../src/record';
import { ROOT } from '../scenario/harness';

/** `npm run demo`, as a newcomer runs it: the container of this repository, trained on the micrograph. */
describe('the demo', () => {
  const out = join(ROOT, 'out');
  let record: RunRecord;
  let said: string;

  beforeAll(async () => {
    const tsx = join(ROOT, 'node_modules/.bin/tsx');
    const { stdout } = await promisify(execFile)(tsx, ['scripts/demo.ts'], { cwd: ROOT, maxBuffer: 64 * 1024 * 1024 });
    said = stdout;
    record = JSON.parse(readFileSync(join(out, 'record.json'), 'utf8')) as RunRecord;
  }, 500_000);

  it('leaves what it says it leaves', () => {
    for (const name of ['pull-request.html', 'report.md', 'record.json', 'model.tar.gz']) {
      expect(said).toContain(`out/${name}`);
      expect(existsSync(join(out, name))).toBe(true);
    }
    expect(readFileSync(join(out, 'pull-request.html'), 'utf8')).toContain('✅ Passed');
  });

  it('finds the container to keep its contract, and says what it did not look at', () => {
    const checks = record.verify?.checks ?? [];
    expect(checks.filter(({ verdict }) => verdict === 'fail')).toEqual([]);
    expect(checks.filter(({ verdict }) => verdict === 'skipped').map(({ id }) => id)).toEqual(['nodes', 'serve']);
  });

  it('learns: balanced accuracy above 0.85, and 0.15 above the constant guess', () => {
    const test = join(ROOT, 'container/sample/test');
    const sizes = readdirSync(test).map((name) => readdirSync(join(test, name)).length);
    const constantGuess = Math.max(...sizes) / sizes.reduce((sum, size) => sum + size, 0);
    const balanced = record.train?.metrics.find(({ name }) => name === 'val_balanced_acc');
    expect(balanced?.count).toBe(15);
    expect(balanced?.last).toBeGreaterThan(0.85);
    expect(balanced?.last).toBeGreaterThan(constantGuess + 0.15);
  });
});
