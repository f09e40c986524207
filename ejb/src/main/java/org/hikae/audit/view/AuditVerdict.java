package org.hikae.audit.view;

import java.io.Serializable;
import org.hikae.openapi.wire.SchemaName;
import org.jspecify.annotations.Nullable;

/**
 * What checking the trail found.
 *
 * @param intact whether nothing wrong was found
 * @param complete whether the end was reached; else ask again with {@code after} = {@code events}
 * @param events place of the last event that fits
 * @param fault what is wrong; absent when intact
 * @param firstWrong place of the first event that is changed, missing, moved or inserted; for an
 *     event without a place its identifier; absent when intact
 * @param vault what the vault's word says, once the end was reached
 * @param namesErased events whose names were erased, among those checked
 */
public record AuditVerdict(
    boolean intact,
    boolean complete,
    long events,
    @Nullable Fault fault,
    @Nullable Long firstWrong,
    Vault vault,
    long namesErased)
    implements Serializable {

  /** What can be wrong. */
  @SchemaName("AuditVerdictFault")
  public enum Fault {
    /** The event, or one before it, is not what was chained; or it was moved. */
    CHANGED,
    /** There is no event at this place. */
    MISSING,
    /** What people were called is not what was chained. */
    NAMES_CHANGED,
    /** There are events behind the recorded end. */
    INSERTED,
    /** The trail ends before its recorded end, or before the end that the vault has signed. */
    TRUNCATED,
    /** The vault has signed another event at this place. */
    REPLACED,
    /** An event was taken out before it got a place. */
    UNCHAINED
  }

  /** What the vault says. */
  @SchemaName("AuditVerdictVault")
  public enum Vault {
    /** Its newest signed end is in the trail. */
    AGREES,
    /** It knows of an end that the trail does not have. */
    DISAGREES,
    /** It has signed nothing yet. */
    NOTHING,
    /** It does not answer; who truncates the trail may also have cut it off. */
    SILENT,
    /** There is no vault. */
    NONE,
    /** It was not asked yet. */
    NOT_ASKED
  }
}
