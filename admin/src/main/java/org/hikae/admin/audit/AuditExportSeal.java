package org.hikae.admin.audit;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.hikae.hk1.MalformedException;
import org.hikae.vault.wire.LedgerEntry;
import org.hikae.vault.wire.Receipt;
import org.hikae.vault.wire.SignedCard;
import org.hikae.vault.wire.VaultCard;

/**
 * The vault's word over a file: its card, signed by its root, and the row of its ledger, signed by
 * a key of the card (spec HK1-V-01, HK1-V-12).
 */
record AuditExportSeal(SignedCard card, Receipt receipt) {

  static AuditExportSeal parse(String card, String receipt) throws MalformedException {
    return new AuditExportSeal(SignedCard.parse(bytes(card)), Receipt.parse(bytes(receipt)));
  }

  private static byte[] bytes(String text) throws MalformedException {
    try {
      return Base64.getUrlDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw new MalformedException("not base64url");
    }
  }

  /** Whether root, card and row belong together. */
  boolean isGenuine() throws MalformedException {
    VaultCard parsed = VaultCard.parse(card.card());
    List<byte[]> identities = new ArrayList<>(parsed.history().formerIdentities());
    identities.add(parsed.identityKey());
    LedgerEntry entry = receipt.entry();
    return isSigned(card.rootKey(), card.card(), card.signature())
        && receipt.tenant().equals(parsed.tenant())
        && entry.subject().employee().equals(LedgerEntry.auditTrailOf(parsed.tenant()))
        && identities.stream()
            .anyMatch(key -> isSigned(key, receipt.signedBytes(), receipt.signature()));
  }

  private static boolean isSigned(byte[] key, byte[] signed, byte[] signature) {
    try {
      Signature check = Signature.getInstance("SHA256withECDSAinP1363Format");
      check.initVerify(KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(key)));
      check.update(signed);
      return check.verify(signature);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }
}
