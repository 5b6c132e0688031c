import { YNotebook } from '@jupyter/ydoc';

import { readCells, selectedLines } from '../liveCells';

function editor(text: string, start: [number, number], end: [number, number]) {
  const lines = text.split('\n');
  return {
    lineCount: lines.length,
    getLine: (line: number) => lines[line],
    getSelection: () => ({
      start: { line: start[0], column: start[1] },
      end: { line: end[0], column: end[1] }
    })
  };
}

const TEXT = 'a = 1\nb = 2\n\nc = 3\nd = 4';

describe('selectedLines', () => {
  it('is null without marked text', () => {
    expect(selectedLines(editor(TEXT, [1, 2], [1, 2]))).toBeNull();
  });

  it('counts from 1 and takes lines that are marked in part', () => {
    expect(selectedLines(editor(TEXT, [0, 3], [1, 1]))).toEqual({ first: 1, last: 2 });
  });

  it('reads text that was marked backwards', () => {
    expect(selectedLines(editor(TEXT, [4, 1], [3, 0]))).toEqual({ first: 4, last: 5 });
  });

  it('leaves out a last line of which nothing is marked', () => {
    expect(selectedLines(editor(TEXT, [0, 0], [1, 0]))).toEqual({ first: 1, last: 1 });
  });

  it('leaves out blank lines at the ends', () => {
    expect(selectedLines(editor(TEXT, [1, 0], [2, 0]))).toEqual({ first: 2, last: 2 });
    expect(selectedLines(editor(TEXT, [2, 0], [3, 5]))).toEqual({ first: 4, last: 4 });
  });

  it('is null when only blank lines are marked', () => {
    expect(selectedLines(editor('a\n \nb', [1, 0], [1, 1]))).toBeNull();
  });

  it('is null when all lines are marked: that is the whole cell', () => {
    expect(selectedLines(editor(TEXT, [0, 0], [4, 5]))).toBeNull();
    expect(selectedLines(editor('\na = 1\n', [1, 0], [1, 5]))).toBeNull();
  });
});

describe('readCells', () => {
  it('gives ids, texts as they are now, types and counts', () => {
    const notebook = YNotebook.create({
      data: {
        cells: [
          { cell_type: 'markdown', id: 'm', source: '# Title', metadata: {} },
          {
            cell_type: 'code',
            id: 'c',
            source: ['x = 1\n', 'x'],
            metadata: {},
            execution_count: 4,
            outputs: []
          },
          { cell_type: 'raw', id: 'r', source: '', metadata: {} }
        ]
      }
    });
    notebook.cells[0].setSource('# Other');
    expect(readCells(notebook)).toEqual([
      {
        id: 'm',
        source: '# Other',
        cell_type: 'markdown',
        execution_count: null,
        error: null,
        error_line: null
      },
      { id: 'c', source: 'x = 1\nx', cell_type: 'code', execution_count: 4, error: null, error_line: null },
      { id: 'r', source: '', cell_type: 'raw', execution_count: null, error: null, error_line: null }
    ]);
    notebook.dispose();
  });

  it('names the error with which the shown output ends', () => {
    const traceback = [
      '\x1b[31m-----\x1b[39m',
      'Traceback (most recent call last)',
      '\x1b[36mCell\x1b[39m\x1b[36m \x1b[39m\x1b[32mIn[2]\x1b[39m\x1b[32m, line 12\x1b[39m\n\x1b[32m---> 12\x1b[39m f(x)',
      '\x1b[36mCell\x1b[39m\x1b[36m \x1b[39m\x1b[32mIn[1]\x1b[39m\x1b[32m, line 3\x1b[39m'
    ];
    const error = { output_type: 'error', ename: 'KeyError', evalue: "'x'", traceback };
    const old = { ...error, traceback: ['<ipython-input-3-3f> in <module>\n      1 \n----> 2 f(x)\n'] };
    const bare = { ...error, traceback: [] };
    const stream = { output_type: 'stream', name: 'stdout', text: 'x' };
    const code = (id: string, outputs: object[]) => ({
      cell_type: 'code',
      id,
      source: '',
      metadata: {},
      outputs
    });
    const cells = [
      code('a', [stream, error]),
      code('b', [error, stream]),
      code('c', []),
      code('d', [old]),
      code('e', [bare])
    ];
    const notebook = YNotebook.create({ data: { cells } as never });
    expect(readCells(notebook).map(cell => cell.error)).toEqual([
      'KeyError',
      null,
      null,
      'KeyError',
      'KeyError'
    ]);
    expect(readCells(notebook).map(cell => cell.error_line)).toEqual([12, null, null, 2, null]);
    notebook.dispose();
  });
});
