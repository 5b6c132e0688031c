import jupyter from '@jupyter/eslint-plugin';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

const strict = tseslint.configs.strictTypeChecked.map(config => ({
  ...config,
  files: ['**/*.{ts,tsx}']
}));

export default tseslint.config(
  {
    ignores: [
      '**/node_modules/',
      '**/*.js',
      '**/*.mjs',
      '.*/',
      'build/',
      'coverage/',
      'jupyterlab_prodify/',
      'lib/',
      'save-the-world/',
      'src/api/generated.ts',
      'ui-tests/outputs/',
      'ui-tests/playwright-report/',
      'ui-tests/test-results/'
    ]
  },
  ...strict,
  {
    files: ['**/*.{ts,tsx}'],
    languageOptions: {
      parserOptions: {
        project: ['./tsconfig.test.json', './ui-tests/tsconfig.json'],
        tsconfigRootDir: import.meta.dirname
      }
    },
    rules: {
      curly: ['error', 'all'],
      eqeqeq: ['error', 'always'],
      '@typescript-eslint/explicit-function-return-type': ['error', { allowExpressions: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      // A plugin is deprecated long before it goes, and JupyterLab 4 has to be met as it is.
      '@typescript-eslint/no-deprecated': 'off',
      // Lumino's interfaces and namespaces carry the same name as the class that they describe.
      '@typescript-eslint/no-namespace': 'off',
      // An index that may lead nowhere has the type of one that does, so a needed check would look needless.
      '@typescript-eslint/no-unnecessary-condition': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // Signals are given the method and, beside it, the object that it belongs to.
      '@typescript-eslint/unbound-method': 'off'
    }
  },
  {
    files: ['src/**/*.{ts,tsx}', 'schema/*.json'],
    plugins: { jupyter }
  },
  ...jupyter.configs.recommended.map(config => ({
    ...config,
    files: config.files?.some(pattern => pattern.includes('schema'))
      ? ['schema/*.json']
      : ['src/**/*.{ts,tsx}'],
    ignores: ['**/__tests__/**']
  })),
  {
    files: ['src/**/*.{ts,tsx}'],
    plugins: { 'react-hooks': reactHooks },
    rules: reactHooks.configs.recommended.rules
  },
  {
    files: ['**/__tests__/**/*.{ts,tsx}', 'ui-tests/**/*.ts'],
    rules: {
      '@typescript-eslint/explicit-function-return-type': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off'
    }
  }
);
