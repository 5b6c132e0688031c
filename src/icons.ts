/** Icons that JupyterLab does not have. */
import { LabIcon } from '@jupyterlab/ui-components';

import exportSvg from '../style/icons/export-to-module.svg';
import warningSvg from '../style/icons/warning.svg';

export const exportIcon = new LabIcon({ name: 'prodify:export-to-module', svgstr: exportSvg });
export const warningIcon = new LabIcon({ name: 'prodify:warning', svgstr: warningSvg });
