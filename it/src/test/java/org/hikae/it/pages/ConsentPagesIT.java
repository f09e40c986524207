package org.hikae.it.pages;

import static org.assertj.core.api.Assertions.assertThat;

import org.hikae.it.pages.browser.Browser;
import org.hikae.it.pages.browser.PagesFixture;
import org.hikae.testing.EveryThirdRun;
import org.hikae.testing.FullRunOnly;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Writing and publishing what employees agree to, in a real browser through the real sign-on. Time
 * budget: 60 seconds beside the system's start.
 */
@Isolated // everybody else would be asked to agree again
@EveryThirdRun
class ConsentPagesIT {

  private static PagesFixture pagesFixture;

  @BeforeAll
  static void open() throws Exception {
    pagesFixture = PagesFixture.open();
  }

  @Test
  void a_draft_is_written_compared_and_published() throws Exception {
    try (Browser browser = pagesFixture.browser()) {
      browser.signIn(pagesFixture.admin(), "/admin/consent-texts");
      browser.click("[id='draft:copy']");
      browser.type("[id='draft:titleEn']", " (revised)");
      browser.type("[id='draft:bodyEn']", "\n\nOne more sentence for everybody.");
      browser.type("[id='draft:bodyJa']", "\n\n全員への追加の一文です。");
      browser.click("[id='draft:save']");
      browser.waitForText("The draft is saved.");
      browser.waitForTextIn("[id='publish']", "One more sentence for everybody.", "全員への追加の一文です。");
      assertThat(browser.all("#publish .con-added")).hasSizeGreaterThanOrEqualTo(3);
      String before = browser.textOf("[id='texts:versions']");
      browser.click("[id='publishing:publish']");
      browser.waitForTextIn(".ui-confirm-dialog", "nobody can change it");
      browser.confirm();
      browser.waitForText("The version is published.");
      browser.waitFor(_ -> !browser.textOf("[id='texts:versions']").equals(before));
      browser.waitForText("Write and save both titles and both texts first.");
      browser.click("button[id$=':0:show']");
      browser.waitForText("Compared with version");
      browser.waitForTextIn("#shown", "One more sentence for everybody.");
    }
  }

  @Test
  @FullRunOnly
  void an_auditor_reads_the_texts_and_can_change_nothing() throws Exception {
    try (Browser browser = pagesFixture.browser()) {
      browser.signIn(pagesFixture.people().named("auditor"), "/admin/consent-texts");
      assertThat(browser.one("[id='draft:titleEn']").isEnabled()).isFalse();
      assertThat(browser.all("[id='draft:save'], [id='publishing:publish']")).isEmpty();
      browser.click("button[id$=':0:show']");
      assertThat(browser.textOf("#shown")).isNotBlank();
    }
  }
}
