package org.hikae.device.cli.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.hikae.device.cli.harness.AgentHarness;
import org.hikae.device.cli.harness.CompanyTestBase;
import org.junit.jupiter.api.Test;

/** How the window is begun without a terminal. */
class OpenCommandTest extends CompanyTestBase {

  private static final Path SCRIPTS = Path.of("..", "scripts", "package");

  private static String value(String file, String key) throws Exception {
    return Files.readAllLines(SCRIPTS.resolve(file)).stream()
        .filter(line -> line.startsWith(key + "="))
        .map(line -> line.substring(key.length() + 1))
        .findFirst()
        .orElse("");
  }

  @Test
  void who_has_used_it_is_not_shown_it_at_sign_in() throws Exception {
    AgentHarness device = optedIn("first");
    assertThat(device.run("open", "--first-time")).isZero();
    assertThat(device.out() + device.err()).isEmpty();
  }

  @Test
  void desktop_entries_begin_it_without_a_terminal_and_in_both_languages() throws Exception {
    AgentHarness device = device("first");
    for (String file : List.of("hikae.desktop", "hikae-first-time.desktop")) {
      assertThat(value(file, "Terminal")).as(file).isEqualTo("false");
      assertThat(value(file, "Icon")).as(file).isEqualTo("hikae");
      assertThat(value(file, "Comment")).as(file).isNotEmpty();
      assertThat(value(file, "Comment[ja]")).as(file).isNotEmpty();
      List<String> words = List.of(value(file, "Exec").split(" "));
      assertThat(words).as(file).startsWith("hikae", "open").hasSizeBetween(2, 3);
      assertThat(device.run("open", "--help")).isZero();
      assertThat(device.out()).as(file).contains(words.getLast());
    }
  }
}
