package org.hikae.it.pages.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.hikae.testing.BuildOutput;
import org.junit.jupiter.api.Test;

/** That the list of all pages has them all. */
class SitePagesTest {

  private static final Path PAGES = BuildOutput.root().resolve("web/portal/src/main/webapp");

  @Test
  void each_page_is_in_the_list() throws IOException {
    List<String> listed =
        SitePages.all().stream().map(page -> page.replaceFirst("\\?.*", "")).toList();
    try (Stream<Path> files = Files.walk(PAGES)) {
      assertThat(
              files
                  .map(file -> "/" + PAGES.relativize(file).toString().replace('\\', '/'))
                  .filter(file -> file.endsWith(".xhtml") && !file.startsWith("/WEB-INF/"))
                  .map(file -> file.replace(".xhtml", ""))
                  // One leads on to the first page of a person, the other is at no address.
                  .filter(page -> !page.equals("/index") && !page.equals("/error/missing")))
          .isSubsetOf(listed);
    }
  }
}
