import type { JupyterFrontEndPlugin } from '@jupyterlab/application';

import { exportPlugin, servicePlugin, verifyPlugin } from './plugins';
import { projectPlugin } from './projectPlugin';

export { IProdify } from './tokens';

const plugins: JupyterFrontEndPlugin<unknown>[] = [servicePlugin, exportPlugin, verifyPlugin, projectPlugin];

export default plugins;
