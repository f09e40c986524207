package org.hikae.admin.claim;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import org.hikae.admin.port.VaultProbe;
import org.hikae.hk1.MalformedException;
import org.hikae.vault.wire.SignedCard;
import org.hikae.vault.wire.VaultCard;
import org.hikae.vault.wire.VaultFrame;
import org.jspecify.annotations.Nullable;

/** Asks the vault for its card, once for all claims about it. */
public final class VaultCardReader {

  private final @Nullable VaultProbe probe;
  private @Nullable ReadCard read;

  /**
   * Asks by this probe.
   *
   * @param probe null when no vault is set up
   */
  public VaultCardReader(@Nullable VaultProbe probe) {
    this.probe = probe;
  }

  /**
   * A card.
   *
   * @param signed as devices get it
   * @param card what it says
   * @param genuine whether its own root has signed it
   */
  record ReadCard(SignedCard signed, VaultCard card, boolean genuine) {

    /** The fingerprint of its root, hexadecimal. */
    String root() {
      return signed.rootFingerprint().hex();
    }
  }

  /** Whether a vault is set up. */
  boolean isSetUp() {
    return probe != null;
  }

  /**
   * The card.
   *
   * @throws IOException when the vault gives none
   */
  ReadCard read() throws IOException {
    ReadCard known = read;
    VaultProbe asked = probe;
    if (known != null) {
      return known;
    }
    if (asked == null) {
      throw new IOException("no vault is set up");
    }
    try {
      SignedCard signed = SignedCard.parse(asked.ask(VaultFrame.Kind.CARD));
      ReadCard fresh = new ReadCard(signed, VaultCard.parse(signed.card()), isSigned(signed));
      read = fresh;
      return fresh;
    } catch (MalformedException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private static boolean isSigned(SignedCard signed) {
    try {
      Signature check = Signature.getInstance("SHA256withECDSAinP1363Format");
      check.initVerify(
          KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(signed.rootKey())));
      check.update(signed.card());
      return check.verify(signed.signature());
    } catch (GeneralSecurityException e) {
      return false;
    }
  }
}
