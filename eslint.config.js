import js from '@eslint/js';
import importX from 'eslint-plugin-import-x';
import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript';
import tseslint from 'typescript-eslint';

const rooms = ['event', 'image', 'contract', 'training', 'report'];

/** Who may import whom. Each zone reads: files in `target` may not import from `from`, except `except`. */
const zones = [
  { target: './src', from: './sandbox', message: 'The action never imports its own sandbox.' },
  { target: './src', from: './test', message: 'The action never imports tests.' },
  ...rooms.map((room) => ({
    target: `./src/${room}`,
    from: './src/steps',
    message: 'Rooms do not know steps; steps know rooms.',
  })),
  ...rooms.map((room) => ({ target: `./src/${room}`, from: './src/main.ts', message: 'Rooms do not know main.' })),
  {
    target: './sandbox',
    from: './src',
    except: ['./contract', './errors.ts', './log.ts', './process.ts', './record.ts', './deps.ts'],
    message: 'Of the action, the sandbox uses the contract runner and its edges alone.',
  },
];

/** Pure modules: everything they need arrives as an argument. */
const pure = [
  'src/plan.ts',
  'src/secret-shapes.ts',
  'src/contract/layout.ts',
  'src/image/argv.ts',
  'src/training/metrics.ts',
  'src/report/{markdown,charts,escape}.ts',
];

export default tseslint.config(
  { ignores: ['dist/', 'out/', 'node_modules/', 'container/', 'coverage/', '.cache/'] },
  js.configs.recommended,
  ...tseslint.configs.recommendedTypeChecked,
  {
    languageOptions: {
      parserOptions: { projectService: { allowDefaultProject: ['*.js'] }, tsconfigRootDir: import.meta.dirname },
    },
    plugins: { 'import-x': importX },
    settings: { 'import-x/resolver-next': [createTypeScriptImportResolver()] },
    rules: {
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      'import-x/no-cycle': 'error',
      'import-x/no-restricted-paths': ['error', { zones }],
      // The edges are objects of closures, made to be taken apart.
      '@typescript-eslint/unbound-method': 'off',
      'no-console': 'error',
      eqeqeq: 'error',
    },
  },
  {
    files: pure,
    rules: {
      'no-restricted-globals': ['error', 'process', 'fetch', 'setTimeout'],
      'no-restricted-imports': ['error', { patterns: ['node:*', '@actions/*', '!node:path', '!node:crypto'] }],
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: 'Pure: take the time as an argument.' },
        { object: 'Math', property: 'random', message: 'Pure: take randomness as an argument.' },
      ],
    },
  },
  { files: ['sandbox/**', 'scripts/**', 'bench/**', 'test/**'], rules: { 'no-console': 'off' } },
  { files: ['**/*.js', '**/*.mjs'], ...tseslint.configs.disableTypeChecked },
  { files: ['scripts/*.js'], languageOptions: { globals: { console: 'readonly', process: 'readonly' } } },
);
