import { nullTranslator } from '@jupyterlab/translation';

import { faultOf, type IRemoteDraft, toRequest } from '../remoteDraft';
import { kindForm, KINDS } from '../remoteKinds';

const DRAFT: IRemoteDraft = { kind: 's3', name: 'cold', address: 'bucket/p', options: {}, default: false };

describe('a remote that is about to be added', () => {
  it.each([
    [{}, null],
    [{ name: ' ' }, 'no_name'],
    [{ name: '-f' }, 'bad_name'],
    [{ name: 'a b' }, 'bad_name'],
    [{ name: 'warm' }, 'taken'],
    [{ address: ' ' }, 'no_address']
  ] as const)('%j: %p', (change, fault) => {
    expect(faultOf({ ...DRAFT, ...change }, ['warm'])).toBe(fault);
  });

  it('is sent with its scheme and the options of its kind', () => {
    const draft = { ...DRAFT, options: { region: ' eu ', profile: ' ', port: '22' } };
    expect(toRequest(draft, 'p', 's3://', ['region', 'profile'])).toEqual({
      path: 'p',
      name: 'cold',
      url: 's3://bucket/p',
      options: { region: 'eu' },
      default: false
    });
    expect(toRequest({ ...DRAFT, address: 's3://b' }, '', 's3://', []).url).toBe('s3://b');
  });

  it('is never asked for a secret', () => {
    const trans = nullTranslator.load('jupyterlab_prodify');
    const options = KINDS.flatMap(kind => kindForm(kind, trans).fields.map(one => one.option));
    expect(options.filter(option => /password|secret|token|key|credential|sas/.test(option))).toEqual([]);
  });
});
