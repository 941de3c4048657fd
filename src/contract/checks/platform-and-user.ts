import type { ImageFacts } from './inspect';
import { quoted, type Scorecard } from './scorecard';

/** All of SageMaker's training instances but one Grace-Blackwell type are amd64 (`TrainingInstanceType`). */
export async function checkPlatform(facts: ImageFacts, scorecard: Scorecard): Promise<void> {
  const platform = `${facts.os}/${facts.architecture}`;
  if (platform === 'linux/amd64') await scorecard.pass('platform', platform, 0);
  else {
    await scorecard.fail(
      'platform',
      `the image is for ${quoted(platform, 50)}`,
      'Build it for linux/amd64: take a base image that exists for it and remove `--platform` from FROM lines.',
      0,
    );
  }
}

/** SageMaker's /opt/ml/input/config cannot even be entered by others than root. */
export async function checkUser(facts: ImageFacts, scorecard: Scorecard): Promise<void> {
  const user = facts.user.split(':')[0] ?? '';
  if (user === '' || user === 'root' || user === '0') {
    await scorecard.pass('user', user === '' ? 'no USER is set, so it is root' : `USER is ${user}`, 0);
  } else {
    await scorecard.fail(
      'user',
      `USER is ${quoted(facts.user, 50)}; on SageMaker only root can read /opt/ml/input/config`,
      'End the Dockerfile with `USER root`.',
      0,
    );
  }
}
