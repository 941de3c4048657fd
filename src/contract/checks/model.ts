import type { Entry } from '../runner';
import { quoted, type Scorecard } from './scorecard';
import { logOf, modelFiles, type Observation } from './workbench';

/** Judges what the main run left in /opt/ml/model. */
export async function checkModel(run: Observation, scorecard: Scorecard): Promise<void> {
  const files = modelFiles(run);
  const links = files.filter(({ type }) => type === 'symlink');
  const special = files.filter(({ type }) => type === 'other');
  const bytes = files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  if (files.length === 0) {
    await scorecard.fail(
      'model',
      'exit code 0, but /opt/ml/model is empty: SageMaker would name a model.tar.gz that does not exist',
      'Write the trained model below /opt/ml/model before the program ends.',
      0,
      { log: logOf(run) },
    );
  } else if (links.length > 0) {
    await scorecard.fail(
      'model',
      `${describe(links)}: hosting cannot unpack a model.tar.gz with symbolic links`,
      'Copy the files that the links point to instead of linking them.',
      0,
      { log: logOf(run) },
    );
  } else if (special.length > 0) {
    await scorecard.fail(
      'model',
      `${describe(special)}: no plain file`,
      'Leave only plain files and folders in /opt/ml/model.',
      0,
      { log: logOf(run) },
    );
  } else if (bytes === 0) {
    await scorecard.fail(
      'model',
      `${files.length === 1 ? 'its one file is' : `all of its ${files.length} files are`} empty`,
      'Write the trained model below /opt/ml/model and close the file before the program ends.',
      0,
      { log: logOf(run) },
    );
  } else {
    await scorecard.pass('model', `${files.length} ${files.length === 1 ? 'file' : 'files'}, ${size(bytes)}`, 0);
  }
}

function describe(entries: readonly Entry[]): string {
  const shown = entries
    .slice(0, 3)
    .map(({ name, linkTarget }) => name + (linkTarget === undefined ? '' : ` -> ${linkTarget}`));
  return quoted(shown.join(', ') + (entries.length > 3 ? ` and ${entries.length - 3} more` : ''));
}

function size(bytes: number): string {
  if (bytes < 1e3) return `${bytes} B`;
  return bytes < 1e6 ? `${(bytes / 1e3).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}
