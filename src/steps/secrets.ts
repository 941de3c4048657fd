import type { StepContext } from './step';

/** Variables whose values are secrets wherever they turn up. */
const SECRET_VARIABLES = [
  'ACTIONS_ID_TOKEN_REQUEST_TOKEN',
  'ACTIONS_RUNTIME_TOKEN',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
  'GITHUB_TOKEN',
  'GH_TOKEN',
];

/** The values that must stand in nothing that is handed out: report, uploaded record and log. */
export function secretsOf({ deps, inputs }: StepContext): string[] {
  const named = inputs.secrets.map((secret) => ('value' in secret ? secret.value : deps.env[secret.environmentName]));
  const known = SECRET_VARIABLES.map((name) => deps.env[name]);
  return [inputs.githubToken, ...named, ...known].filter(
    (value): value is string => value !== undefined && value !== '',
  );
}
