import type { ImageFacts } from '../../../src/contract/checks/inspect';
import { Scorecard, type ScorecardRules } from '../../../src/contract/checks/scorecard';
import type { CheckResult } from '../../../src/record';

/** An image with nothing to find fault with. */
export const GOOD: ImageFacts = {
  os: 'linux',
  architecture: 'amd64',
  user: '',
  environment: ['PATH=/usr/bin', 'PYTHONUNBUFFERED=1'],
  labels: {},
  entrypoint: ['python3', '/opt/program/train.py'],
  command: [],
  sizeBytes: 1e9,
  history: ['ENTRYPOINT ["python3" "/opt/program/train.py"]', 'COPY train.py /opt/program/ # buildkit', ''],
  reservedPaths: [],
};

export const RULES: ScorecardRules = { level: 'standard', skip: [], hasMetricDefinitions: true, instanceCount: 1 };

/** A scorecard and what it told, in order. */
export function scorecardWith(rules: Partial<ScorecardRules> = {}): { scorecard: Scorecard; told: CheckResult[] } {
  const told: CheckResult[] = [];
  return { scorecard: new Scorecard({ ...RULES, ...rules }, (result) => void told.push(result)), told };
}
