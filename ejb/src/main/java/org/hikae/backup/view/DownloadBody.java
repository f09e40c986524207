package org.hikae.backup.view;

import java.io.IOException;
import java.io.OutputStream;

/** Writes the bytes of a download; call it once, outside any transaction. */
public interface DownloadBody {
  /** Takes a place among the transfers, writes everything, and gives the place back. */
  void writeTo(OutputStream out) throws IOException;
}
