// PGlite with PostGIS, configured once for the worker and for the snapshot's maker.
import { fsyncSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { PGlite } from '@electric-sql/pglite';
import type { Extension } from '@electric-sql/pglite';
import { NodeFS } from '@electric-sql/pglite/nodefs';
import { postgis } from '@electric-sql/pglite-postgis';

type InitOptions = Parameters<NodeFS['init']>[1];

interface NodeStream {
  nfd?: number;
}

/** As shipped, fsync on a real directory does nothing: a power cut would lose commits. */
class DurableNodeFs extends NodeFS {
  override async init(engine: PGlite, options: InitOptions) {
    const base = await super.init(engine, options);
    return {
      emscriptenOpts: {
        ...base.emscriptenOpts,
        preRun: [
          ...(base.emscriptenOpts.preRun ?? []),
          (module: { FS: unknown }) => {
            const { filesystems } = module.FS as {
              filesystems: { NODEFS: { stream_ops: { fsync?: (stream: NodeStream) => number } } };
            };
            filesystems.NODEFS.stream_ops.fsync = (stream) => {
              if (stream.nfd !== undefined) fsyncSync(stream.nfd);
              return 0;
            };
          },
        ],
      } as InitOptions,
    };
  }
}

function postgisFrom(bundlePath: string): Extension {
  return {
    name: 'postgis',
    setup: async (engine, options) => ({
      ...(await postgis.setup(engine, options)),
      bundlePath: pathToFileURL(bundlePath),
    }),
  };
}

export async function createPglite(options: {
  /** Null keeps everything in memory. */
  dataDir: string | null;
  /** The extension bundle to load; null takes the one that comes with the package. */
  bundlePath: string | null;
  /** A gzipped tar of a data directory to start from. */
  snapshot: Uint8Array | null;
  durable: boolean;
}): Promise<PGlite> {
  const startParams = PGlite.defaultStartParams.filter(
    (parameter) => !(options.durable && parameter === '-F'),
  );
  return PGlite.create({
    ...(options.dataDir === null
      ? {}
      : options.durable
        ? { fs: new DurableNodeFs(options.dataDir) }
        : { dataDir: options.dataDir }),
    ...(options.snapshot === null
      ? {}
      : { loadDataDir: new Blob([new Uint8Array(gunzipSync(options.snapshot))]) }),
    extensions: {
      postgis: options.bundlePath === null ? postgis : postgisFrom(options.bundlePath),
    },
    startParams,
  });
}
