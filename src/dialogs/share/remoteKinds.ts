/** The places that data can be shared at, and what has to be known of each. The names of options are DVC's. */
import type { TranslationBundle } from '@jupyterlab/translation';

import type { DataRemote } from '../../api/generated';

export type RemoteKind = Exclude<DataRemote['kind'], 'other'>;

export const KINDS: readonly RemoteKind[] = ['folder', 's3', 'ssh', 'gcs', 'azure'];

export interface IRemoteField {
  /** An option of `dvc remote modify`. */
  option: string;
  label: string;
  example: string;
}

export interface IKindForm {
  title: string;
  /** What the address is called. */
  address: string;
  example: string;
  /** Put before an address without one. */
  scheme: string;
  fields: readonly IRemoteField[];
  /** Where credentials come from; they are never asked for. */
  credentials: string;
}

export function kindTitle(kind: DataRemote['kind'], trans: TranslationBundle): string {
  return kind === 'other' ? trans.__('Other') : kindForm(kind, trans).title;
}

export function kindForm(kind: RemoteKind, trans: TranslationBundle): IKindForm {
  switch (kind) {
    case 'folder':
      return {
        title: trans.__('Folder'),
        address: trans.__('Folder on the server'),
        example: '/mnt/shared/data',
        scheme: '',
        fields: [],
        credentials: trans.__('Who may read and write the folder decides who may pull and push.')
      };
    case 's3':
      return {
        title: trans.__('S3-compatible'),
        address: trans.__('Bucket and path'),
        example: 's3://bucket/path',
        scheme: 's3://',
        fields: [
          field('endpointurl', trans.__('Endpoint, if not AWS'), 'https://minio.example.org'),
          field('region', trans.__('Region'), 'eu-central-1'),
          field('profile', trans.__('Profile'), 'default')
        ],
        credentials: trans.__(
          'Credentials stay where the tools of AWS keep them: `aws configure`, environment variables, or roles.'
        )
      };
    case 'ssh':
      return {
        title: trans.__('SSH'),
        address: trans.__('Host and path'),
        example: 'ssh://host/path',
        scheme: 'ssh://',
        fields: [field('user', trans.__('User'), 'ada'), field('port', trans.__('Port'), '22')],
        credentials: trans.__('Keys stay with your SSH agent and `~/.ssh`.')
      };
    case 'gcs':
      return {
        title: trans.__('Google Cloud Storage'),
        address: trans.__('Bucket and path'),
        example: 'gs://bucket/path',
        scheme: 'gs://',
        fields: [field('projectname', trans.__('Project'), 'my-project')],
        credentials: trans.__('Credentials stay with `gcloud auth application-default login`.')
      };
    case 'azure':
      return {
        title: trans.__('Azure Blob Storage'),
        address: trans.__('Container and path'),
        example: 'azure://container/path',
        scheme: 'azure://',
        fields: [field('account_name', trans.__('Storage account'), 'myaccount')],
        credentials: trans.__('Credentials stay with `az login` or in environment variables.')
      };
  }
}

function field(option: string, label: string, example: string): IRemoteField {
  return { option, label, example };
}
