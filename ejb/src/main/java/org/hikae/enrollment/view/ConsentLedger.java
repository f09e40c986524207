package org.hikae.enrollment.view;

import java.io.Serializable;
import java.time.Instant;
import java.util.List;
import org.hikae.enrollment.value.ConsentAction;
import org.hikae.enrollment.wire.ConsentText;
import org.jspecify.annotations.Nullable;

/**
 * One employee's ledger of consents, with the texts that it names.
 *
 * @param employeeId the portal's number for them
 * @param issuer realm of the employee
 * @param subject {@code sub} of the employee
 * @param displayName name for people
 * @param exportedAt when this was made
 * @param entries newest first, at most {@value #MAX_ENTRIES}
 * @param complete whether these are all entries
 * @param texts each text that an entry names
 */
public record ConsentLedger(
    long employeeId,
    String issuer,
    String subject,
    String displayName,
    Instant exportedAt,
    List<Entry> entries,
    boolean complete,
    List<ConsentText> texts)
    implements Serializable {

  /** Most entries in one export. */
  public static final int MAX_ENTRIES = 1000;

  /**
   * An entry.
   *
   * @param consentId its place; rises
   * @param action {@code OPTED_IN}, {@code RECONSENTED}, {@code PAUSED}, {@code RESUMED} or {@code
   *     WITHDRAWN}
   * @param at when
   * @param textVersion version of the text
   * @param textLanguage language of the text
   * @param deviceId the device; absent for the pages and what the portal did by itself
   * @param clientId the program; {@code hikae} for what the portal did by itself
   */
  public record Entry(
      long consentId,
      ConsentAction action,
      Instant at,
      int textVersion,
      String textLanguage,
      @Nullable String deviceId,
      String clientId)
      implements Serializable {}

  /** The entries as CSV (RFC 4180), with a line of names. */
  public String csv() {
    StringBuilder csv =
        new StringBuilder("at,action,textVersion,textLanguage,deviceId,clientId,consentId\r\n");
    for (Entry entry : entries) {
      String device = entry.deviceId();
      csv.append(entry.at()).append(',').append(entry.action()).append(',');
      csv.append(entry.textVersion()).append(',').append(entry.textLanguage()).append(',');
      csv.append(device == null ? "" : device).append(',').append(quoted(entry.clientId()));
      csv.append(',').append(entry.consentId()).append("\r\n");
    }
    return csv.toString();
  }

  private static String quoted(String text) {
    return '"' + text.replace("\"", "\"\"") + '"';
  }
}
