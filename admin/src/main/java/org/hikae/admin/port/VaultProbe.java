package org.hikae.admin.port;

import java.io.IOException;
import org.hikae.vault.wire.VaultFrame;

/** Asks the vault what anybody may ask who is let in: health and card. */
@FunctionalInterface
public interface VaultProbe {

  /**
   * Sends an empty frame of a kind and gives the answer's body.
   *
   * @throws IOException when there is no answer of this kind
   */
  byte[] ask(VaultFrame.Kind kind) throws IOException;
}
