import { buildImage } from '../image/build';
import { checkoutRef } from '../image/tree';
import type { Step } from './step';

/** Proves the tree, builds the image, and records what it is. */
export const build: Step = async (context) => {
  const { deps, inputs, record, folder, workspace } = context;
  if (!record.plan.build.run) {
    deps.log.info(`No build: ${record.plan.build.reason}.`);
    return;
  }
  const { sha } = record.plan;
  record.build = await buildImage(deps, inputs, {
    workspace,
    folder,
    repository: record.run.repository,
    planned: { sha, ref: checkoutRef(record.run.eventName, sha, deps.env['GITHUB_SHA']) },
  });
  deps.outputs.set('image-id', record.build.imageId);
  await context.save();
};
