/** Accounts of devices have names nobody types; apart from the schemas, so that a phone need not load those. */
const prefix = 'device-';
/** @param id UUID of the account */
export const deviceUsername = (id: string): string => prefix + id.replaceAll('-', '');
export const isDeviceUsername = (username: string): boolean =>
  username.startsWith(prefix) && username.length === prefix.length + 32;
