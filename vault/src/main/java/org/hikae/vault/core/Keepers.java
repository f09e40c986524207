package org.hikae.vault.core;

import java.security.MessageDigest;
import org.hikae.crypto.CryptoException;
import org.hikae.crypto.sign.VerifyingKey;
import org.hikae.hk1.FieldReader;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.Hk1;
import org.hikae.hk1.MalformedException;
import org.hikae.hk1.Transcript;

/**
 * The two people without whom the vault neither reopens after an alarm nor deletes an employee's
 * record (spec HK1-V-22): their public keys, signed once by the offline vault root. Their private
 * keys are kept offline and apart.
 *
 * @param tenant the company
 * @param first SubjectPublicKeyInfo
 * @param second SubjectPublicKeyInfo, another key
 * @param signature 64 bytes by the vault root over {@link #transcript}
 */
public record Keepers(String tenant, byte[] first, byte[] second, byte[] signature) {

  private static final int MAX_TENANT_BYTES = 64;

  /** Copies the arrays. */
  public Keepers {
    first = first.clone();
    second = second.clone();
    signature = signature.clone();
    if (MessageDigest.isEqual(first, second)) {
      throw new IllegalArgumentException("the two keepers need two keys");
    }
  }

  /** What the vault root signs. */
  public static Transcript transcript(String tenant, byte[] first, byte[] second) {
    return Transcript.of("vault keepers").add(tenant).add(first).add(second);
  }

  /** The bytes of the file. */
  public byte[] encode() {
    return Transcript.fields().add(tenant).add(first).add(second).add(signature).toBytes();
  }

  /**
   * Reads the file's bytes.
   *
   * @param vaultRoot SubjectPublicKeyInfo of the vault root that signed the card
   * @throws CryptoException when another root signed them
   */
  public static Keepers parse(byte[] bytes, byte[] vaultRoot)
      throws MalformedException, CryptoException {
    FieldReader in = new FieldReader(bytes);
    String tenant = in.text("tenant", MAX_TENANT_BYTES);
    byte[] first = in.atMost("first", Hk1.MAX_SPKI_BYTES);
    byte[] second = in.atMost("second", Hk1.MAX_SPKI_BYTES);
    byte[] signature = in.exactly("signature", Hk1.SIGNATURE_BYTES);
    in.end();
    VerifyingKey.decode(vaultRoot).verify(transcript(tenant, first, second), signature);
    return new Keepers(tenant, first, second, signature);
  }

  /**
   * Requires both keepers' signatures.
   *
   * @throws CryptoException when one is missing or wrong
   */
  void require(Transcript statement, byte[] byFirst, byte[] bySecond) throws CryptoException {
    VerifyingKey.decode(first).verify(statement, byFirst);
    VerifyingKey.decode(second).verify(statement, bySecond);
  }

  /**
   * What keepers sign, and nothing else.
   *
   * @param transcript the signed bytes
   * @param words the same for a person
   */
  public record Statement(Transcript transcript, String words) {

    private static final String REOPEN = "vault reopen";
    private static final String DELETE = "vault admin delete";

    /**
     * To reopen a closed ledger as it stands.
     *
     * @param seq the ledger's last row
     * @param head the chain's code of it
     * @param anchored the anchor's row; 0 for none
     * @param anchoredHead the anchor's code; zero for none
     */
    public static Statement reopening(
        String tenant, long seq, Hash256 head, long anchored, Hash256 anchoredHead) {
      return new Statement(
          Transcript.of(REOPEN)
              .add(tenant)
              .addU64(seq)
              .add(head.toBytes())
              .addU64(anchored)
              .add(anchoredHead.toBytes()),
          "Reopen the vault of "
              + tenant
              + " at row "
              + seq
              + " of its ledger, although row "
              + anchored
              + " was anchored. Every record keeps one attempt at most.");
    }

    /**
     * To announce the deletion of an employee's record.
     *
     * @param employee {@link org.hikae.vault.wire.LedgerEntry#employeeOf}
     * @param credId the record
     */
    public static Statement deletion(String tenant, Hash256 employee, Hash256 credId) {
      return new Statement(
          Transcript.of(DELETE).add(tenant).add(employee.toBytes()).add(credId.toBytes()),
          "Announce the deletion of a password record of "
              + tenant
              + ", employee "
              + employee.hex()
              + ". It is done after 30 days unless vetoed.");
    }

    /** Reads what an operator was given to have signed. */
    public static Statement parse(byte[] bytes) throws MalformedException {
      boolean reopening =
          new FieldReader(bytes).text("purpose", MAX_TENANT_BYTES).equals("HK1 " + REOPEN);
      FieldReader in = new FieldReader(bytes).expectPurpose(reopening ? REOPEN : DELETE);
      String tenant = in.text("tenant", MAX_TENANT_BYTES);
      Statement statement =
          reopening
              ? reopening(tenant, in.u64("seq"), hash(in), in.u64("anchored"), hash(in))
              : deletion(tenant, hash(in), hash(in));
      in.end();
      return statement;
    }

    private static Hash256 hash(FieldReader in) throws MalformedException {
      return Hash256.of(in.exactly("hash", Hk1.HASH_BYTES));
    }
  }
}
