package org.hikae.it.notice;

import org.hikae.testing.FullRunOnly;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;

/**
 * What happens is told, by two portals of one database that both send, to a real mail server and a
 * receiver that checks signatures. One suite, so that the system, which others would have to share
 * the processor with, runs no longer than its tests. Time budget: 330 seconds beside the system's
 * start, a minute of it the vault's for the last attempt.
 */
@Order(0) // takes longest
@FullRunOnly
class NoticesIT {

  @BeforeAll
  static void two_portals() throws Exception {
    NoticeSystem.open();
  }

  @AfterAll
  static void end() throws Exception {
    NoticeSystem.end();
  }

  /** What is sent. */
  @Nested
  class Sending extends NoticeContentScenario {}

  /** Why. */
  @Nested
  class Causes extends NoticeCauseScenario {}

  /** When, and to whom. */
  @Nested
  class Recipients extends NoticeRecipientScenario {}
}
