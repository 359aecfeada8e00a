import tseslint from 'typescript-eslint';
import { configs as lit } from 'eslint-plugin-lit';

export default tseslint.config(
  { ignores: ['dist/**', 'examples/*/dist/**', 'node_modules/**', 'sdk/contract/generated/**', 'elements/core/generated/**', 'mockServiceWorker.js', 'examples/**/pages/**/*.js'] },
  ...tseslint.configs.strict,
  ...tseslint.configs.stylistic,
  {
    files: ['**/*.ts'],
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-definitions': 'off',
      '@typescript-eslint/no-invalid-void-type': 'off',
      '@typescript-eslint/no-empty-function': 'off',
      'no-restricted-syntax': [
        'error',
        { selector: 'TSEnumDeclaration', message: 'A union of strings or an object `as const` instead.' },
        { selector: 'TSParameterProperty', message: 'Declare the field.' },
      ],
      'no-restricted-properties': [
        'error',
        { property: 'innerHTML', message: 'Strings from data never become markup.' },
        { property: 'outerHTML', message: 'Strings from data never become markup.' },
      ],
      'no-eval': 'error',
      'no-console': 'error',
      eqeqeq: ['error', 'smart'],
    },
  },
  { files: ['elements/**/*.ts'], ...lit['flat/recommended'] },
  { files: ['elements/**/*.ts'], rules: { 'no-console': ['error', { allow: ['warn'] }] } },
  { files: ['**/*.test.ts', '**/test/**'], rules: { '@typescript-eslint/no-non-null-assertion': 'off', 'no-restricted-properties': 'off', '@typescript-eslint/no-unused-expressions': 'off' } },
  { files: ['bench/**', 'scripts/**'], rules: { 'no-console': 'off' } },
);
