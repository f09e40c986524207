package org.hikae.it.pages.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.hikae.it.pages.browser.Browser;

/**
 * A person at the window who looks into what no task of {@link WindowPageIT} comes to: one file,
 * work that goes on for long, the dialogs about the key and restic, the schedule. Each leads on.
 */
final class WindowDialogStory {

  /** Dialogs of the page about the key, each of which changes nothing until it is answered. */
  private static final List<String> CARE =
      List.of(
          "STATUS",
          "KEYS",
          "RECEIPTS",
          "VERIFY_RECEIPTS",
          "DEVICES",
          "REPORT",
          "PRACTICE",
          "CHANGE_PASSWORD",
          "FORGOTTEN_PASSWORD",
          "ADD_PASSWORD",
          "NEW_DIGITS",
          "GIVE_KEY",
          "FREEZE",
          "UNFREEZE",
          "VETO",
          "FORGET");

  private final WindowStory story;
  private final Browser browser;

  WindowDialogStory(WindowStory story) {
    this.story = story;
    this.browser = story.browser();
  }

  /** Something that has to be done before. */
  @FunctionalInterface
  interface Preparation {
    /** Does it. */
    void make() throws Exception;
  }

  /** A file of the newest snapshot. */
  void file(String name) throws Exception {
    story.press("nav button", "nav.timeline").heading("timeline.title").look("timeline");
    story.press("main li button");
    browser.waitForTextIn("td.name", name);
    story.press("td.name button");
    browser.waitForTextIn("h1", name);
    browser.one("pre.preview");
    story.look("file");
  }

  /** A backup that goes on while the person goes elsewhere, and is stopped. */
  void work(Path folder, Preparation slow) throws Exception {
    slow.make();
    story.press("nav button", "nav.backup").heading("backup.title");
    story.type("#folders", folder.toString()).press("form button.first");
    story.heading("run.title").look("at-work");
    story.press("nav button", "nav.verdict").heading("verdict.NOT_SCHEDULED");
    browser.waitForTextIn("#run", story.text("run.stop"));
    story.look("at-work-elsewhere");
    browser.driver().navigate().back();
    story.heading("run.title").press("#run button", "run.stop");
    story.heading("run.BACKUP.CANCELLED").look("stopped");
  }

  /** Chooses the folder of this name in the home, has it backed up by itself, and pauses that. */
  void schedule(String folder) throws Exception {
    story.press("nav button", "nav.schedule").heading("schedule.title").look("schedule");
    story.tick("input[aria-label='" + story.text("folder.choose.this", folder) + "']");
    browser.waitForTextIn("ul.hits", folder);
    story.look("schedule-chosen").press("form button.first");
    browser.waitForTextIn(".notes", story.text("schedule.set"));
    story.look("schedule-set");
    // Nothing has begun a backup of it yet, and there may be no systemd here.
    story.press("nav button", "nav.verdict").heading("verdict.NOT_SCHEDULED").look("by-itself");
    story.press("nav button", "nav.schedule").press("main button", "schedule.pause.hours");
    browser.waitForTextIn("main button.first", story.text("schedule.resume"));
    story.look("schedule-paused");
    story.press("nav button", "nav.verdict").heading("verdict.PAUSED").look("paused");
    browser.waitForTextIn("section.verdict", story.text("verdict.PAUSED.until").split("\\{0}"));
    assertThat(browser.textOf("section.verdict")).as("until when").doesNotContain("{0}");
    story.press("section.verdict button.first").heading("verdict.NOT_SCHEDULED");
  }

  /** Each dialog about the key: what it asks first, or says. */
  void key() throws Exception {
    for (String kind : CARE) {
      story.press("nav button", "nav.care").heading("care.title");
      story.press("main button", "dialog." + kind);
      browser.waitFor(_ -> !browser.all("main form, main .row button").isEmpty());
      if (kind.equals("ADD_PASSWORD")) {
        // The command that the sentence names is here, too.
        browser.waitForTextIn(
            ".failure", story.text("ways.here"), story.text("dialog.CHANGE_PASSWORD"));
      }
      look("care-" + kind);
    }
    story.press("nav button", "nav.care").press("main button", "dialog.CHANGE_PASSWORD");
    story.press("nav button", "nav.verdict");
    browser.waitForTextIn(
        ".notes", story.text("dialog.waits", story.text("dialog.CHANGE_PASSWORD")));
    story.look("waits").press(".notes button", "dialog.cancel");
    browser.waitFor(_ -> browser.all("main .notes").isEmpty());
    story.press("nav button", "nav.care").heading("care.title").look("care");
    story.press("main button", "care.stolen.open").heading("care.stolen").look("stolen");
    assertThat(browser.one("main li a").getDomAttribute("href")).endsWith("/my/backups");
  }

  /** Looks at a dialog, and leaves it. */
  private void look(String name) throws Exception {
    story.look(name);
    if (!browser.all("main form").isEmpty()) {
      story.press("form button", "dialog.cancel");
      browser.waitFor(_ -> browser.all("main form").isEmpty());
    }
  }

  /** What restic needs is shown once, goes when nobody sees it, and is ended again. */
  void restic() throws Exception {
    story.press("nav button", "nav.care").press("main button", "care.restic.open");
    story.heading("care.restic").look("restic");
    story.press("main button", "dialog.RESTIC_SETUP").heading("dialog.RESTIC_SETUP.done");
    story.look("restic-set-up");
    for (String kind : List.of("RESTIC", "RESTIC_OWN_PASSWORD", "RESTIC_REPLACE")) {
      story.press("nav button", "nav.care").press("main button", "care.restic.open");
      story.heading("care.restic").press("main button", "dialog." + kind);
      browser.waitFor(_ -> !browser.all("main form, main .row button").isEmpty());
      look("restic-" + kind);
    }
    story.press("nav button", "nav.care").press("main button", "care.restic.open");
    story.press("main button", "dialog.RESTIC_SHOW").heading("dialog.RESTIC_VALUES.title");
    String shown = browser.textOf("pre.secret");
    assertThat(shown).contains("RESTIC_REPOSITORY=", "RESTIC_PASSWORD=");
    story.look("restic-values");
    story.hide(true);
    browser.waitFor(_ -> browser.all("pre.secret").isEmpty());
    story.hide(false);
    assertThat(browser.textOf("pre.secret")).as("to whoever comes back").isEqualTo(shown);
    story.press("form button", "dialog.RESTIC_VALUES.forget").heading("dialog.RESTIC_SHOW.done");
    String password = shown.replaceAll("(?s).*RESTIC_PASSWORD='([^']+)'.*", "$1");
    assertThat(story.kept()).doesNotContain(password);
  }
}
