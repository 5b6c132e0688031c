/** The exports of this session that can be taken back. */
import { ISignal, Signal } from '@lumino/signaling';

import type { FileEdit } from '../api/generated';
import type { NotebookEdit } from '../notebook/applyPlan';

/** All that is needed to take one export back. */
export interface IUndoEntry {
  id: string;
  /** Path of the notebook as the server knows it. */
  notebook: string;
  /** The name of the function, as messages call the export. */
  name: string;
  module: string;
  cellEdits: NotebookEdit[];
  fileEdits: FileEdit[];
  /** What the plan did to the files: the edits that are taken back. */
  planned: readonly FileEdit[];
}

/** How many exports are remembered: texts of modules are kept in memory. */
const MOST_ENTRIES = 50;

export class UndoHistory {
  /** Emitted when an export was added or taken back. */
  get changed(): ISignal<this, void> {
    return this._changed;
  }

  /** Remember an export and give it an id. */
  add(entry: Omit<IUndoEntry, 'id'>): IUndoEntry {
    const added = { ...entry, id: `export-${this._next++}` };
    this._entries = [...this._entries, added].slice(-MOST_ENTRIES);
    this._changed.emit();
    return added;
  }

  get(id: string): IUndoEntry | null {
    return this._entries.find(entry => entry.id === id) ?? null;
  }

  /** The newest export of a notebook. */
  latest(notebook: string): IUndoEntry | null {
    return this._entries.filter(entry => entry.notebook === notebook).pop() ?? null;
  }

  /** Exports after this one that touch the same cells or files: they have to be taken back first. */
  laterThan(entry: IUndoEntry): IUndoEntry[] {
    const at = this._entries.indexOf(entry);
    return this._entries.slice(at + 1).filter(later => touchesSame(entry, later));
  }

  remove(id: string): void {
    this._entries = this._entries.filter(entry => entry.id !== id);
    this._changed.emit();
  }

  private _entries: IUndoEntry[] = [];
  private _next = 1;
  private readonly _changed = new Signal<this, void>(this);
}

function touchesSame(a: IUndoEntry, b: IUndoEntry): boolean {
  const files = new Set(a.fileEdits.map(edit => edit.path));
  if (b.fileEdits.some(edit => files.has(edit.path))) {
    return true;
  }
  const cells = new Set(a.cellEdits.map(cellOf));
  return a.notebook === b.notebook && b.cellEdits.some(edit => cells.has(cellOf(edit)));
}

function cellOf(edit: NotebookEdit): string {
  return edit.op === 'insert' ? edit.cell.id : edit.cellId;
}
