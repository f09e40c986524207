package org.hikae.device.cli.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hikae.backup.wire.RunResult.SUCCESS;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.cli.command.CommandOutput;
import org.hikae.device.cli.command.Messages;
import org.hikae.device.cli.dialog.WindowOutputListener;
import org.hikae.device.cli.harness.AgentHarness;
import org.hikae.device.cli.harness.CompanyTestBase;
import org.hikae.device.cli.harness.DirectoryTrees;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How the window is begun without a terminal. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class OpenCommandTest extends CompanyTestBase {

  private static final Path SCRIPTS = Path.of("..", "scripts", "package");

  private static String value(String file, String key) throws Exception {
    return Files.readAllLines(SCRIPTS.resolve(file)).stream()
        .filter(line -> line.startsWith(key + "="))
        .map(line -> line.substring(key.length() + 1))
        .findFirst()
        .orElse("");
  }

  /** A desktop of a home, whose browser is told what to open by a file {@code asked}. */
  private static AgentHarness desktop(Path home) throws IOException {
    Path programs = Files.createDirectories(home.resolve("programs"));
    Path opener = programs.resolve("xdg-open");
    Files.writeString(
        opener,
        "#!/bin/sh\nprintf %s \"$1\" > '%1$s.new' && /bin/mv '%1$s.new' '%1$s'\n"
            .replace("%1$s", asked(home).toString()));
    assertThat(opener.toFile().setExecutable(true)).isTrue();
    return AgentHarness.in(home, Map.of("DISPLAY", ":99", "PATH", programs.toString()));
  }

  private static Path asked(Path home) {
    return home.resolve("asked").toAbsolutePath();
  }

  private static RunResult open(AgentHarness device, boolean root, String... arguments) {
    CommandOutput output =
        new CommandOutput(device.environment(), Messages.in("en"), new WindowOutputListener());
    return new OpenCommand(device.environment(), root).with(List.of(arguments)).call(output);
  }

  private static Path awaited(Path file) {
    long limit = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
    while (!Files.exists(file)) {
      assertThat(System.nanoTime()).as("nothing was opened").isLessThan(limit);
      Thread.onSpinWait();
    }
    return file;
  }

  @Test
  void who_has_never_used_it_is_shown_it_at_sign_in_and_only_once() throws Exception {
    // Whatever the temporary folder is on, this is no home that is gone with the session.
    Path home = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "first-time");
    AgentHarness device = desktop(home);
    assertThat(open(device, true, "--first-time")).as("root has no window").isEqualTo(SUCCESS);
    assertThat(asked(home)).doesNotExist();
    try (ExecutorService aside = Executors.newSingleThreadExecutor()) {
      Future<RunResult> first = aside.submit(() -> open(device, false, "--first-time"));
      Path link = Path.of(Files.readString(awaited(asked(home))));
      WindowPage page = WindowPage.open(link, "en");
      assertThat(page.ask("verdict", "{}").get("verdict").textValue()).isEqualTo("SIGN_IN");
      try {
        page.ask("end", "{}");
      } catch (IOException e) {
        // The window may be gone before it has answered.
      }
      assertThat(first.get(1, TimeUnit.MINUTES)).isEqualTo(SUCCESS);
    }
    Files.delete(asked(home));
    assertThat(open(device, false, "--first-time")).isEqualTo(SUCCESS);
    assertThat(asked(home)).as("who has seen it is not shown it again").doesNotExist();
  }

  @Test
  void a_home_that_is_gone_with_the_session_is_left_alone() throws Exception {
    Path home = Files.createTempDirectory(Path.of("/dev/shm"), "hikae-guest");
    try {
      assertThat(open(desktop(home), false, "--first-time")).isEqualTo(SUCCESS);
      assertThat(asked(home)).doesNotExist();
      assertThat(home.resolve("hikae")).doesNotExist();
    } finally {
      DirectoryTrees.delete(home);
    }
  }

  @Test
  void root_has_no_window() throws Exception {
    assertThat(open(desktop(folder), true)).isEqualTo(RunResult.REFUSED);
    assertThat(folder.resolve("hikae")).doesNotExist();
  }

  @Test
  void who_has_used_it_is_not_shown_it_at_sign_in() throws Exception {
    Path home = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "used");
    AgentHarness device = desktop(home);
    assertThat(signIn(device)).isZero();
    assertThat(open(device, false, "--first-time")).isEqualTo(SUCCESS);
    assertThat(asked(home)).doesNotExist();
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
