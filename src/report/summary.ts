import type { RunRecord } from '../record';
import { toMarkdown, type ReportOptions } from './markdown';

/** The runner drops a step's summary above 1 MiB; all that the report can say stays far below. */
const BUDGET_BYTES = 1024 * 1024 - 4096;

/** The report for the job summary: the same Markdown as the comment, without its marker and hardly ever cut. Pure. */
export function toSummary(record: RunRecord, options: Omit<ReportOptions, 'budgetBytes'> = {}): string {
  return toMarkdown(record, { ...options, budgetBytes: BUDGET_BYTES });
}
