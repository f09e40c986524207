package org.hikae.device.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.hikae.device.AgentJson;
import org.hikae.enrollment.wire.WrapView;
import org.hikae.hk1.WrapMethod;
import org.hikae.hk1.bundle.BundleStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleEntriesTest {

  @TempDir private Path folder;

  private static WrapView wrap(String id, String bytes) {
    return new WrapView(id, WrapMethod.DIGIT_KEY, 1, "d1", Instant.EPOCH, bytes);
  }

  /** HK1-B-06: a portal that shows none, or another under its name, takes none away. */
  @Test
  void ways_to_open_stay_whatever_is_shown_later() throws IOException {
    WrapView kept = wrap("a", "AAAA");
    WrapView fresh = wrap("b", "BBBB");
    try (BundleStore bundle =
        BundleStore.open(folder.resolve("bundle"), new byte[] {1}, before -> true)) {
      assertThat(BundleEntries.wraps(bundle, List.of(kept))).containsExactly(kept);
      bundle.write("", BundleStore.WRAPS, AgentJson.mapper().writeValueAsBytes(List.of(kept)));
      assertThat(BundleEntries.wraps(bundle, List.of())).containsExactly(kept);
      assertThat(BundleEntries.wraps(bundle, List.of(wrap("a", "CCCC"), fresh)))
          .containsExactly(kept, fresh);
      bundle.write("", BundleStore.WRAPS, new byte[] {'{'});
      assertThat(BundleEntries.wraps(bundle, List.of(fresh))).containsExactly(fresh);
    }
  }
}
