/** The cell on which a context menu was opened. */
import type { JupyterFrontEnd } from '@jupyterlab/application';
import type { NotebookPanel } from '@jupyterlab/notebook';

/**
 * Make the cell under the context menu the active one, unless it belongs to the selection. A right-click on the text of
 * a cell opens the menu without doing that.
 */
export function activateCellUnderMenu(
  app: Pick<JupyterFrontEnd, 'contextMenuHitTest'>,
  panel: Pick<NotebookPanel, 'content'>
): void {
  const { content } = panel;
  const hit = app.contextMenuHitTest(node => content.widgets.some(cell => cell.node === node));
  const index = content.widgets.findIndex(cell => cell.node === hit);
  if (index >= 0 && !content.isSelectedOrActive(content.widgets[index])) {
    content.deselectAll();
    content.activeCellIndex = index;
  }
}
