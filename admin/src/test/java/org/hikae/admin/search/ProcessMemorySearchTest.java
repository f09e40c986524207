package org.hikae.admin.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

/** What a process holds is found in its memory, and what it does not is not. */
class ProcessMemorySearchTest {

  @Test
  void what_a_process_holds_is_found_and_nothing_else() throws Exception {
    String held = "held-" + CanaryWriter.fresh(new SecureRandom());
    String other = "other-" + CanaryWriter.fresh(new SecureRandom());
    // The text itself is in this process, so another one is searched.
    Process shell = new ProcessBuilder("/bin/sh", "-c", "read line; : " + held).start();
    try {
      MultiPatternSearch search =
          new MultiPatternSearch(new SecretEncodings().text("held", held).text("other", other));
      ProcessMemorySearch.search(shell.pid(), "memory", search);
      assertThat(search.found()).contains("held in memory").noneMatch(one -> one.contains("other"));
      assertThat(search.searchedBytes()).isPositive();
    } finally {
      shell.destroyForcibly();
    }
  }

  @Test
  void a_process_that_is_not_there_is_told() {
    MultiPatternSearch search =
        new MultiPatternSearch(new SecretEncodings().text("none", "12345678"));
    assertThatThrownBy(() -> ProcessMemorySearch.search(Long.MAX_VALUE, "memory", search))
        .isInstanceOf(IOException.class);
  }
}
