package org.hikae.enrollment.distribution.control;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import org.hikae.testing.EveryThirdRun;
import org.hikae.testing.SelfSignedKey;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Only certificates leave the portal, whatever lies in the file that was named. */
@EveryThirdRun
class AuthorityFileReaderTest {

  @TempDir private static Path folder;

  private static SelfSignedKey key;

  @BeforeAll
  static void make() throws Exception {
    key = SelfSignedKey.make(folder.resolve("key.p12"), "changeit", "authority");
  }

  private static byte[] read(byte[] content) throws IOException {
    return AuthorityFileReader.read(Files.write(folder.resolve("ca.pem"), content));
  }

  @Test
  void certificates_are_written_anew_and_nothing_beside_them() throws Exception {
    String pem = "Our authority, made by hand\n" + key.pem() + key.pem();
    byte[] read = read(pem.getBytes(US_ASCII));
    assertThat(new String(read, US_ASCII))
        .doesNotContain("by hand")
        .startsWith("-----BEGIN CERTIFICATE-----\n")
        .endsWith("\n-----END CERTIFICATE-----\n");
    assertThat(
            CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(read)))
        .hasSize(2)
        .allMatch(key.certificate()::equals);
  }

  @Test
  void a_file_with_a_key_or_without_a_certificate_is_refused() throws Exception {
    String secret = "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n";
    for (String wrong :
        new String[] {"", "no certificate", secret, secret + key.pem(), key.pem() + secret}) {
      assertThatIOException().isThrownBy(() -> read(wrong.getBytes(US_ASCII)));
    }
    assertThatIOException().isThrownBy(() -> read(Files.readAllBytes(key.file())));
    assertThatIOException().isThrownBy(() -> read(new byte[1 << 20]));
    assertThatIOException().isThrownBy(() -> AuthorityFileReader.read(folder.resolve("none")));
  }

  @Test
  @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void nobody_waits_for_a_pipe() throws Exception {
    Path pipe = folder.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    assertThatIOException().isThrownBy(() -> AuthorityFileReader.read(pipe));
  }
}
