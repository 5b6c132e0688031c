/** The tabs in which a file is open: whether they hold unsaved work, and showing what was written to disk. */
import type { JupyterFrontEnd } from '@jupyterlab/application';
import type { IDocumentManager } from '@jupyterlab/docmanager';
import type { DocumentRegistry } from '@jupyterlab/docregistry';

type Context = DocumentRegistry.Context;

/** What the rest of the extension needs of open documents. */
export class OpenFiles {
  constructor(
    private readonly _shell: JupyterFrontEnd.IShell,
    private readonly _documents: IDocumentManager
  ) {}

  /** Files with unsaved changes among the given ones. */
  dirty(paths: readonly string[]): string[] {
    return paths.filter(path => this._contexts(path).some(context => context.model.dirty));
  }

  /** Save the open files. Rejects when one of them cannot be saved. */
  async save(paths: readonly string[]): Promise<void> {
    for (const context of paths.flatMap(path => this._contexts(path))) {
      if (context.model.dirty) {
        await context.save();
      }
    }
  }

  /** Let tabs without unsaved changes show what is on disk; tabs of removed files are closed. */
  async showWritten(files: readonly { path: string; hash: string | null }[]): Promise<void> {
    for (const file of files) {
      for (const context of this._contexts(file.path)) {
        if (context.model.dirty) {
          continue;
        }
        await (file.hash === null ? this._documents.closeFile(context.path) : context.revert());
      }
    }
  }

  open(path: string): void {
    this._documents.openOrReveal(path);
  }

  /** A file can be open in several kinds of tab, each with a text of its own. */
  private _contexts(path: string): Context[] {
    const found = new Set<Context>();
    for (const area of ['main', 'down', 'left', 'right']) {
      for (const widget of this._shell.widgets(area)) {
        const context = this._documents.contextForWidget(widget);
        if (context && this.localPath(context) === path) {
          found.add(context);
        }
      }
    }
    return [...found];
  }

  /** The path as the server knows it. */
  localPath(context: Pick<Context, 'path'>): string {
    return this._documents.services.contents.localPath(context.path);
  }
}
