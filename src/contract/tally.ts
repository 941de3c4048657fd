import { CHECK_IDS, type CheckResult } from '../record';

/** How the promises of the contract stand; warnings (`lint-…`) are none of them. */
export interface Tally {
  kept: number;
  /** Required ones that failed. */
  broken: number;
  /** Advisory ones that failed. */
  advice: number;
  skipped: number;
  /** All promises there are, decided or not. */
  promises: number;
}

/** Counts verdicts. Pure. */
export function tallyOf(checks: readonly CheckResult[]): Tally {
  const promises = checks.filter(({ id }) => CHECK_IDS.some((known) => known === id));
  const count = (wanted: CheckResult['verdict'], required?: boolean): number =>
    promises.filter((check) => check.verdict === wanted && (required ?? check.required) === check.required).length;
  return {
    kept: count('pass'),
    broken: count('fail', true),
    advice: count('fail', false),
    skipped: count('skipped'),
    promises: CHECK_IDS.length,
  };
}

/** `, 1 advice, 3 skipped`: what there is of these, to follow the kept ones. Pure. */
export function restOf({ advice, skipped }: Tally): string {
  return (advice > 0 ? `, ${advice} advice` : '') + (skipped > 0 ? `, ${skipped} skipped` : '');
}
