package org.hikae.notice.view;

/** What became of a change of a channel. */
public sealed interface PutChannelResult {

  /**
   * It counts from now on.
   *
   * @param settings as they are now
   */
  record Made(ChannelSettingsView settings) implements PutChannelResult {}

  /**
   * The channel has worked, so that somebody might hear less of what is critical; it waits for a
   * second administrator.
   *
   * @param approval the request, as {@code SecondAdministrator} gives it
   */
  record Waits(Record approval) implements PutChannelResult {}
}
