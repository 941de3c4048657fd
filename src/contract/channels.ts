import { realpath, stat } from 'node:fs/promises';
import { isAbsolute, join, relative } from 'node:path';
import { UserError } from '../errors';
import type { ChannelInput } from '../inputs';

/** A channel whose folder was found: `path` is absolute, real, and inside the workspace. */
export type LocalChannel = ChannelInput;

/**
 * Finds the folders of channels, following links, and keeps them inside the workspace: what lies beside it on the
 * runner (another job's checkout, a home folder with credentials) never enters a container.
 *
 * @param workspace - absolute and real
 * @param inputName - which input they come from, for the message
 * @throws UserError naming the channel, its folder and what to do
 */
export async function checkChannels(
  workspace: string,
  inputName: string,
  channels: readonly ChannelInput[],
): Promise<LocalChannel[]> {
  return Promise.all(
    channels.map(async (channel) => {
      const written = isAbsolute(channel.path) ? channel.path : join(workspace, channel.path);
      const where = `\`${inputName}\`: the channel «${channel.name}»`;
      let path: string;
      try {
        path = await realpath(written);
      } catch (error) {
        throw new UserError(`${where} names ${channel.path}, which does not exist.`, {
          fix: 'Name a folder of the checked-out repository, or one that an earlier step of the job has made in the workspace.',
          cause: error,
        });
      }
      const inside = relative(workspace, path);
      if (inside.startsWith('..') || isAbsolute(inside)) {
        throw new UserError(`${where} names ${channel.path}, which lies outside the workspace.`, {
          fix: 'Put the data into the workspace: nothing else of the runner is given to a container.',
        });
      }
      if (!(await stat(path)).isDirectory()) {
        throw new UserError(`${where} names ${channel.path}, which is no folder.`, {
          fix: 'A channel is a folder, as on SageMaker: put the file into one and name that.',
        });
      }
      return { ...channel, path };
    }),
  );
}
