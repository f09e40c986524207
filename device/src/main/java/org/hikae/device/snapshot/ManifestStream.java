package org.hikae.device.snapshot;

import java.util.Iterator;
import java.util.List;
import org.hikae.device.manifest.ManifestRef;
import org.hikae.device.sealing.DamagedDataException;
import org.hikae.device.store.BackupStoreException;

/** The bytes of a manifest, one chunk in memory at a time. */
final class ManifestStream {

  private final ChunkSource chunks;
  private final Iterator<ManifestRef> refs;
  private byte[] current = {};
  private int at;

  ManifestStream(ChunkSource chunks, List<ManifestRef> refs) {
    this.chunks = chunks;
    this.refs = refs.iterator();
  }

  /** Reads until {@code length} bytes are there or the stream ends; returns how many. */
  int read(byte[] into, int length) throws DamagedDataException, BackupStoreException {
    int done = 0;
    while (done < length) {
      if (at == current.length) {
        if (!refs.hasNext()) {
          break;
        }
        ManifestRef next = refs.next();
        current = chunks.chunk(next.pack(), next.ref());
        at = 0;
      }
      int part = Math.min(length - done, current.length - at);
      System.arraycopy(current, at, into, done, part);
      at += part;
      done += part;
    }
    return done;
  }
}
