package org.hikae.it.blindness;

import java.nio.file.Files;
import java.nio.file.Path;
import org.hikae.it.stack.DatabaseLanes;
import org.hikae.testing.EveryThirdRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * After a whole life of a backup, everything that the company holds is searched for what it must
 * not hold: file names, contents, the password, K and the 64-digit key (HK1-K-01, HK1-K-07). The
 * same search must find what was planted in each place, or it would prove nothing. Time budget: 90
 * seconds for both databases beside the systems' start.
 */
@Isolated
@EveryThirdRun
class BlindnessIT {

  @Test
  void nothing_on_the_companys_side_tells_names_contents_or_keys(@TempDir Path temp)
      throws InterruptedException {
    DatabaseLanes.run(
        BlindnessIT.class,
        "blindness",
        kind ->
            new BackupLifeScenario(Files.createDirectory(temp.resolve(kind.name())))
                .searched(kind));
  }
}
