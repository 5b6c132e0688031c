import type { Plan } from '../../../api/generated';
import { changeRow, moveRow, NO_CHOICES, paramRows, returnRows, toRequest } from '../choices';

const PLAN = {
  function: {
    name: 'clean',
    params: [
      { name: 'df', source: 'df', default: null, annotation: null },
      { name: 'window', source: 'window', default: '12', annotation: 'int' }
    ],
    return_values: [
      { name: 'df', source: 'df' },
      { name: 'monthly', source: 'monthly' }
    ]
  }
} as unknown as Plan;

describe('toRequest', () => {
  it('asks for suggestions where nothing was chosen', () => {
    expect(toRequest(NO_CHOICES)).toEqual({
      name: null,
      module: null,
      docstring: null,
      params: null,
      returns: null,
      make_importable: 'auto',
      pass_globals: false
    });
  });

  it('sends an emptied name as it is, and asks for the module again', () => {
    const request = toRequest({ ...NO_CHOICES, name: '', module: '  ', docstring: '' });
    expect(request).toMatchObject({ name: '', module: null, docstring: '' });
  });

  it('sends rows in their order and leaves dropped return values out', () => {
    const params = moveRow(changeRow(paramRows(NO_CHOICES, PLAN), 'df', { name: ' frame ' }), 0, 1);
    const returns = changeRow(returnRows(NO_CHOICES, PLAN), 'df', { dropped: true });
    const request = toRequest({ ...NO_CHOICES, params, returns });
    expect(request.params).toEqual([
      { source: 'window', name: 'window', default: '12', annotation: null },
      { source: 'df', name: 'frame', default: null, annotation: null }
    ]);
    expect(request.returns).toEqual([{ source: 'monthly', name: 'monthly' }]);
  });
});

describe('rows', () => {
  it('are those of the plan until one is changed', () => {
    expect(paramRows(NO_CHOICES, PLAN).map(row => row.name)).toEqual(['df', 'window']);
    expect(paramRows(NO_CHOICES, null)).toEqual([]);
  });

  it('keep what was chosen and add what only the plan knows', () => {
    const chosen = [{ source: 'window', name: 'weeks', default: '', annotation: '', ownAnnotation: false }];
    const rows = paramRows({ ...NO_CHOICES, params: chosen }, PLAN);
    expect(rows.map(row => row.name)).toEqual(['weeks', 'df']);
  });

  it('take the annotation of the plan until the person writes or clears one', () => {
    const row = { source: 'window', name: 'window', default: '', annotation: '', ownAnnotation: false };
    expect(paramRows({ ...NO_CHOICES, params: [row] }, PLAN)[0].annotation).toBe('int');
    for (const annotation of ['', 'float']) {
      const params = paramRows(
        { ...NO_CHOICES, params: [{ ...row, annotation, ownAnnotation: true }] },
        PLAN
      );
      expect(params[0].annotation).toBe(annotation);
      expect(toRequest({ ...NO_CHOICES, params }).params?.[0].annotation).toBe(annotation);
    }
  });

  it('keep a dropped return value that the plan no longer has', () => {
    const chosen = [{ source: 'gone', name: 'gone', dropped: true }];
    const rows = returnRows({ ...NO_CHOICES, returns: chosen }, PLAN);
    expect(rows.map(row => row.source)).toEqual(['gone', 'df', 'monthly']);
  });
});

describe('moveRow', () => {
  it.each([
    [0, 2, 'bca'],
    [2, 0, 'cab'],
    [1, 1, 'abc'],
    [0, 9, 'bca'],
    [2, -1, 'cab']
  ])('moves %i to %i', (from, to, expected) => {
    expect(moveRow(['a', 'b', 'c'], from, to).join('')).toBe(expected);
  });

  it('leaves the given list as it was', () => {
    const rows = ['a', 'b'];
    moveRow(rows, 0, 1);
    expect(rows).toEqual(['a', 'b']);
  });
});
