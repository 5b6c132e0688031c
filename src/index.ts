import type { JupyterFrontEndPlugin } from '@jupyterlab/application';

import { exportPlugin, servicePlugin, verifyPlugin } from './plugins';

export { IProdify } from './tokens';

const plugins: JupyterFrontEndPlugin<unknown>[] = [servicePlugin, exportPlugin, verifyPlugin];

export default plugins;
