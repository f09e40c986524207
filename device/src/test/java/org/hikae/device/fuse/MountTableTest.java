package org.hikae.device.fuse;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.List;
import org.hikae.device.files.RawPath;
import org.junit.jupiter.api.Test;

class MountTableTest {

  private static final String ROOT =
      "22 1 0:21 / / rw,relatime shared:1 master:2 - ext4 /dev/sda1 rw\n";

  private static String line(String point, String type) {
    return "40 22 0:55 / " + point + " ro,nosuid,nodev - " + type + " hikae ro,user_id=1000\n";
  }

  @Test
  void only_mounts_of_this_program_are_ours() {
    String table =
        ROOT
            + line("/mnt/a", "fuse.hikae")
            + line("/mnt/fuse.hikae", "fuse.other")
            + line("/mnt/b", "fuse.hikaes");

    assertThat(MountTable.ours(table)).containsExactly(RawPath.of("/mnt/a"));
  }

  @Test
  void what_the_kernel_escapes_is_read_as_it_was() {
    String table =
        line("/home/a\\040b\\011c\\012d\\134e", "fuse.hikae") + line("/\u00e9\u00ff", "fuse.hikae");

    assertThat(MountTable.ours(table))
        .isEqualTo(
            List.of(
                RawPath.of("/home/a b\tc\nd\\e"), RawPath.of(HexFormat.of().parseHex("2fe9ff"))));
  }
}
