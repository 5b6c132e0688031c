import { type IImportState, installed, needsWay, NOT_CHECKED, sysPathSetup, wireWay } from '../importability';

const CHECK = {
  import_name: 'pkg.mod',
  importable: false,
  interpreter: 'python',
  found: null,
  installable: true,
  path_line: 'import sys; sys.path.insert(0, "../src")'
};
const STATE: IImportState = { ...NOT_CHECKED, module: 'src/pkg/mod.py', check: CHECK };

describe('needsWay', () => {
  it('is asked only when the kernel cannot import the module', () => {
    expect(needsWay(STATE, [])).toBe(true);
    expect(needsWay({ ...STATE, check: { ...CHECK, importable: true } }, [])).toBe(false);
    expect(needsWay(NOT_CHECKED, [])).toBe(false);
  });

  it('is not asked when the notebook has the line already', () => {
    const cells = [{ id: 'a', source: `${CHECK.path_line}\nimport x` }];
    expect(needsWay(STATE, cells)).toBe(false);
  });
});

describe('wireWay', () => {
  it('uses the line in the notebook until an installation has succeeded', () => {
    expect(wireWay(STATE)).toBe('path');
    expect(wireWay({ ...STATE, way: 'install' })).toBe('path');
    const failed = installed({ ...STATE, way: 'install' }, { ok: false, log: 'no', sys_path: ['/p'] });
    expect(wireWay(failed)).toBe('path');
    expect(failed.sysPath).toEqual([]);
    const done = installed({ ...STATE, way: 'install' }, { ok: true, log: '', sys_path: ['/p'] });
    expect(wireWay(done)).toBe('none');
    expect(done.sysPath).toEqual(['/p']);
  });

  it('does nothing when the person wants nothing', () => {
    expect(wireWay({ ...STATE, way: 'none' })).toBe('none');
  });
});

describe('sysPathSetup', () => {
  it('is empty without paths', () => {
    expect(sysPathSetup([])).toBe('');
  });

  it('quotes paths for Python', () => {
    expect(sysPathSetup(['C:\\a "b"'])).toContain('["C:\\\\a \\"b\\""]');
  });
});
