package org.hikae.device.backup;

import java.io.IOException;
import org.hikae.device.files.Fd;
import org.hikae.device.files.FileStatus;
import org.hikae.device.files.RawPath;
import org.hikae.device.manifest.TreeRecord;
import org.hikae.device.sealing.DamagedException;
import org.hikae.device.store.StoreException;
import org.jspecify.annotations.Nullable;

/** Takes the regular files that a walk finds. */
interface RegularFiles {

  /** A file as it was looked at; {@code before} is what the previous snapshot has there. */
  void file(Fd at, byte[] name, RawPath path, FileStatus status, TreeRecord.@Nullable Entry before)
      throws IOException, StoreException, DamagedException;
}
