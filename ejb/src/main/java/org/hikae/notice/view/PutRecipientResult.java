package org.hikae.notice.view;

/** What became of a change of a recipient. */
public sealed interface PutRecipientResult {

  /**
   * It counts from now on.
   *
   * @param recipient as it is now; as it was when it was removed
   */
  record Made(RecipientView recipient) implements PutRecipientResult {}

  /**
   * Somebody would hear less of what is critical; it waits for a second administrator.
   *
   * @param approval the request, as {@code SecondAdministrator} gives it
   */
  record Waits(Record approval) implements PutRecipientResult {}
}
