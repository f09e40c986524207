package org.hikae.vault.root.pkcs11;

import java.nio.file.Path;
import java.security.SecureRandom;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.Transcript;
import org.hikae.vault.port.LedgerAnchor;
import org.hikae.vault.root.contract.RootLocation;

/**
 * Says where the anchor in a token is, then raises it until it is killed, and says each point that
 * it was raised to. Arguments: the library and the slot.
 */
public final class AnchorRaiserMain {

  private AnchorRaiserMain() {}

  public static void main(String[] arguments) throws Exception {
    RootLocation.Pkcs11 place =
        new RootLocation.Pkcs11(Path.of(arguments[0]), Integer.parseInt(arguments[1]));
    try (HardwareToken token = HardwareToken.open(place, SoftHsmTokens.pin())) {
      LedgerAnchor anchor = new Pkcs11Anchor(token, new SecureRandom());
      LedgerAnchor.Point highest = anchor.highest();
      long seq = highest == null ? 0 : highest.seq();
      System.out.println("at " + seq);
      while (true) {
        seq++;
        Hash256 head = Hash256.sha256(Transcript.fields().addU64(seq).toBytes());
        anchor.raise(new LedgerAnchor.Point(seq, head));
        System.out.println("raised " + seq);
      }
    }
  }
}
