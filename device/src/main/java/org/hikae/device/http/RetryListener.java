package org.hikae.device.http;

/** Hears that a call is about to be sent again. Called by the thread that sends. */
@FunctionalInterface
public interface RetryListener {

  /**
   * A call has failed.
   *
   * @param host who was called
   * @param failures how often in a row this very call has failed
   * @param status what was answered, 0 for no answer
   */
  void retrying(String host, int failures, int status);
}
