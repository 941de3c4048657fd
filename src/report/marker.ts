import type { RunRecord } from '../record';

/** What a sticky comment's first line says, hidden: whose comment it is and which run wrote it. */
export interface Marker {
  commentKey: string;
  runId: bigint;
  runAttempt: number;
}

/** The marker stands at the very start; anywhere else it is somebody's text. */
const MARKER = /^<!-- sagemaker-byoc-action:v1 key=([\w.-]{1,128}) run=(\d{1,20}) attempt=(\d{1,6}) -->/u;

/** The marker of a record. */
export function markerOf(record: RunRecord): Marker {
  return {
    commentKey: record.commentKey.replace(/[^\w.-]/gu, '-').slice(0, 128) || 'default',
    runId: /^\d{1,20}$/u.test(record.run.runId) ? BigInt(record.run.runId) : 0n,
    runAttempt: Math.max(1, Math.min(999_999, Math.trunc(record.run.runAttempt) || 1)),
  };
}

/** The marker as the comment's first line. */
export function markerLine({ commentKey, runId, runAttempt }: Marker): string {
  return `<!-- sagemaker-byoc-action:v1 key=${commentKey} run=${runId} attempt=${runAttempt} -->`;
}

/** The marker at the start of a comment, or `undefined`. */
export function readMarker(body: string): Marker | undefined {
  const match = MARKER.exec(body);
  if (!match) return undefined;
  const [, commentKey = '', run = '', attempt = ''] = match;
  return { commentKey, runId: BigInt(run), runAttempt: Number(attempt) };
}

/** Below 0 when `a` is of an older run, or an older attempt of the same run, than `b`. */
export function compareRuns(a: Marker, b: Marker): number {
  if (a.runId !== b.runId) return a.runId < b.runId ? -1 : 1;
  return a.runAttempt - b.runAttempt;
}
