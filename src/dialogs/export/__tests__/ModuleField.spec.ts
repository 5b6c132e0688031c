import { completions } from '../ModuleField';

const MODULES = ['src/pkg/processing.py', 'src/pkg/eda.py', 'src/processing/load.py'];

describe('completions', () => {
  it('are all modules when nothing is typed', () => {
    expect(completions(MODULES, ' ')).toEqual(MODULES);
  });

  it('ignore case and put file names first', () => {
    expect(completions(MODULES, 'PROC')).toEqual(['src/pkg/processing.py', 'src/processing/load.py']);
    expect(completions(MODULES, 'load')).toEqual(['src/processing/load.py']);
  });

  it('are none for a new module', () => {
    expect(completions(MODULES, 'src/pkg/new.py')).toEqual([]);
  });
});
