package org.hikae.it.pages;

import static org.assertj.core.api.Assertions.assertThat;

import org.hikae.it.pages.browser.Accessibility;
import org.hikae.it.pages.browser.Browser;
import org.hikae.it.pages.browser.Keyboard;
import org.hikae.it.pages.browser.ManyDevices;
import org.hikae.it.pages.browser.PagesFixture;
import org.hikae.testing.EveryThirdRun;
import org.hikae.testing.FullRunOnly;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.support.ui.Select;

/**
 * Rows are selected over the pages of a list, and something is done with all of them. Time budget:
 * 90 seconds beside the system's start.
 */
@EveryThirdRun
class BulkPagesIT {

  private static final String ROWS = "[id='list:table_data'] > tr";
  private static final String PAGE_BOX = "input[data-mark-page]";
  private static final String BOX = "[id='list:table_data'] input[data-mark]";
  private static final int MANY = 54;

  private static PagesFixture pagesFixture;

  @BeforeAll
  static void open() throws Exception {
    pagesFixture = PagesFixture.open();
  }

  private static ManyDevices devices(PagesFixture.Participant owner, int active) throws Exception {
    return ManyDevices.write(
        pagesFixture.stack().db(), pagesFixture.employeeId(owner.person()), active);
  }

  @Test
  @FullRunOnly
  void devices_are_selected_over_pages_and_revoked_one_by_one() throws Exception {
    ManyDevices devices = devices(pagesFixture.participant("Owner laptop"), MANY);
    String list = "/admin/devices?version=" + devices.version();
    try (Browser browser = pagesFixture.browser()) {
      browser.signIn(pagesFixture.people().named("helpdesk"), list);
      browser.waitForText("Nothing is selected.");
      browser.click(PAGE_BOX);
      browser.waitForText("Devices selected: 50.");
      // As a person would: what is selected stays at the bottom of the window, above the list.
      new Actions(browser.driver()).sendKeys(Keys.END).perform();
      browser.click("[id='list:forward']");
      browser.waitFor(d -> browser.all(ROWS).size() == 5);
      browser.click(BOX);
      browser.waitForText("Devices selected: 51.");
      new Select(browser.one("[id='list:order']")).selectByValue("newest");
      browser.waitFor(d -> browser.all(ROWS).size() == 50);
      browser.waitForText("Devices selected: 51.");
      new Select(browser.one("[id='list:state']")).selectByValue("ACTIVE");
      browser.waitForText("The selection of 51 is emptied.");
      browser.open(list);
      browser.click("[id='bulk:all']");
      browser.waitForText("Devices selected: 55.");
      assertThat(browser.one(BOX).isSelected()).isTrue();
      assertThat(browser.one(PAGE_BOX).isSelected()).isTrue();
      browser.click("[id='bulk:ask']");
      browser.waitForText("Devices to be revoked: 54");
      browser.waitForText("and 44 more", "revoked already and stay so: 1.");
      assertThat(Accessibility.violations(browser)).isEmpty();
      browser.type("[id='bulk:typed']", "55");
      browser.click("[id='bulk:begin']");
      browser.waitForText("That is not the number.");
      assertThat(devices.revoked()).isEqualTo(1);
      browser.one("[id='bulk:typed']").clear();
      browser.type("[id='bulk:typed']", "54");
      browser.click("[id='bulk:begin']");
      browser.waitForText("Devices revoked: 54. Not done: 1.");
      browser.waitForText("It was revoked before.");
      browser.waitFor(d -> !browser.textOf("[id='list:table_data']").contains("Active"));
      assertThat(Accessibility.violations(browser)).isEmpty();
      assertThat(devices.revoked()).isEqualTo(MANY + 1);
      assertThat(devices.audited()).isEqualTo(MANY);
      browser.click("[id='bulk:close']");
      browser.waitForText("Devices selected: 1.");
      browser.click("[id='bulk:none']");
      browser.waitForText("Nothing is selected.");
    }
  }

