/** The outputs of one cell in two runs: texts as a comparison, pictures beside each other. */
import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import type { CellDifference, ShownOutput } from '../../api/generated';
import { loadDiffPane } from '../export/DiffView';
import type { DiffPane } from '../export/diffPane';

export interface IOutputsDiffProps {
  difference: CellDifference;
  /** What the two sides are called, for example "Before" and "After". */
  sides: readonly [string, string];
  trans: TranslationBundle;
}

export function OutputsDiff(props: IOutputsDiffProps): JSX.Element {
  const { difference, sides, trans } = props;
  const [before, after] = [textOf(difference.before, trans), textOf(difference.after, trans)];
  const pictures = picturePairs(difference);
  const hasText = before !== '' || after !== '' || pictures.length === 0;
  return (
    <div className={`jp-prodify-outputs${hasText && pictures.length === 0 ? ' jp-mod-textOnly' : ''}`}>
      <div className="jp-prodify-sides">
        <span>{sides[0]}</span>
        <span>{sides[1]}</span>
      </div>
      {hasText && <TextDiff before={before} after={after} sides={sides} trans={trans} />}
      {pictures.map((pair, index) => (
        <div className="jp-prodify-pictures" key={index}>
          {pair.map((picture, side) => (
            <div key={side}>
              {picture ? (
                <img src={picture} alt={trans.__('Picture, %1', sides[side])} />
              ) : (
                <span className="jp-prodify-none">{trans.__('No picture')}</span>
              )}
            </div>
          ))}
        </div>
      ))}
    </div>
  );
}

interface ITextDiffProps {
  before: string;
  after: string;
  sides: readonly [string, string];
  trans: TranslationBundle;
}

function TextDiff(props: ITextDiffProps): JSX.Element {
  const { before, after, sides, trans } = props;
  const host = React.useRef<HTMLDivElement>(null);
  const [pane, setPane] = React.useState<DiffPane | null>(null);
  const [left, right] = sides;
  React.useEffect(() => {
    let made: DiffPane | null = null;
    let gone = false;
    void loadDiffPane().then(({ DiffPane }) => {
      if (!gone && host.current) {
        made = new DiffPane({
          parent: host.current,
          layout: 'split',
          labels: [left, right],
          collapsedPhrase: trans.__('$ unchanged lines'),
          language: null,
          cells: false,
          marksWithinLines: true
        });
        setPane(made);
      }
    });
    return () => {
      gone = true;
      made?.dispose();
    };
  }, [left, right, trans]);
  React.useLayoutEffect(() => pane?.show(before, after), [pane, before, after]);
  return <div className="jp-prodify-editor" ref={host} />;
}

/** All texts of one run; a cell that shows nothing says so. */
function textOf(outputs: readonly ShownOutput[], trans: TranslationBundle): string {
  if (outputs.length === 0) {
    return trans.__('(no output)');
  }
  return outputs
    .filter(output => output.image === null)
    .map(output =>
      output.text === '' && output.kind === 'missing'
        ? trans.__('(this cell did not come to run)')
        : output.text
    )
    .join('\n');
}

type Picture = string | null;

function picturePairs(difference: CellDifference): [Picture, Picture][] {
  const [before, after] = [pictures(difference.before), pictures(difference.after)];
  return Array.from({ length: Math.max(before.length, after.length) }, (_, index) => [
    before[index] ?? null,
    after[index] ?? null
  ]);
}

function pictures(outputs: readonly ShownOutput[]): string[] {
  return outputs.flatMap(output => output.image ?? []);
}
