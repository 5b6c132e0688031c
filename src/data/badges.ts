/** Marks in the file browser: how versioned data is. */
import type { DirListing, FileBrowser } from '@jupyterlab/filebrowser';
import type { Contents } from '@jupyterlab/services';
import type { TranslationBundle } from '@jupyterlab/translation';
import { DisposableDelegate, type IDisposable } from '@lumino/disposable';

import type { TrackedData } from '../api/generated';
import type { DataModel } from './model';
import { pushedText, sizeText, stateText, versionText } from './words';

const BADGE = 'jp-prodify-badge';

/** The listing is protected; there is no other way to its rows. */
type WithListing = { readonly listing: DirListing };

/** Mark the rows of a file browser until disposed. */
export function addBadges(browser: FileBrowser, model: DataModel, trans: TranslationBundle): IDisposable {
  const { listing } = browser as unknown as WithListing;
  const { renderer } = listing;
  const original = renderer.updateItemNode;
  renderer.updateItemNode = (node, item, ...rest) => {
    original.call(renderer, node, item, ...rest);
    mark(node, item, model, trans);
  };
  const update = (): void => listing.update();
  model.changed.connect(update);
  const endWatch = model.watch();
  return new DisposableDelegate(() => {
    model.changed.disconnect(update);
    endWatch();
    renderer.updateItemNode = original;
    listing.node.querySelectorAll(`.${BADGE}`).forEach(badge => badge.remove());
  });
}

/** Rows are used again for other files, so that each of them is looked at each time. */
function mark(node: HTMLElement, item: Contents.IModel, model: DataModel, trans: TranslationBundle): void {
  const found = model.find(item.path);
  const data = found?.path === item.path ? found : null;
  const words = data ? badgeWords(data, trans) : '';
  const badge = node.querySelector<HTMLElement>(`.${BADGE}`);
  if (!data) {
    badge?.remove();
    return;
  }
  if (badge?.title === words) {
    return;
  }
  const fresh = badge ?? document.createElement('span');
  fresh.className = `${BADGE} jp-mod-${data.state}`;
  fresh.setAttribute('role', 'img');
  fresh.setAttribute('aria-label', words);
  fresh.title = words;
  fresh.textContent = LETTERS[data.state];
  if (!badge) {
    node.querySelector('.jp-DirListing-itemText')?.after(fresh);
  }
}

/** Letters, since colour alone says nothing to some people. */
const LETTERS: Record<TrackedData['state'], string> = {
  unchanged: '✓',
  changed: 'M',
  missing: '!',
  not_pushed: '↑'
};

function badgeWords(data: TrackedData, trans: TranslationBundle): string {
  const parts = [
    trans.__('Versioned data: %1', stateText(data, trans)),
    pushedText(data, trans),
    sizeText(data.size),
    versionText(data, trans)
  ];
  return parts.filter(part => part !== '').join(', ');
}
