package org.hikae.device.cli.mount;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import org.hikae.device.files.RawPath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MountedDeviceListTest {

  private static final String ID = "0123456789abcdef0123456789abcdef";

  @Test
  void folders_are_called_by_name_and_time_and_told_apart_by_identifiers() {
    assertThat(MountedDeviceList.deviceFolder("Laptop 7", ID)).isEqualTo("Laptop 7-0123456789ab");
    assertThat(MountedDeviceList.deviceFolder(null, ID)).isEqualTo("0123456789ab");
    assertThat(
            MountedDeviceList.snapshotFolder(
                ID, Instant.parse("2026-03-29T01:30:05.9Z"), ZoneId.of("Europe/Berlin")))
        .isEqualTo("2026-03-29_03-30-05_01234567");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "..",
        "../../etc",
        ".hidden",
        "a/b",
        "a\0b",
        "\u001b[2J",
        "\u202eexe.txt",
        "日本語のとても長い名前日本語のとても長い名前日本語のとても長い名前日本語のとても長い名前日本語のとても長い名前"
      })
  void names_of_the_portal_are_one_visible_folder_each(String name) {
    String folder = MountedDeviceList.deviceFolder(name, ID);

    assertThat(RawPath.isName(folder.getBytes(StandardCharsets.UTF_8))).isTrue();
    assertThat(folder).doesNotStartWith(".").endsWith("0123456789ab");
    assertThat(RawPath.display(folder.getBytes(StandardCharsets.UTF_8))).isEqualTo(folder);
  }

  @Test
  void a_name_of_the_widest_characters_fits() {
    String folder = MountedDeviceList.deviceFolder("\ud83d\ude00".repeat(100), ID);
    assertThat(RawPath.isName(folder.getBytes(StandardCharsets.UTF_8))).isTrue();
  }
}
