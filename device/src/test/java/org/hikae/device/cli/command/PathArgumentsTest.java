package org.hikae.device.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.hikae.device.cli.harness.AgentHarness;
import org.hikae.device.files.RawPath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PathArgumentsTest {

  @TempDir private Path home;

  @Test
  void relative_paths_start_at_the_working_directory_and_dots_are_resolved() throws Exception {
    AgentEnvironment here = AgentHarness.in(home, Map.of()).environment();
    String base = home.toString();

    assertThat(PathArguments.absolute(here, "a/./b//c/")).hasToString(base + "/a/b/c");
    assertThat(PathArguments.absolute(here, ".")).hasToString(base);
    assertThat(PathArguments.absolute(here, "x/../y")).hasToString(base + "/y");
    assertThat(PathArguments.absolute(here, "/a/../../b")).hasToString("/b");
    assertThat(PathArguments.absolute(here, "/")).isEqualTo(RawPath.ROOT);
  }

  @Test
  void bytes_that_are_no_text_stay_as_they_are() throws Exception {
    AgentEnvironment here = AgentHarness.in(home, Map.of()).environment();
    String carried = "/tmp/\u00ff\u00fe\nname";

    assertThat(PathArguments.absolute(here, carried).toBytes())
        .isEqualTo(carried.getBytes(StandardCharsets.ISO_8859_1));
  }

  @Test
  void an_empty_path_or_one_with_an_impossible_name_is_refused() {
    AgentEnvironment here = AgentHarness.in(home, Map.of()).environment();

    assertThatThrownBy(() -> PathArguments.absolute(here, "")).hasMessage("path.malformed");
    assertThatThrownBy(() -> PathArguments.absolute(here, "/" + "x".repeat(256)))
        .hasMessage("path.malformed");
  }

  @Test
  void text_survives_being_carried() {
    assertThat(RawArguments.text(RawArguments.carry("日本 é"))).isEqualTo("日本 é");
  }
}
