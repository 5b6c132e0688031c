import { nullTranslator } from '@jupyterlab/translation';
import * as React from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { act } from 'react-dom/test-utils';

import type { Stage } from '../../api/generated';
import { makeReason, makeStage } from '../../pipeline/__tests__/stages';
import { StageList } from '../StageList';

const trans = nullTranslator.load('jupyterlab_prodify');

(globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;

function stage(name: string, change: Partial<Stage> = {}): Stage {
  return makeStage(name, {
    outs: ['data/out.csv'],
    notebook: `notebooks/${name}.ipynb`,
    module: `src/world/${name}.py`,
    ...change
  });
}

const STAGES = [
  stage('eda'),
  stage('processing', { state: 'stale', reasons: [makeReason('params `window` 12 -> 6')] }),
  stage('report', { state: 'failed', error: 'KeyError' })
];

describe('StageList', () => {
  let host: HTMLElement;
  let root: Root;
  const calls: string[] = [];

  function Harness(props: { running: boolean }): JSX.Element {
    const [selected, select] = React.useState<string | null>(null);
    return (
      <StageList
        stages={STAGES}
        project="world"
        selected={selected}
        running={props.running}
        onSelect={select}
        actions={{
          run: (stages, downstream) => calls.push(`run ${stages.join()} ${downstream}`),
          stop: () => calls.push('stop'),
          log: name => calls.push(`log ${name}`),
          open: path => calls.push(`open ${path}`)
        }}
        trans={trans}
      />
    );
  }

  const show = (running = false): void => act(() => root.render(<Harness running={running} />));

  beforeEach(() => {
    calls.length = 0;
    host = document.body.appendChild(document.createElement('div'));
    root = createRoot(host);
    show();
  });

  afterEach(() => {
    act(() => root.unmount());
    host.remove();
  });

  const heads = (): HTMLElement[] => [...host.querySelectorAll<HTMLElement>('.jp-prodify-stageHead')];
  const button = (label: string): HTMLButtonElement =>
    [...host.querySelectorAll('button')].find(
      one => one.textContent === label || one.getAttribute('aria-label') === label
    ) as HTMLButtonElement;

  it('says state and reason in words', () => {
    expect(heads().map(head => head.getAttribute('aria-label'))).toEqual([
      'eda: up to date',
      'processing: stale: params `window` 12 -> 6',
      'report: failed: KeyError'
    ]);
  });

  it('is one stop of the Tab key, and arrows move in it', () => {
    expect(heads().map(head => head.tabIndex)).toEqual([0, -1, -1]);
    heads()[0].focus();
    for (let i = 0; i < 2; i++) {
      act(() => {
        document.activeElement?.dispatchEvent(
          new KeyboardEvent('keydown', { key: 'ArrowDown', bubbles: true })
        );
      });
    }
    expect(document.activeElement).toBe(heads()[1]);
    expect(heads()[1].getAttribute('aria-expanded')).toBe('true');
  });

  it('opens what belongs to a stage, and runs it', () => {
    act(() => heads()[1].click());
    for (const label of [
      'processing.ipynb',
      'processing.py',
      'out.csv',
      'Run',
      'Run with downstream',
      'Log'
    ]) {
      act(() => button(label).click());
    }
    expect(calls).toEqual([
      'open world/notebooks/processing.ipynb',
      'open world/src/world/processing.py',
      'open world/data/out.csv',
      'run processing false',
      'run processing true',
      'log processing'
    ]);
  });

  it('starts nothing while a run goes on', () => {
    show(true);
    act(() => button('Run processing and all it needs').click());
    expect(calls).toEqual([]);
  });
});
