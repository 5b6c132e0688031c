import type { JupyterFrontEndPlugin } from '@jupyterlab/application';

import { exportPlugin, servicePlugin } from './plugins';

export { IProdify } from './tokens';

const plugins: JupyterFrontEndPlugin<unknown>[] = [servicePlugin, exportPlugin];

export default plugins;
