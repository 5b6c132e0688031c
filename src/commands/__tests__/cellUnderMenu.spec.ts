import { activateCellUnderMenu } from '../cellUnderMenu';

function notebook(active: number, selected: number[]) {
  const widgets = [0, 1, 2].map(() => ({ node: document.createElement('div') }));
  const content = {
    widgets,
    activeCellIndex: active,
    isSelectedOrActive: (cell: unknown) =>
      [active, ...selected].includes(widgets.indexOf(cell as (typeof widgets)[number])),
    deselectAll: jest.fn()
  };
  return content;
}

const over = (content: ReturnType<typeof notebook>, index: number | null) => ({
  contextMenuHitTest: (test: (node: HTMLElement) => boolean) => {
    const nodes = index === null ? [document.body] : [content.widgets[index].node, document.body];
    return nodes.find(test);
  }
});

it.each([
  ['another cell', 2, [], 0, 0, true],
  ['a cell of the selection', 2, [0, 1], 0, 2, false],
  ['the active cell', 1, [0], 1, 1, false],
  ['no cell', 1, [0], null, 1, false]
])('a menu on %s', (_, active, selected, under, expected, deselected) => {
  const content = notebook(active, selected);
  activateCellUnderMenu(over(content, under), { content } as never);
  expect(content.activeCellIndex).toBe(expected);
  expect(content.deselectAll.mock.calls.length > 0).toBe(deselected);
});
