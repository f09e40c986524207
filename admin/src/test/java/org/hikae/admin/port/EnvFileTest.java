package org.hikae.admin.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of settings as systemd and shells have them. */
class EnvFileTest {

  @TempDir private Path folder;

  @Test
  void names_values_comments_and_quotes_are_read() throws IOException {
    Path file = folder.resolve("portal.env");
    Files.writeString(
        file,
        """
        # the portal
        HIKAE_A=plain
        export HIKAE_B="two words"

        HIKAE_C='it=$HOME'
        HIKAE_D=
        """);
    assertThat(EnvFile.read(file))
        .containsEntry("HIKAE_A", "plain")
        .containsEntry("HIKAE_B", "two words")
        .containsEntry("HIKAE_C", "it=$HOME")
        .containsEntry("HIKAE_D", "")
        .hasSize(4);
  }

  @Test
  void a_line_of_another_form_is_named_by_its_number_and_never_shown() throws IOException {
    Path file = folder.resolve("portal.env");
    Files.writeString(file, "HIKAE_A=1\nsecret without a name\n");
    assertThatThrownBy(() -> EnvFile.read(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("line 2")
        .hasMessageNotContaining("secret");
    Files.write(file, new byte[300 * 1024]);
    assertThatThrownBy(() -> EnvFile.read(file)).isInstanceOf(IOException.class);
  }
}
