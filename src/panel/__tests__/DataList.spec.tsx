import { nullTranslator } from '@jupyterlab/translation';
import * as React from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { act } from 'react-dom/test-utils';

import type { TrackedData } from '../../api/generated';
import { DataList } from '../DataList';

const trans = nullTranslator.load('jupyterlab_prodify');

(globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;

function data(path: string, state: TrackedData['state']): TrackedData {
  return {
    path,
    kind: 'dvc',
    state,
    size: 10,
    files: 1,
    rev: 'abc',
    date: '2026-01-01T00:00:00Z',
    pushed: null
  };
}

const PATHS = [data('p/a.csv', 'unchanged'), data('p/b.csv', 'changed'), data('p/c.csv', 'missing')];

describe('DataList', () => {
  let host: HTMLElement;
  let root: Root;
  const calls: string[] = [];

  function Harness(): JSX.Element {
    const [selected, select] = React.useState<string | null>(null);
    const call = (name: string) => (path: string) => calls.push(`${name} ${path}`);
    return (
      <DataList
        paths={PATHS}
        project="p"
        selected={selected}
        onSelect={select}
        onOpen={call('open')}
        onVersion={call('version')}
        onPull={call('pull')}
        trans={trans}
      />
    );
  }

  beforeEach(() => {
    calls.length = 0;
    host = document.body.appendChild(document.createElement('div'));
    root = createRoot(host);
    act(() => root.render(<Harness />));
  });

  afterEach(() => {
    act(() => root.unmount());
    host.remove();
  });

  const rows = (): HTMLElement[] => [...host.querySelectorAll<HTMLElement>('[role="option"]')];
  const press = (key: string): void =>
    act(() => {
      document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
    });

  it('says each state in words, with names from the project on', () => {
    expect(rows().map(row => row.querySelector('.jp-prodify-dataName')?.textContent)).toEqual([
      'a.csv',
      'b.csv',
      'c.csv'
    ]);
    expect(rows().map(row => row.querySelector('.jp-prodify-dataState')?.textContent)).toEqual([
      'unchanged',
      'changed',
      'missing'
    ]);
  });

  it('is one stop of the Tab key, and arrows move in it', () => {
    expect(rows().map(row => row.tabIndex)).toEqual([0, -1, -1]);
    rows()[0].focus();
    press('ArrowDown');
    press('ArrowDown');
    expect(document.activeElement).toBe(rows()[1]);
    expect(rows()[1].getAttribute('aria-selected')).toBe('true');
    press('End');
    expect(document.activeElement).toBe(rows()[2]);
    press('Enter');
    expect(calls).toEqual(['open p/c.csv']);
  });

  it('offers what the state asks for', () => {
    for (const button of host.querySelectorAll('button')) {
      act(() => button.click());
    }
    expect(calls).toEqual(['open p/a.csv', 'version p/b.csv', 'pull p/c.csv']);
  });
});
