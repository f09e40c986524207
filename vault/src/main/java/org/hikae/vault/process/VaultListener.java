package org.hikae.vault.process;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Where peers of the vault come in. */
interface VaultListener extends Closeable {

  /**
   * Waits for the next peer.
   *
   * @throws java.nio.channels.ClosedChannelException when the listener was closed
   * @throws IOException when this peer cannot be let in; others may come
   */
  Peer accept() throws IOException;

  /** Lets nobody in any more; peers that are in stay. */
  @Override
  void close() throws IOException;

  /** A connection. Closing it ends what other threads read and write there. */
  interface Peer extends Closeable {

    /** Finds out who it is; takes no longer than the peer takes. */
    void greet() throws IOException;

    /** Whether the peer is on this host, and so may give an operator's orders. */
    boolean isLocal();

    /** What it sends. */
    InputStream in() throws IOException;

    /** What it gets. */
    OutputStream out() throws IOException;
  }
}
