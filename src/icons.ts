/** Icons that JupyterLab does not have. */
import { LabIcon } from '@jupyterlab/ui-components';

import exportSvg from '../style/icons/export-to-module.svg';
import panelSvg from '../style/icons/panel.svg';
import warningSvg from '../style/icons/warning.svg';

export const exportIcon = new LabIcon({ name: 'prodify:export-to-module', svgstr: exportSvg });
export const panelIcon = new LabIcon({ name: 'prodify:panel', svgstr: panelSvg });
export const warningIcon = new LabIcon({ name: 'prodify:warning', svgstr: warningSvg });
