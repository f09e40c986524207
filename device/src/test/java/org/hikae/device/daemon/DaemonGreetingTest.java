package org.hikae.device.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.hikae.device.AgentVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The line by which agents of any two releases tell each other apart. */
@Timeout(60)
class DaemonGreetingTest {

  private static String read(String line) throws IOException {
    return DaemonGreeting.read(
        new ByteArrayInputStream(line.getBytes(StandardCharsets.ISO_8859_1)));
  }

  @Test
  void the_line_is_that_of_every_release() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    DaemonGreeting.write(out, "1.1.0 k2x9");
    assertThat(out.toString(StandardCharsets.US_ASCII)).isEqualTo("hikae-agent 1.1.0 k2x9\n");
    assertThat(read("hikae-agent 1.1.0 k2x9\nwhatever comes then")).isEqualTo("1.1.0 k2x9");
  }

  @Test
  void this_build_is_told_by_its_version_and_its_time() {
    assertThat(DaemonGreeting.ofThisBuild())
        .startsWith(AgentVersion.CURRENT + " ")
        .doesNotEndWith("?");
  }

  @ParameterizedTest
  @CsvSource({
    "lib/bcprov.jar:/opt/x/lib/hikae-device-1.1.0.jar:lib/z.jar, /opt/x/lib/hikae-device-1.1.0.jar",
    "hikae-device-1.1.0.jar, hikae-device-1.1.0.jar",
    "/hikae-device-1/classes:lib/hikae-device-1:lib/my-hikae-device-1.jar, ''",
    "'', ''"
  })
  void the_jar_is_found_on_the_class_path(String classPath, String jar) {
    assertThat(DaemonGreeting.jar(classPath)).isEqualTo(jar);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "hikae-agent 1", "GET / HTTP/1.1\n", "hikae-agent \u0007\n", "hikae\u00e9\n"})
  void anything_else_is_refused(String line) {
    assertThatThrownBy(() -> read(line)).isInstanceOf(IOException.class);
  }

  @Test
  void a_line_without_an_end_is_given_up() throws Exception {
    assertThatThrownBy(() -> read("hikae-agent " + "1".repeat(DaemonGreeting.MAX_BYTES)))
        .isInstanceOf(IOException.class);
  }

  @Test
  void who_says_nothing_is_cut_off(@TempDir Path folder) throws Exception {
    UnixDomainSocketAddress address = UnixDomainSocketAddress.of(folder.resolve("s"));
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(address);
      try (SocketChannel waiting = SocketChannel.open(address);
          GreetingDeadline deadline = new GreetingDeadline(waiting, Duration.ofMillis(1))) {
        assertThat(deadline).isNotNull();
        assertThatThrownBy(() -> waiting.read(ByteBuffer.allocate(1)))
            .isInstanceOfAny(
                AsynchronousCloseException.class, java.nio.channels.ClosedChannelException.class);
      }
    }
  }
}
