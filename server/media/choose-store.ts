import type { Config } from '../kernel/config.ts';
import { diskStore } from './disk-store.ts';
import { s3Store } from './s3-store.ts';
import type { MediaStore } from './store.ts';

const stores = new WeakMap<Config, MediaStore>();

/** The store of this configuration, one for all who ask. */
export function mediaStoreOf(config: Config): MediaStore {
  let store = stores.get(config);
  if (store === undefined) {
    store = config.media.store === 's3' ? s3Store(config.media) : diskStore(config.dataDir);
    stores.set(config, store);
  }
  return store;
}
