package org.hikae.backup.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Folders of a restic repository. */
class ResticTypeTest {

  @Test
  void knows_the_five_folders_and_nothing_else() {
    assertThat(ResticType.ofFolder("data")).hasValue(ResticType.DATA);
    assertThat(ResticType.ofFolder("index")).hasValue(ResticType.INDEX);
    assertThat(ResticType.ofFolder("keys")).hasValue(ResticType.KEYS);
    assertThat(ResticType.ofFolder("locks")).hasValue(ResticType.LOCKS);
    assertThat(ResticType.ofFolder("snapshots")).hasValue(ResticType.SNAPSHOTS);
    for (String other : List.of("config", "DATA", "Data", "", "..", "data/")) {
      assertThat(ResticType.ofFolder(other)).as(other).isEmpty();
    }
  }
}
