package org.hikae.runtime.control;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PortalSigningKeyTest {

  /** RFC 8032, section 7.1, test 2, as a PKCS#8 and a SubjectPublicKeyInfo (RFC 8410). */
  private static final String PEM =
      """
      -----BEGIN PRIVATE KEY-----
      MC4CAQAwBQYDK2VwBCIEIEzNCJso/5banbbDRuwRTg9bijGfNaumJNqM9u1PuKb7
      -----END PRIVATE KEY-----
      -----BEGIN PUBLIC KEY-----
      MCowBQYDK2VwAyEAPUAXw+hDiVqStwqnTRt+vJyYLM8uxJaMwM1V8Sr0Zgw=
      -----END PUBLIC KEY-----
      """;

  private static final String SIGNATURE =
      "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
          + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00";

  @TempDir private Path folder;

  @Test
  void signs_as_the_rfc_does() throws Exception {
    Path file = Files.writeString(folder.resolve("key.pem"), PEM);
    PortalSigningKey key = PortalSigningKey.readOrMake(file);
    assertThat(HexFormat.of().formatHex(key.publicKey()))
        .isEqualTo("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
    assertThat(HexFormat.of().formatHex(key.sign(new byte[] {0x72}))).isEqualTo(SIGNATURE);
    // Of RFC 7638, made of the JWK with another program.
    assertThat(key.keyId()).isEqualTo("FtIu-VbGrfe_KB6CH7GNwODB72MNxj_ml11dEvO-7kk");
  }

  @Test
  void makes_a_key_that_only_its_owner_reads_and_finds_it_again() throws Exception {
    Path file = folder.resolve("key.pem");
    PortalSigningKey made = PortalSigningKey.readOrMake(file);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(PortalSigningKey.readOrMake(file).keyId()).isEqualTo(made.keyId());

    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
    assertThat(verifies(made, "word".getBytes(US_ASCII))).isTrue();
  }

  @Test
  void all_who_make_it_at_once_use_one_key() throws Exception {
    Path file = folder.resolve("key.pem");
    Callable<String> start = () -> PortalSigningKey.readOrMake(file).keyId();
    try (ExecutorService portals = Executors.newFixedThreadPool(8)) {
      var ids = portals.invokeAll(IntStream.range(0, 8).mapToObj(_ -> start).toList());
      assertThat(ids.stream().map(PortalSigningKeyTest::now).distinct()).hasSize(1);
    }
  }

  private static String now(java.util.concurrent.Future<String> id) {
    return id.resultNow();
  }

  @Test
  void refuses_what_is_no_such_pair() throws Exception {
    PortalSigningKey other = PortalSigningKey.readOrMake(folder.resolve("other.pem"));
    String others = Files.readString(folder.resolve("other.pem"));
    assertThat(other.publicKey()).hasSize(PortalSigningKey.PUBLIC_BYTES);
    String mixed =
        PEM.substring(0, PEM.indexOf("-----BEGIN PUBLIC"))
            + others.substring(others.indexOf("-----BEGIN PUBLIC"));
    assertThatThrownBy(() -> PortalSigningKey.readOrMake(written(mixed)))
        .isInstanceOf(InvalidKeySpecException.class)
        .hasMessageContaining("does not belong");
    assertThatThrownBy(
            () -> PortalSigningKey.readOrMake(written(PEM.replace("BEGIN PRIVATE", "x"))))
        .isInstanceOf(InvalidKeySpecException.class)
        .hasMessageContaining("no block PRIVATE KEY");
    String swapped = PEM.replace("BEGIN PRIVATE", "x").replace("END PRIVATE", "BEGIN PRIVATE");
    assertThatThrownBy(
            () -> PortalSigningKey.readOrMake(written(swapped.replace("x KEY", "END PRIVATE KEY"))))
        .isInstanceOf(InvalidKeySpecException.class)
        .hasMessageContaining("no block PRIVATE KEY");
    assertThatThrownBy(() -> PortalSigningKey.readOrMake(written("x".repeat(10_001))))
        .hasMessageContaining("10000 bytes");
    String longest = PEM + "\n".repeat(10_000 - PEM.length());
    assertThat(PortalSigningKey.readOrMake(written(longest)).publicKey()).isNotEmpty();
  }

  private Path written(String text) throws Exception {
    return Files.writeString(folder.resolve("bad.pem"), text);
  }

  private static boolean verifies(PortalSigningKey key, byte[] message) throws Exception {
    String spki = "302a300506032b6570032100" + HexFormat.of().formatHex(key.publicKey());
    Signature verifier = Signature.getInstance("Ed25519");
    verifier.initVerify(
        KeyFactory.getInstance("Ed25519")
            .generatePublic(new X509EncodedKeySpec(HexFormat.of().parseHex(spki))));
    verifier.update(message);
    return verifier.verify(key.sign(message));
  }
}
