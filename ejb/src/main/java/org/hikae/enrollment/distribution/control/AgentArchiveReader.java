package org.hikae.enrollment.distribution.control;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.hikae.enrollment.distribution.view.AgentPackageFault;

/** Reads the beginning of a compressed archive: which folder it unpacks to. */
final class AgentArchiveReader {

  /** Most bytes that are read of the file; the header of gzip may be as long as the file is. */
  static final int MAX_PACKED = 64 << 10;

  private static final int MAX_UNPACKED = 4096;

  private AgentArchiveReader() {}

  /**
   * The folder that the archive begins with.
   *
   * @throws InvalidPackageException when it is no compressed tar archive that begins with one
   *     within {@link #MAX_PACKED} bytes
   */
  static String folder(InputStream file) throws IOException, InvalidPackageException {
    byte[] beginning = file.readNBytes(MAX_PACKED);
    try {
      String name =
          new TarReader(new GZIPInputStream(new ByteArrayInputStream(beginning)), MAX_UNPACKED)
              .next()
              .map(TarReader.TarEntry::name)
              .orElse("");
      int slash = name.indexOf('/');
      if (slash > 0) {
        return name.substring(0, slash);
      }
    } catch (ZipException | EOFException e) {
      // Told like one that begins otherwise.
    }
    throw new InvalidPackageException(AgentPackageFault.FORMAT);
  }
}
