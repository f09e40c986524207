package org.hikae.vault.core;

import java.security.MessageDigest;
import java.time.LocalDate;
import org.hikae.crypto.CryptoException;
import org.hikae.crypto.sign.VerifyingKey;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.Hk1Constants;
import org.hikae.hk1.MalformedException;
import org.hikae.hk1.Transcript;
import org.hikae.hk1.TranscriptReader;
import org.hikae.vault.port.LedgerAnchor;
import org.jspecify.annotations.Nullable;

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
public record Custodians(String tenant, byte[] first, byte[] second, byte[] signature) {

  private static final int MAX_TENANT_BYTES = 64;

  /** 31 December 9999. */
  private static final long LAST_DAY = 2_932_896;

  /** Copies the arrays. */
  public Custodians {
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
  public static Custodians parse(byte[] bytes, byte[] vaultRoot)
      throws MalformedException, CryptoException {
    TranscriptReader in = new TranscriptReader(bytes);
    String tenant = in.text("tenant", MAX_TENANT_BYTES);
    byte[] first = in.atMost("first", Hk1Constants.MAX_SPKI_BYTES);
    byte[] second = in.atMost("second", Hk1Constants.MAX_SPKI_BYTES);
    byte[] signature = in.exactly("signature", Hk1Constants.SIGNATURE_BYTES);
    in.end();
    VerifyingKey.decode(vaultRoot).verify(transcript(tenant, first, second), signature);
    return new Custodians(tenant, first, second, signature);
  }

  /**
   * Requires both custodians' signatures.
   *
   * @throws CryptoException when one is missing or wrong
   */
  void require(Transcript statement, byte[] byFirst, byte[] bySecond) throws CryptoException {
    VerifyingKey.decode(first).verify(statement, byFirst);
    VerifyingKey.decode(second).verify(statement, bySecond);
  }

  /**
   * What custodians sign, and nothing else.
   *
   * @param transcript the signed bytes
   * @param words the same for a person
   */
  public record Statement(Transcript transcript, String words) {

    private static final String REOPEN = "vault reopening";
    private static final String DELETE = "vault admin deletion";

    /**
     * To reopen a closed ledger as it stands.
     *
     * @param last the ledger's last row
     * @param anchored how far it was anchored; null for not at all
     * @param seen the highest row that a client or the witness has seen, when it is not here; null
     *     for none
     * @param day the day by the host's clock, counted from 1970-01-01
     */
    public static Statement reopening(
        String tenant,
        LedgerAnchor.Point last,
        LedgerAnchor.@Nullable Point anchored,
        LedgerAnchor.@Nullable Point seen,
        long day) {
      Transcript signed = Transcript.of(REOPEN).add(tenant);
      add(signed, last);
      add(signed, anchored);
      add(signed, seen);
      return new Statement(
          signed.addU64(day),
          "Reopen the vault of "
              + tenant
              + " at row "
              + last.seq()
              + " of its ledger, although row "
              + (anchored == null ? 0 : anchored.seq())
              + " was anchored"
              + (seen == null ? "" : " and a client or the witness has seen row " + seen.seq())
              + ". Every record keeps one attempt at most. The vault's time goes on from the clock"
              + " of its host; on the day of this statement that clock says "
              + LocalDate.ofEpochDay(day)
              + ". To be used within 7 days.");
    }

    private static void add(Transcript to, LedgerAnchor.@Nullable Point point) {
      to.addU64(point == null ? 0 : point.seq())
          .add((point == null ? Hash256.ZERO : point.head()).toBytes());
    }

    /**
     * To announce the deletion of an employee's record.
     *
     * @param employee {@link org.hikae.vault.wire.LedgerEntry#employeeOf}
     * @param credId the record
     * @param before the last row by which custodians announced a deletion for this employee; 0 for
     *     none. So the signatures serve once.
     */
    public static Statement deletion(String tenant, Hash256 employee, Hash256 credId, long before) {
      return new Statement(
          Transcript.of(DELETE)
              .add(tenant)
              .add(employee.toBytes())
              .add(credId.toBytes())
              .addU64(before),
          "Announce, once, the deletion of a password record of "
              + tenant
              + ", employee "
              + employee.hex()
              + ". It is done after 30 days unless vetoed.");
    }

    /** Reads what an operator was given to have signed. */
    public static Statement parse(byte[] bytes) throws MalformedException {
      boolean reopening =
          new TranscriptReader(bytes).text("purpose", MAX_TENANT_BYTES).equals("HK1 " + REOPEN);
      TranscriptReader in = new TranscriptReader(bytes).expectPurpose(reopening ? REOPEN : DELETE);
      String tenant = in.text("tenant", MAX_TENANT_BYTES);
      Statement statement =
          reopening
              ? reopening(tenant, point(in), pointOrNone(in), pointOrNone(in), day(in))
              : deletion(tenant, hash(in), hash(in), in.u64("before"));
      in.end();
      return statement;
    }

    private static long day(TranscriptReader in) throws MalformedException {
      long day = in.u64("day");
      if (day > LAST_DAY) {
        throw new MalformedException("The day is too late.");
      }
      return day;
    }

    private static LedgerAnchor.Point point(TranscriptReader in) throws MalformedException {
      return new LedgerAnchor.Point(in.u64("row"), hash(in));
    }

    private static LedgerAnchor.@Nullable Point pointOrNone(TranscriptReader in)
        throws MalformedException {
      LedgerAnchor.Point point = point(in);
      return point.seq() == 0 ? null : point;
    }

    private static Hash256 hash(TranscriptReader in) throws MalformedException {
      return Hash256.of(in.exactly("hash", Hk1Constants.HASH_BYTES));
    }
  }
}
