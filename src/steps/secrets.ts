import { isSecretName } from '../secret-shapes';
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

/**
 * The values that must stand in nothing that is handed out: report, uploaded record and log. Beside the secrets
 * themselves, what was given under a secret's name where a secret does not belong.
 */
export function secretsOf({ deps, inputs }: Pick<StepContext, 'deps' | 'inputs'>): string[] {
  const given = inputs.secrets.map((secret) => ('value' in secret ? secret.value : deps.env[secret.environmentName]));
  const known = SECRET_VARIABLES.map((name) => deps.env[name]);
  const named = [inputs.environment, inputs.buildArgs, inputs.hyperparameters, inputs.verifyHyperparameters].flatMap(
    (values) =>
      Object.entries(values)
        .filter(([name]) => isSecretName(name))
        .map(([, value]) => value),
  );
  const all = [inputs.githubToken, ...given, ...known, ...named].filter(
    (value): value is string => value !== undefined && value !== '',
  );
  return [...new Set(all)];
}
