import { YNotebook } from '@jupyter/ydoc';
import type { NotebookPanel } from '@jupyterlab/notebook';
import { Signal } from '@lumino/signaling';

import type { Cell, FileEdit, Plan } from '../../api/generated';
import { RequestError } from '../../api/request';
import { readCells } from '../../notebook/liveCells';
import { applyExport, type IApplyServices } from '../applyExport';
import { undoExport } from '../undoExport';
import { UndoHistory } from '../undoHistory';

/** Files as the server keeps them: the text is its own hash. */
class Disk {
  readonly files = new Map<string, string>();
  dirty: string[] = [];
  shown: string[] = [];

  services(): IApplyServices {
    return {
      client: {
        applyFiles: ({ edits }) =>
          this._changed(edits)
            ? Promise.reject(
                new RequestError(409, { code: 'changed', message: '', path: 'mod.py', remedy: null })
              )
            : Promise.resolve({ written: edits.map(edit => this._write(edit)) })
      },
      files: {
        dirty: paths => paths.filter(path => this.dirty.includes(path)),
        showWritten: files => {
          this.shown.push(...files.map(file => file.path));
          return Promise.resolve();
        },
        localPath: context => context.path
      },
      history: new UndoHistory()
    };
  }

  private _changed(edits: readonly FileEdit[]): boolean {
    return edits.some(edit => (this.files.get(edit.path) ?? null) !== edit.hash_before);
  }

  private _write(edit: FileEdit): { path: string; hash: string | null } {
    if (edit.text_after === null) {
      this.files.delete(edit.path);
    } else {
      this.files.set(edit.path, edit.text_after);
    }
    return { path: edit.path, hash: edit.text_after };
  }
}

const SOURCES = ['import pandas', 'df = df.dropna()', 'print(df)'];

function makeNotebook(): YNotebook {
  return YNotebook.create({
    data: {
      cells: SOURCES.map((source, index) => ({
        cell_type: 'code',
        id: `c${index}`,
        source,
        metadata: {},
        outputs: [],
        execution_count: null
      }))
    }
  });
}

function panelOf(notebook: YNotebook): NotebookPanel {
  const context = { path: 'n.ipynb' };
  return {
    content: { model: { sharedModel: notebook } },
    context: { ...context, pathChanged: new Signal(context) }
  } as unknown as NotebookPanel;
}

function planFor(name: string, notebook: YNotebook, disk: Disk): Plan {
  const before = disk.files.get('mod.py') ?? null;
  const [imports, code] = notebook.cells.map(cell => cell.getSource());
  return {
    function: { name },
    module: 'mod.py',
    cell_edits: [
      {
        op: 'replace',
        cell_id: 'c0',
        source_before: imports,
        source_after: `${imports}\nfrom mod import ${name}`
      },
      { op: 'replace', cell_id: 'c1', source_before: code, source_after: `df = ${name}(df)` }
    ],
    file_edits: [
      {
        path: 'mod.py',
        hash_before: before,
        text_before: before,
        text_after: `${before ?? ''}def ${name}(df): ...\n`,
        encoding: 'utf-8'
      }
    ]
  } as unknown as Plan;
}

function requestFor(name: string, notebook: YNotebook, disk: Disk): { plan: Plan; cells: Cell[] } {
  return { plan: planFor(name, notebook, disk), cells: readCells(notebook) };
}

async function exported(name: string, notebook: YNotebook, disk: Disk, services: IApplyServices) {
  const outcome = await applyExport(requestFor(name, notebook, disk), panelOf(notebook), services);
  if ('problem' in outcome) {
    throw new Error(outcome.problem.kind);
  }
  return outcome.entry;
}

function texts(notebook: YNotebook): string[] {
  return notebook.cells.map(cell => cell.getSource());
}