  @Test
  void a_few_devices_are_selected_and_revoked_by_keyboard_alone() throws Exception {
    ManyDevices devices = devices(pagesFixture.participant("Keyed laptop"), 2);
    try (Browser browser = pagesFixture.browser()) {
      browser.signIn(
          pagesFixture.people().named("helpdesk"),
          "/admin/devices?deviceState=ACTIVE&version=" + devices.version());
      Keyboard keyboard = new Keyboard(browser);
      assertThat(browser.one("[id='bulk']").getCssValue("position")).isEqualTo("static");
      keyboard.reach(BOX + "[aria-label='Select Desk 0']").press(Keys.SPACE);
      browser.waitForText("Devices selected: 1.");
      assertThat(browser.one("[id='bulk']").getCssValue("position")).isEqualTo("sticky");
      keyboard.reach(BOX + "[aria-label='Select Desk 1']").press(Keys.SPACE);
      browser.waitForText("Devices selected: 2.");
      assertThat(browser.one(PAGE_BOX).isSelected()).isTrue();
      keyboard.reach("[id='bulk:ask']").press(Keys.ENTER);
      browser.waitForText("Devices to be revoked: 2");
      browser.waitForExactly(":focus", "Devices to be revoked: 2");
      keyboard.reach("[id='bulk:begin']").press(Keys.ENTER);
      browser.waitForText("Devices revoked: 2.");
      assertThat(devices.revoked()).isEqualTo(3);
    }
  }

  @Test
  @FullRunOnly
  void who_may_not_act_is_offered_no_selection() throws Exception {
    try (Browser browser = pagesFixture.browser()) {
      browser.signIn(pagesFixture.people().named("auditor"), "/admin/devices");
      browser.waitForHeading("Devices");
      assertThat(browser.all("[id='bulk'], input[data-mark], " + PAGE_BOX)).isEmpty();
      browser.open("/admin/employees");
      browser.waitForHeading("Employees");
      assertThat(browser.all("[id='bulk'], input[data-mark], " + PAGE_BOX)).isEmpty();
      new Select(browser.one("[id='list:optIn']")).selectByValue("OPTED_IN");
      browser.waitFor(d -> browser.address().endsWith("optIn=OPTED_IN"));
    }
  }

  @Test
  @FullRunOnly
  void employees_are_put_on_legal_hold_together_and_who_has_one_is_named() throws Exception {
    String username = pagesFixture.participant("Held laptop").person().username();
    try (Browser browser = pagesFixture.browser()) {
      browser.signIn(pagesFixture.admin(), "/admin/employees?text=" + username);
      browser.click(BOX);
      browser.waitForText("Employees selected: 1.");
      browser.click("[id='list:table'] th[id$=':coptIn']");
      browser.waitFor(d -> browser.one(BOX).isSelected());
      browser.click("[id='bulk:ask']");
      browser.waitForText("Employees who get a legal hold: 1");
      assertThat(Accessibility.violations(browser)).isEmpty();
      browser.click("[id='bulk:begin']");
      browser.waitForText("Give a reason for the hold.");
      browser.type("[id='bulk:reason']", "Case 77");
      browser.click("[id='bulk:begin']");
      browser.waitForText("Legal holds set: 1.");
      browser.click("[id='bulk:close']");
      browser.waitForText("Nothing is selected.");
      browser.click("[id='bulk:all']");
      browser.waitForText("Employees selected: 1.");
      browser.click("[id='bulk:ask']");
      browser.click("[id='bulk:begin']");
      browser.waitForText("Legal holds set: 0. Not done: 1.");
      browser.waitForText("There is a legal hold already.");
      browser.open("/admin/employee?id=" + browser.one("[data-mark]").getDomAttribute("data-mark"));
      browser.waitForText("Case 77");
    }
  }

  /** No mail goes out of this system, and a new device has a while for its first backup. */
  @Test
  void who_asks_to_remind_somebody_learns_why_that_is_of_no_use() throws Exception {
    String username = pagesFixture.participant("Laptop not reminded").person().username();
    try (Browser browser = pagesFixture.browser()) {
      browser.signIn(pagesFixture.admin(), "/admin/employees?text=" + username);
      browser.click(BOX);
      browser.waitForText("Employees selected: 1.");
      browser.click("[id='bulk:nudge']");
      browser.waitForText("The backup is well, or the person can do nothing about it.");
      assertThat(browser.all("[id='bulk:begin']")).isEmpty();
    }
  }
}
