/** What is versioned in the project that the person works in. */
import type { DataClient } from '../api/dataClient';
import type { DataPanel, TrackedData } from '../api/generated';
import { type ILiveOptions, type ILiveState, LiveModel } from '../live/liveModel';

export type IDataState = ILiveState<DataPanel>;

export interface IDataModelOptions extends Pick<ILiveOptions<DataPanel>, 'events' | 'fileChanged'> {
  client: Pick<DataClient, 'panel'>;
}

export class DataModel extends LiveModel<DataPanel> {
  constructor(options: IDataModelOptions) {
    super({
      name: 'data',
      ask: (path, ask, signal) => options.client.panel(path, ask, signal),
      events: options.events,
      fileChanged: options.fileChanged
    });
  }

  /** The versioned path that this is, or that holds it. */
  find(path: string): TrackedData | null {
    const paths = this.state.answer?.paths ?? [];
    return paths.find(one => one.path === path || path.startsWith(`${one.path}/`)) ?? null;
  }
}
