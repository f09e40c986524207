package org.hikae.it.pages.all;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import org.hikae.it.pages.browser.Browser;
import org.hikae.it.pages.browser.PagesFixture;
import org.hikae.it.stack.Stack;
import org.hikae.testing.FullRunOnly;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * What open pages keep in the server: bounded for each session, however many pages somebody opens.
 * Prints what it finds. Time budget: 60 seconds beside the system's start.
 */
@FullRunOnly
@Isolated // the whole memory of the server is looked at
class SessionWeightIT {

  /** Pages that a session keeps (web.xml). */
  private static final int KEPT = 15;

  private static final int OPENED = 200;

  /** Bytes of one session with the largest list in all its pages. */
  private static final long MOST_BYTES = 8 << 20;

  /** What a page beyond those that are kept may add: nothing but what other work leaves. */
  private static final long MOST_BYTES_MORE = 8 << 10;

  @Test
  void a_session_keeps_some_pages_and_forgets_the_oldest() throws Exception {
    PagesFixture pagesFixture = PagesFixture.open();
    try (Browser first = pagesFixture.browser()) {
      // What the first pages load into the server stays there for everybody.
      first.signIn(pagesFixture.admin(), "/admin/overview");
      open(first, 2 * KEPT);
    }
    try (Browser browser = pagesFixture.browser()) {
      browser.signIn(pagesFixture.admin(), "/admin/overview");
      long before = bytes(pagesFixture.stack());
      open(browser, KEPT);
      long full = bytes(pagesFixture.stack());
      open(browser, OPENED);
      long more = bytes(pagesFixture.stack());
      require(full - before, more - full);
    }
  }

  private static void require(long session, long more) {
    System.out.printf(
        Locale.ROOT,
        "a session: %,d bytes with %d pages, %,d after %d more%n",
        session,
        KEPT,
        session + more,
        OPENED);
    assertThat(session).isLessThan(MOST_BYTES);
    assertThat(more).isLessThan(OPENED * MOST_BYTES_MORE);
  }

  private static void open(Browser browser, int pages) {
    browser.script(
        """
        return (async () => {
          for (let page = 0; page < arguments[0]; page++) {
            const answer = await fetch('/admin/employees');
            if (!answer.ok) throw new Error(answer.status);
            await answer.text();
          }
        })();
        """,
        pages);
  }

  /** Bytes of all living objects of the portal. */
  private static long bytes(Stack stack) throws Exception {
    Process jcmd =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                String.valueOf(stack.portalPid()),
                "GC.class_histogram")
            .redirectErrorStream(true)
            .start();
    String said = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(jcmd.waitFor()).as(said).isZero();
    String[] total = said.strip().substring(said.strip().lastIndexOf('\n') + 1).split("\\s+", -1);
    return Long.parseLong(total[2]);
  }
}
