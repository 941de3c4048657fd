import { expect, it } from '@jest/globals';

import { jsonQuoted } from '../../../src/contract/checks/offline';

it('quotes words as json.dumps does and leaves JSON as it is', () => {
  expect(
    jsonQuoted({
      epochs: '3',
      lr: '1e-3',
      arch: 'densenet121',
      amp: 'true',
      python: 'True',
      ids: '[1,2]',
      pad: '007',
      empty: '',
    }),
  ).toEqual({
    epochs: '3',
    lr: '1e-3',
    arch: '"densenet121"',
    amp: 'true',
    python: '"True"',
    ids: '[1,2]',
    pad: '"007"',
    empty: '""',
  });
});
