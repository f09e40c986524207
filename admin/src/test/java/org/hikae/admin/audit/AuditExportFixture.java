package org.hikae.admin.audit;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.hikae.audit.wire.AuditRecord;
import org.hikae.hk1.Hash256;
import org.hikae.vault.wire.AuditHead;
import org.hikae.vault.wire.LedgerEntry;
import org.hikae.vault.wire.Receipt;
import org.hikae.vault.wire.SignedCard;
import org.hikae.vault.wire.VaultCard;
import org.hikae.vault.wire.VaultEvent;

/** An export as the portal writes it, with a vault's keys of the test. */
public final class AuditExportFixture {

  static final String TENANT = "demo";
  static final KeyPair ROOT = keys();
  static final KeyPair IDENTITY = keys();

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  private AuditExportFixture() {}

  private static KeyPair keys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  static byte[] sign(KeyPair keys, byte[] bytes) {
    try {
      Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
      signature.initSign(keys.getPrivate());
      signature.update(bytes);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /** The vault's card. */
  public static SignedCard card() {
    return card("software");
  }

  /** The card of a vault that keeps the root of its keys so. */
  public static SignedCard card(String rootName) {
    VaultCard card =
        new VaultCard(
            1, TENANT, IDENTITY.getPublic().getEncoded(), new byte[65], new byte[33], rootName);
    return new SignedCard(
        card.signedBytes(), ROOT.getPublic().getEncoded(), sign(ROOT, card.signedBytes()));
  }

  /** Lines of events at these places of a trail of {@code count}; without head and end. */
  public static List<String> events(int count, List<Integer> shown) {
    List<String> lines = new ArrayList<>();
    String previous = AuditRecord.BEGINNING;
    for (int seq = 1; seq <= count; seq++) {
      String salt = Hash256.sha256(new byte[] {(byte) seq}).hex();
      String names = "{\"username\":\"person" + seq + "\"}";
      AuditRecord event =
          new AuditRecord(
              Instant.parse("2026-11-26T15:00:00Z").plusSeconds(seq),
              "https://sso.example/realms/hikae",
              "sub-" + seq,
              "device.revoke",
              "device:" + seq,
              "{}",
              (long) seq,
              AuditRecord.personalHash(salt, names));
      String hash = event.hash(seq, previous);
      ObjectNode line = JSON.createObjectNode();
      line.put("seq", seq)
          .put("at", event.at().toString())
          .put("actorIssuer", event.actorIssuer())
          .put("actorSubject", event.actorSubject())
          .put("action", event.action())
          .put("object", event.object())
          .put("detail", event.detail())
          .put("employeeId", event.employeeId())
          .put("personalHash", event.personalHash())
          .put("salt", salt)
          .put("names", names)
          .put("previous", previous)
          .put("hash", hash);
      if (shown.contains(seq)) {
        lines.add(line.toString());
      }
      previous = hash;
    }
    return lines;
  }

  /** The whole file around these lines, signed as it is. */
  public static List<String> signed(
      List<String> events, boolean filtered, long endSeq, String endHash) {
    ObjectNode head = JSON.createObjectNode();
    head.put("hikaeAudit", 1).put("endSeq", endSeq).put("endHash", endHash);
    ObjectNode filter = head.putObject("filter");
    if (filtered) {
      filter.put("action", "device.revoke");
    }
    head.put("card", BASE64.encodeToString(card().encode()));
    List<String> lines = new ArrayList<>();
    lines.add(head.toString());
    lines.addAll(events);
    Hash256 whole =
        Hash256.sha256((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
    ObjectNode end = JSON.createObjectNode();
    end.put("events", events.size()).put("sha256", whole.hex());
    end.put("receipt", BASE64.encodeToString(receipt(endSeq, endHash, whole, IDENTITY).encode()));
    lines.add(end.toString());
    return lines;
  }

  static Receipt receipt(long seq, String hash, Hash256 whole, KeyPair by) {
    LedgerEntry entry =
        new LedgerEntry(
            9,
            Hash256.ZERO,
            1_800_000_000_000L,
            VaultEvent.AUDIT_EXPORT,
            new LedgerEntry.Subject(
                LedgerEntry.auditTrailOf(TENANT), new byte[16], Hash256.ZERO, new byte[16]),
            0,
            0,
            0,
            new AuditHead(seq, parse(hash), whole).detail(),
            Hash256.ZERO);
    byte[] signature = sign(by, Receipt.transcript(TENANT, entry, Hash256.ZERO).toBytes());
    return new Receipt(TENANT, entry, Hash256.ZERO, signature);
  }

  private static Hash256 parse(String hex) {
    try {
      return Hash256.parse(hex);
    } catch (org.hikae.hk1.MalformedException e) {
      throw new AssertionError(e);
    }
  }
}
