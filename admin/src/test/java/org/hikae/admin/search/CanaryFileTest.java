package org.hikae.admin.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is searched for is read from a file that only its owner reads, and is never shown. */
class CanaryFileTest {

  @TempDir private Path folder;

  private Path file(String text, String mode) throws IOException {
    Path file = Files.writeString(folder.resolve("canary.txt"), text);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
  }

  @Test
  void what_was_made_is_read_and_its_secrets_lie_in_the_folder() throws IOException {
    CanaryWriter.CanaryResult made = CanaryWriter.write(folder.resolve("new"), new SecureRandom());
    CanaryFile read = CanaryFile.read(made.list());
    assertThat(read.device()).isEqualTo(made.device()).startsWith("canary-device-");
    assertThat(read.names(true)).containsExactly(CanaryFile.DEVICE);
    assertThat(read.names(false)).containsExactly("file-name", "folder-name", "content");
    SecretEncodings secrets = new SecretEncodings();
    for (CanaryFile.Canary canary : read.canaries()) {
      if (!canary.known()) {
        canary.addTo(secrets, canary.name());
      }
    }
    MultiPatternSearch search = new MultiPatternSearch(secrets).files("files", made.files());
    try (var all = Files.walk(made.files())) {
      for (Path one : all.toList()) {
        search.bytes("names", one.toString().getBytes(StandardCharsets.UTF_8));
      }
    }
    assertThat(search.found())
        .contains("content in files", "file-name in names", "folder-name in names");
    assertThat(read.toString()).doesNotContain("canary-content", "canary-name");
  }

  @Test
  void a_folder_with_something_in_it_is_left_alone() throws IOException {
    Files.writeString(folder.resolve("mine"), "mine");
    assertThatThrownBy(() -> CanaryWriter.write(folder, new SecureRandom()))
        .hasMessageContaining("not empty");
    assertThat(folder.resolve("canary.txt")).doesNotExist();
  }

  @Test
  void a_file_that_others_read_is_refused() throws IOException {
    Path open = file("known device-name 12345678\nsecret content 12345678\n", "rw-r-----");
    assertThatThrownBy(() -> CanaryFile.read(open)).hasMessageContaining("others can read it");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "secret content top-secret-1\n",
        "known device-name 12345678\n",
        "known device-name 12345678\nsecret content short\n",
        "known device-name 12345678\nsecret-hex key top-secret-1\n",
        "known device-name 12345678\nsecret top-secret-1\n",
        "known device-name 12345678\nhidden content top-secret-1\n"
      })
  void another_form_is_refused_without_its_text(String text) throws IOException {
    Path file = file(text, "rw-------");
    assertThatThrownBy(() -> CanaryFile.read(file))
        .isInstanceOf(IOException.class)
        .hasMessageNotContaining("top-secret")
        .hasNoCause();
  }
}
