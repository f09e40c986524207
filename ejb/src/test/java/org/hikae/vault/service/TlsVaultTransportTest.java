package org.hikae.vault.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.hikae.metrics.service.Meters;
import org.hikae.testing.EveryThirdRun;
import org.hikae.vault.service.TlsVaultTransport.Place;
import org.hikae.vault.wire.MutualTls;
import org.hikae.vault.wire.VaultFrame;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The portal's side, with the files that {@code scripts/make-vault-link} makes. */
@DisplayName("HK1-V-23: the portal's side of mutual TLS")
@Timeout(300)
@EveryThirdRun
class TlsVaultTransportTest {

  private static final VaultFrame HEALTH = new VaultFrame(VaultFrame.Kind.HEALTH, new byte[0]);

  /** Ends only what hangs; a machine that does much else takes its time. */
  private static final Duration LONG = Duration.ofMinutes(2);

  @TempDir private static Path folder;
  private static char[] password;

  private ServerSocket server;

  /** What the vault does with one connection. */
  private interface Vault {
    void serve(SSLSocket tls, Socket plain) throws Exception;
  }

  @BeforeAll
  static void make() throws Exception {
    ProcessBuilder making =
        new ProcessBuilder("bash", "../scripts/make-vault-link", folder.toString());
    String bin = Path.of(System.getProperty("java.home"), "bin").toString();
    making.environment().merge("PATH", bin, (path, first) -> first + ":" + path);
    Process process = making.redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    password = Files.readString(folder.resolve("password")).toCharArray();
  }

  @BeforeEach
  void listen() throws IOException {
    server = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
  }

  @AfterEach
  void close() throws IOException {
    server.close();
  }

  private void serve(Vault vault) {
    Thread.ofVirtual()
        .start(
            () -> {
              try (Socket plain = server.accept()) {
                vault.serve(secured(plain), plain);
              } catch (Exception e) {
                // The portal's side of the test sees what follows from it.
              }
            });
  }

  private static SSLSocket secured(Socket plain) throws IOException {
    SSLContext context = secrets("vault.p12", "portal.pem");
    SSLSocket tls = (SSLSocket) context.getSocketFactory().createSocket(plain, null, true);
    tls.setNeedClientAuth(true);
    return tls;
  }

  private static SSLContext secrets(String keyStore, String certificates) throws IOException {
    return MutualTls.context(
        folder.resolve(keyStore), password.clone(), folder.resolve(certificates));
  }

  private VaultConnection link(Duration longest) {
    return link(longest, "vault.pem");
  }

  private VaultConnection link(Duration longest, String certificates) {
    String host = InetAddress.getLoopbackAddress().getHostAddress();
    return new VaultConnection(
        new TlsVaultTransport(
            new Place(host, server.getLocalPort(), () -> secrets("portal.p12", certificates))),
        longest,
        new Meters());
  }

  @Test
  void the_largest_frame_goes_there_and_back() throws Exception {
    byte[] body = new byte[VaultFrame.MAX_BODY_BYTES];
    Arrays.fill(body, (byte) 7);
    serve(
        (tls, plain) ->
            tls.getOutputStream().write(VaultFrame.read(tls.getInputStream()).encode()));

    VaultFrame answer = link(LONG).exchange(new VaultFrame(VaultFrame.Kind.MESSAGE, body));

    assertThat(answer.body()).isEqualTo(body);
  }

  @Test
  void a_vault_with_another_certificate_gets_nothing() {
    serve((tls, plain) -> VaultFrame.read(tls.getInputStream()));

    assertThatThrownBy(() -> link(LONG, "portal.pem").exchange(HEALTH))
        .isInstanceOf(VaultUnavailableException.class)
        .hasMessageContaining("not a listed one");
  }

  @Test
  void silence_before_and_after_the_handshake_is_given_up_in_time() {
    serve((tls, plain) -> plain.getInputStream().transferTo(OutputStream.nullOutputStream()));
    assertThatThrownBy(() -> link(Duration.ofMillis(300)).exchange(HEALTH))
        .isInstanceOf(VaultUnavailableException.class);
    serve((tls, plain) -> tls.getInputStream().transferTo(OutputStream.nullOutputStream()));
    assertThatThrownBy(() -> link(Duration.ofMillis(900)).exchange(HEALTH))
        .isInstanceOf(VaultUnavailableException.class);
  }

  @Test
  void a_vault_that_drips_does_not_hold_the_portal_longer() {
    byte[] answer = new VaultFrame(VaultFrame.Kind.HEALTH, new byte[2000]).encode();
    serve(
        (tls, plain) -> {
          VaultFrame.read(tls.getInputStream());
          for (byte one : answer) {
            tls.getOutputStream().write(one);
            Thread.sleep(Duration.ofMillis(50));
          }
        });

    assertThatThrownBy(() -> link(Duration.ofSeconds(2)).exchange(HEALTH))
        .isInstanceOf(VaultUnavailableException.class);
  }

  @Test
  void files_that_are_repaired_are_used_without_a_restart() throws Exception {
    Path late = folder.resolve("late.pem");
    VaultConnection link = link(LONG, "late.pem");
    assertThatThrownBy(() -> link.exchange(HEALTH))
        .isInstanceOf(VaultUnavailableException.class)
        .hasMessageContaining("late.pem");
    Files.copy(folder.resolve("vault.pem"), late);
    serve(
        (tls, plain) ->
            tls.getOutputStream().write(VaultFrame.read(tls.getInputStream()).encode()));

    assertThat(link.exchange(HEALTH).kind()).isEqualTo(VaultFrame.Kind.HEALTH);
  }
}
