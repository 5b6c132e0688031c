/** Turning the file edits of a plan around. */
import type { FileEdit, WrittenFile } from '../api/generated';

/** The edits that bring the files back to what they were, given the files as the server wrote them. */
export function invert(edits: readonly FileEdit[], written: readonly WrittenFile[]): FileEdit[] {
  const hashes = new Map(written.map(file => [file.path, file.hash]));
  return edits
    .map(edit => ({
      path: edit.path,
      hash_before: hashes.get(edit.path) ?? null,
      text_before: edit.text_after,
      text_after: edit.text_before,
      encoding: edit.encoding
    }))
    .reverse();
}
