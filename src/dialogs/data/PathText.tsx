/** A path that is shortened in its middle where there is no room: the name at its end is what tells paths apart. */
import * as React from 'react';

export interface IPathTextProps {
  path: string;
  /** What is shown when the pointer rests on it, where that is more than the path. */
  title?: string;
}

export function PathText(props: IPathTextProps): JSX.Element {
  const at = props.path.lastIndexOf('/') + 1;
  return (
    <span className="jp-prodify-path" title={props.title ?? props.path}>
      <span className="jp-prodify-pathHead">{props.path.slice(0, at)}</span>
      <span className="jp-prodify-pathName">{props.path.slice(at)}</span>
    </span>
  );
}
