import type { JupyterFrontEndPlugin } from '@jupyterlab/application';

import { dataPlugin } from './dataPlugin';
import { exportPlugin, servicePlugin, verifyPlugin } from './plugins';

export { IProdify } from './tokens';

const plugins: JupyterFrontEndPlugin<unknown>[] = [servicePlugin, exportPlugin, verifyPlugin, dataPlugin];

export default plugins;
