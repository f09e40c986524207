package org.hikae.device.state;

/**
 * When to ask for the password again, and the little that is needed to tell a right answer (ADR 8).
 *
 * @param setId the set that the password opens, hexadecimal
 * @param salt drawn for this password, base64url
 * @param trace one byte of the stretched password, 0 to 255
 * @param step how often it was right in a row; decides how long the next pause is
 * @param dueAt when to ask again, as seconds since 1970
 * @param wrong wrong answers since the last right one
 */
public record PasswordReminder(
    String setId, String salt, int trace, int step, long dueAt, int wrong) {
  @Override
  public String toString() {
    return "PasswordReminder(REDACTED)";
  }
}
