package org.hikae.device.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Where two processes would not do the same with the same files. */
class ProcessContextTest {

  private static final Path HOME = Path.of("/home/ann/.config/hikae");

  private static List<String> context(Map<String, String> environment, Path home) {
    return ProcessContext.ofThisProcess(environment, home);
  }

  @Test
  void one_process_is_like_itself() {
    assertThat(ProcessContext.difference(context(Map.of(), HOME), context(Map.of(), HOME)))
        .isEmpty();
  }

  @Test
  void it_has_all_that_decides_about_files() {
    assertThat(context(Map.of(), HOME).stream().map(text -> text.replaceAll("=.*", "")))
        .containsExactlyInAnyOrder(
            "home",
            "HIKAE_MANAGED",
            "TZ",
            "Uid",
            "Gid",
            "Groups",
            "CapEff",
            "Umask",
            "mnt",
            "net",
            "user",
            "root");
  }

  @Test
  void each_thing_that_differs_is_named() {
    List<String> one = context(Map.of(), HOME);
    for (int i = 0; i < one.size(); i++) {
      List<String> other = new ArrayList<>(one);
      other.set(i, one.get(i) + "x");
      String name = one.get(i).substring(0, one.get(i).indexOf('='));
      assertThat(ProcessContext.difference(one, other)).isEqualTo(name);
    }
    assertThat(ProcessContext.difference(one, context(Map.of("TZ", "Asia/Tokyo"), HOME)))
        .isEqualTo("TZ");
    assertThat(ProcessContext.difference(one, context(Map.of(), Path.of("/elsewhere"))))
        .isEqualTo("home");
    assertThat(ProcessContext.difference(one, List.of())).isEqualTo("unknown");
  }

  @Test
  void the_umask_is_what_new_files_do_not_get() {
    assertThat(ProcessContext.umask()).matches("[0-7]{4}");
    assertThat(context(Map.of(), HOME)).contains("Umask=" + ProcessContext.umask());
  }
}
