/** A notebook panel as the export sees it. */
import type { NotebookPanel } from '@jupyterlab/notebook';

import type { IExportSource } from '../dialogs/export/model';
import type { OpenFiles } from '../documents/openFiles';
import type { CellWatch } from '../notebook/cellWatch';
import { readCells, sharedNotebook } from '../notebook/liveCells';
import { askTypes } from '../notebook/liveTypes';

/** `askKernel`: whether the running kernel may be asked for types. `watch` tells of changes of the cells. */
export function exportSource(
  panel: NotebookPanel,
  files: Pick<OpenFiles, 'localPath'>,
  askKernel = false,
  watch: CellWatch | null = null
): IExportSource {
  const kernelName = kernelNameOf(panel);
  const language = languageOf(panel, kernelName);
  return {
    path: files.localPath(panel.context),
    language,
    kernelName,
    kernelLabel: panel.sessionContext.kernelDisplayName,
    readCells: () => readCells(sharedNotebook(panel)),
    cellsChanged: watch?.changed,
    readTypes:
      askKernel && isPython(language)
        ? names => askTypes(panel.sessionContext.session?.kernel, names)
        : undefined
  };
}

function isPython(language: string | null): boolean {
  return language?.toLowerCase() === 'python' || language?.toLowerCase() === 'ipython';
}

/** The running kernel's name, else the one that the notebook names. */
function kernelNameOf(panel: NotebookPanel): string | null {
  const running = panel.sessionContext.session?.kernel?.name;
  return running || panel.content.model?.defaultKernelName || null;
}

/** The language of that kernel, else of the notebook's metadata; null when neither says. */
function languageOf(panel: NotebookPanel, kernelName: string | null): string | null {
  const { kernelspecs } = panel.sessionContext.specsManager.specs ?? {};
  const spec = kernelName ? kernelspecs?.[kernelName] : undefined;
  return spec?.language || panel.content.model?.defaultKernelLanguage || null;
}