describe('applyExport', () => {
  it('writes the module, shows it in its tab, and changes the notebook', async () => {
    const [disk, notebook] = [new Disk(), makeNotebook()];
    const entry = await exported('f', notebook, disk, disk.services());
    expect(disk.files.get('mod.py')).toBe('def f(df): ...\n');
    expect(disk.shown).toEqual(['mod.py']);
    expect(texts(notebook)).toEqual(['import pandas\nfrom mod import f', 'df = f(df)', 'print(df)']);
    expect(entry).toMatchObject({ notebook: 'n.ipynb', name: 'f', module: 'mod.py' });
  });

  it('writes nothing when a cell changed since the plan', async () => {
    const [disk, notebook] = [new Disk(), makeNotebook()];
    const request = requestFor('f', notebook, disk);
    notebook.cells[1].setSource('df = df.fillna(0)');
    const outcome = await applyExport(request, panelOf(notebook), disk.services());
    expect(outcome).toMatchObject({ problem: { kind: 'cells_changed' } });
    expect(disk.files.size).toBe(0);
  });

  it.each([
    ['changed', (notebook: YNotebook): void => notebook.cells[2].setSource('print(len(df))')],
    ['gone', (notebook: YNotebook): void => notebook.deleteCell(2)],
    ['added', (notebook: YNotebook): void => void notebook.addCell({ cell_type: 'code', source: 'df = 1' })]
  ])('writes nothing when a cell that it does not edit is %s', async (reason, change) => {
    const [disk, notebook] = [new Disk(), makeNotebook()];
    const request = requestFor('f', notebook, disk);
    change(notebook);
    const now = texts(notebook);
    const outcome = await applyExport(request, panelOf(notebook), disk.services());
    expect(outcome).toMatchObject({ problem: { kind: 'cells_changed', conflicts: [{ reason }] } });
    expect(disk.files.size).toBe(0);
    expect(texts(notebook)).toEqual(now);
  });

  it('writes nothing when the module is open with unsaved changes', async () => {
    const [disk, notebook] = [new Disk(), makeNotebook()];
    disk.dirty = ['mod.py'];
    const outcome = await applyExport(requestFor('f', notebook, disk), panelOf(notebook), disk.services());
    expect(outcome).toEqual({ problem: { kind: 'unsaved', paths: ['mod.py'] } });
    expect(texts(notebook)).toEqual(SOURCES);
  });

  it('leaves the notebook alone when the file changed since the plan', async () => {
    const [disk, notebook] = [new Disk(), makeNotebook()];
    const request = requestFor('f', notebook, disk);
    disk.files.set('mod.py', 'somebody = 1\n');
    await expect(applyExport(request, panelOf(notebook), disk.services())).rejects.toMatchObject({
      status: 409
    });
    expect(texts(notebook)).toEqual(SOURCES);
    expect(disk.files.get('mod.py')).toBe('somebody = 1\n');
  });

  it.each([1, 2])('puts the files back when cell %i changes while they are written', async changed => {
    const [disk, notebook] = [new Disk(), makeNotebook()];
    const services = disk.services();
    const show = services.files.showWritten;
    services.files.showWritten = files => {
      notebook.cells[changed].setSource('typed in between');
      return show(files);
    };
    const outcome = await applyExport(requestFor('f', notebook, disk), panelOf(notebook), services);
    expect(outcome).toMatchObject({ problem: { kind: 'cells_changed' } });
    expect(disk.files.has('mod.py')).toBe(false);
    expect(texts(notebook)).toEqual(
      SOURCES.map((text, index) => (index === changed ? 'typed in between' : text))
    );
  });
});

describe('undoExport', () => {
  it('restores the notebook and removes a new module', async () => {
    const [disk, notebook] = [new Disk(), makeNotebook()];
    const services = disk.services();
    const entry = await exported('f', notebook, disk, services);
    expect(await undoExport(entry, notebook, services)).toEqual({ state: 'done' });
    expect(texts(notebook)).toEqual(SOURCES);
    expect(disk.files.has('mod.py')).toBe(false);
    expect(services.history.latest('n.ipynb')).toBeNull();
  });

  it('takes a later export of the same module back first', async () => {
    const [disk, notebook] = [new Disk(), makeNotebook()];
    const services = disk.services();
    const first = await exported('f', notebook, disk, services);
    const second = await exported('g', notebook, disk, services);
    expect(await undoExport(first, notebook, services)).toEqual({ state: 'later', names: ['g'] });
    expect(await undoExport(second, notebook, services)).toEqual({ state: 'done' });
    expect(await undoExport(first, notebook, services)).toEqual({ state: 'done' });
    expect(texts(notebook)).toEqual(SOURCES);
  });

  it('changes nothing when a cell was edited since', async () => {
    const [disk, notebook] = [new Disk(), makeNotebook()];
    const services = disk.services();
    const entry = await exported('f', notebook, disk, services);
    notebook.cells[1].setSource('df = f(df)  # mine');
    const outcome = await undoExport(entry, notebook, services);
    expect(outcome).toEqual({
      state: 'cells_changed',
      conflicts: [{ cellId: 'c1', position: 2, reason: 'changed' }]
    });
    expect(disk.files.get('mod.py')).toBe('def f(df): ...\n');
  });

  it('changes nothing when the module was edited since', async () => {
    const [disk, notebook] = [new Disk(), makeNotebook()];
    const services = disk.services();
    const entry = await exported('f', notebook, disk, services);
    disk.files.set('mod.py', 'def f(df): return 1\n');
    expect(await undoExport(entry, notebook, services)).toEqual({ state: 'file_changed', path: 'mod.py' });
    expect(texts(notebook)[1]).toBe('df = f(df)');
    expect(disk.files.get('mod.py')).toBe('def f(df): return 1\n');
  });

  it('changes nothing while the module has unsaved changes', async () => {
    const [disk, notebook] = [new Disk(), makeNotebook()];
    const services = disk.services();
    const entry = await exported('f', notebook, disk, services);
    disk.dirty = ['mod.py'];
    expect(await undoExport(entry, notebook, services)).toEqual({ state: 'unsaved', paths: ['mod.py'] });
  });
});
