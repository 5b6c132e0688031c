/** A remote that is about to be added: what was typed, and what is still missing. */
import type { RemoteAddRequest } from '../../api/generated';
import type { RemoteKind } from './remoteKinds';

export interface IRemoteDraft {
  kind: RemoteKind;
  name: string;
  address: string;
  /** By the name of the option; those of another kind are kept, and not sent. */
  options: Readonly<Record<string, string>>;
  default: boolean;
}

export type DraftFault = 'no_name' | 'bad_name' | 'taken' | 'no_address';

/** What keeps it from being added; null when nothing does. */
export function faultOf(draft: IRemoteDraft, taken: readonly string[]): DraftFault | null {
  if (draft.name.trim() === '') {
    return 'no_name';
  }
  if (!/^[A-Za-z0-9][\w.-]*$/.test(draft.name.trim())) {
    return 'bad_name';
  }
  if (taken.includes(draft.name.trim())) {
    return 'taken';
  }
  return draft.address.trim() === '' ? 'no_address' : null;
}

/** `scheme` and `options` are those of the kind. */
export function toRequest(
  draft: IRemoteDraft,
  path: string,
  scheme: string,
  options: readonly string[]
): RemoteAddRequest {
  const address = draft.address.trim();
  const given = options.flatMap(option => {
    const value = draft.options[option]?.trim() ?? '';
    return value === '' ? [] : [[option, value]];
  });
  return {
    path,
    name: draft.name.trim(),
    url: address.includes('://') ? address : scheme + address,
    options: Object.fromEntries(given) as Record<string, string>,
    default: draft.default
  };
}
