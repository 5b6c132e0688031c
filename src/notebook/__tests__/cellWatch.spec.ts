import { YNotebook } from '@jupyter/ydoc';
import { NotebookModel, type NotebookPanel } from '@jupyterlab/notebook';

import { CellWatch } from '../cellWatch';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

describe('CellWatch', () => {
  it('tells once of several changes, in any cell, and is silent after its end', () => {
    const sharedModel = new YNotebook();
    const model = new NotebookModel({ sharedModel });
    sharedModel.addCell({ cell_type: 'code', source: 'a = 1' });
    sharedModel.addCell({ cell_type: 'markdown', source: 'Text' });
    jest.advanceTimersByTime(100);
    const watch = new CellWatch({ content: { model } } as unknown as NotebookPanel);
    let told = 0;
    watch.changed.connect(() => told++);
    sharedModel.cells[0].setSource('a = 2');
    sharedModel.cells[1].setSource('More');
    expect(told).toBe(0);
    jest.advanceTimersByTime(100);
    expect(told).toBe(1);
    sharedModel.deleteCell(1);
    jest.advanceTimersByTime(100);
    expect(told).toBe(2);
    watch.dispose();
    sharedModel.cells[0].setSource('a = 3');
    jest.advanceTimersByTime(100);
    expect(told).toBe(2);
    model.dispose();
  });
});
