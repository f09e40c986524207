package org.hikae.it.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.hikae.it.pages.browser.Browser;
import org.hikae.it.pages.browser.PagesFixture;
import org.hikae.testing.FullRunOnly;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The page of the portal's own work. Time budget: 30 seconds beside the system's start. */
@FullRunOnly
class SystemPageIT {

  private static PagesFixture pagesFixture;

  @BeforeAll
  static void open() throws Exception {
    pagesFixture = PagesFixture.open();
    PagesFixture.Participant participant = pagesFixture.participant("Stored laptop");
    pagesFixture.backUp(participant);
    lose(participant.device().setId());
  }

  /** What the set has stored is gone, as if the disk had forgotten it. */
  private static void lose(String setId) throws SQLException {
    assertThat(
            pagesFixture
                .stack()
                .db()
                .loseBytes("select repository_id from repository where set_id = '" + setId + "'"))
        .isPositive();
  }

  @Test
  void an_administrator_sees_the_work_and_starts_it() throws Exception {
    try (Browser browser = pagesFixture.browser()) {
      browser.signIn(pagesFixture.admin(), "/admin/system");
      browser.waitForHeading("System");
      browser.waitForText(
          "Counts against quotas",
          "Nightly work",
          "Scrubbing",
          "Directory",
          "Audit trail",
          "Next due");
      browser.click("[id='system:readDirectory']");
      browser.waitForText("The directory has been read.");
      browser.click("[id='system:scrub']");
      browser.waitForText("Reading has begun.");
      // The page looks again by itself until the pass has begun, found it and ended.
      browser.waitFor(
          d -> {
            String jobs = browser.textOf("[id='system:jobs_data']");
            // PostgreSQL has a row of its own below the others: it has never archived its log.
            String begun = jobs.split("Database backup", 2)[0];
            return !browser.all("[id='system:rot_data'] time.hk-time").isEmpty()
                && !begun.contains("Running")
                && !begun.contains("Never yet");
          });
      // Looking again leaves the sentence where it is: somebody may still be reading it.
      browser.waitForText("Reading has begun.");
    }
  }

  @Test
  void the_night_is_shown_with_what_it_has_done_and_when_it_ended() throws Exception {
    try (Browser browser = pagesFixture.browser()) {
      browser.signIn(pagesFixture.people().named("auditor"), "/admin/system");
      try {
        untilShown(
            browser,
            "update housekeeping set done_count = 4711, cursor_at = 1, holder = 'elsewhere',"
                + " lease_until = current_timestamp + interval '5' minute",
            night ->
                night.contains("Running")
                    && night.contains(
                        "4,711 of " + pagesFixture.number("select count(*) from repository")));
      } finally {
        pagesFixture.change(
            "update housekeeping set cursor_at = null, holder = null, lease_until = null");
      }
      untilShown(
          browser,
          "update housekeeping set done_count = 4712, started_at ="
              + " current_timestamp - interval '42' second, ended_at = current_timestamp",
          night -> night.contains("4,712") && night.contains("42 s") && !night.contains(" of "));
    }
  }

  /** Nights of other tests' portals may write the same row meanwhile. */
  private static void untilShown(Browser browser, String change, Shown shown) {
    browser.waitFor(
        _ -> {
          try {
            pagesFixture.change(change);
            browser.open("/admin/system");
            return shown.by(browser.textOf("[id='system:jobs_data'] > tr"));
          } catch (SQLException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  /** What a row of the page is to say. */
  private interface Shown {
    boolean by(String row) throws SQLException;
  }

  @Test
  void an_auditor_sees_it_and_starts_nothing() throws Exception {
    try (Browser browser = pagesFixture.browser()) {
      browser.signIn(pagesFixture.people().named("auditor"), "/admin/system");
      browser.waitForHeading("System");
      assertThat(browser.all("[id='system:scrub'], [id='system:readDirectory']")).isEmpty();
    }
  }
}
