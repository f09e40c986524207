package org.hikae.audit.wire;

import java.time.Instant;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.Transcript;
import org.jspecify.annotations.Nullable;

/**
 * What the chain covers of one event (spec HK1-A-01). What people are called is not here but behind
 * {@code personalHash}, so that a name can be erased and the chain still checked.
 *
 * @param at when, to the microsecond
 * @param actorIssuer realm of the person who acted, or {@code system}
 * @param actorSubject {@code sub} of that person, or the part of the portal
 * @param action what was done
 * @param object to what
 * @param detail further facts, a JSON object as text
 * @param employeeId whom it concerns; null when nobody in particular
 * @param personalHash {@link #personalHash}; null for events from before there was one
 */
public record AuditRecord(
    Instant at,
    String actorIssuer,
    String actorSubject,
    String action,
    String object,
    String detail,
    @Nullable Long employeeId,
    @Nullable String personalHash) {

  /** {@code personalHash} of an event that names nobody. */
  public static final String NOBODY = Hash256.ZERO.hex();

  /** The first event's {@code previous}. */
  public static final String BEGINNING = Hash256.ZERO.hex();

  /**
   * The salted hash of what people are called.
   *
   * @param salt random, 32 bytes in hexadecimal, erased together with the content
   * @param content the names, a JSON object as text
   */
  public static String personalHash(String salt, String content) {
    return Hash256.sha256(Transcript.of("audit personal").add(salt).add(content).toBytes()).hex();
  }

  /**
   * The hash of this event at its place, and so of all before it.
   *
   * @param seq its place, from 1
   * @param previous hash of the event before; {@link #BEGINNING} for the first
   */
  public String hash(long seq, String previous) {
    return Hash256.sha256(personalHash == null ? former(seq, previous) : chained(seq, previous))
        .hex();
  }

  private byte[] chained(long seq, String previous) {
    return Transcript.of("audit link")
        .addU64(seq)
        .add(previous)
        .add(at.toString())
        .add(actorIssuer)
        .add(actorSubject)
        .add(action)
        .add(object)
        .add(detail)
        .add(employeeId == null ? "" : Long.toString(employeeId))
        .add(String.valueOf(personalHash))
        .toBytes();
  }

  /** Events that were chained while they were written, before names were kept apart. */
  private byte[] former(long seq, String previous) {
    return Transcript.of("audit event")
        .addU64(seq)
        .add(at.toString())
        .add(actorIssuer)
        .add(actorSubject)
        .add(action)
        .add(object)
        .add(detail)
        .add(previous)
        .toBytes();
  }
}
