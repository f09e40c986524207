package org.hikae.crypto.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.hikae.crypto.testing.RfcVectors.flip;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.bouncycastle.util.Arrays;
import org.hikae.crypto.CryptoException;
import org.hikae.crypto.group.Element;
import org.hikae.testing.EveryThirdRun;
import org.hikae.testing.TestEffort;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Our OPAQUE and another implementation of RFC 9807, each against the other: opaque-ke, written in
 * Rust, in an npm package. Names and password input are those of the vault (HK1-K-11): nothing is
 * recorded, every value is fresh on both sides. Time budget: 40 seconds, and as much again to
 * install the peer the first time.
 */
@EveryThirdRun
class OpaqueInteropIT {

  /** Sixteen bytes, as in production, and UTF-8, because the peer takes texts. */
  private static final String SET = "\0\u0001\u007f set of 16 by";

  private static final InteropNames NAMES = new InteropNames("HK1|1|acme|vault", SET);
  private static final String PASSWORD = input("a long enough password");

  private static NodePeerProcess peer;

  /** Who wrote a half. */
  enum Implementation {
    US,
    PEER;

    Implementation other() {
      return this == US ? PEER : US;
    }

    InteropServer server() {
      return this == US ? new HikaeInteropServer(NAMES) : new PeerInteropServer(peer, NAMES);
    }

    InteropClient client(InteropServer server, InteropNames names, KeyStretching stretching) {
      return this == US
          ? new HikaeInteropClient(server.publicKey(), names, stretching)
          : new PeerInteropClient(peer, names, stretching);
    }

    InteropClient client(InteropServer server) {
      return client(server, NAMES, KeyStretching.CHEAP);
    }
  }

  /** Who wrote the server, the client that registers, and the client that comes back. */
  record Pairing(Implementation server, Implementation registering, Implementation returning) {}

  static Stream<Pairing> mixes() {
    List<Pairing> mixes = new ArrayList<>();
    for (Implementation server : Implementation.values()) {
      for (Implementation registering : Implementation.values()) {
        for (Implementation returning : Implementation.values()) {
          if (server != registering || server != returning) {
            mixes.add(new Pairing(server, registering, returning));
          }
        }
      }
    }
    return mixes.stream();
  }

  @BeforeAll
  static void start_the_peer() throws IOException, InterruptedException {
    peer = NodePeerProcess.start();
  }

  @AfterAll
  static void stop_the_peer() {
    if (peer != null) {
      peer.close();
    }
  }

  @ParameterizedTest
  @MethodSource("mixes")
  void a_login_after_a_registration_gives_equal_keys(Pairing pairing) throws CryptoException {
    // Fresh keys, blinds and nonces each time: a leading zero byte somewhere is a matter of luck.
    for (int round = 0; round < 10 * TestEffort.factor(); round++) {
      InteropServer server = pairing.server().server();
      InteropClient.RegistrationOutcome registrationOutcome =
          register(pairing.registering().client(server), server, PASSWORD);
      assertLogin(pairing.returning().client(server), server, PASSWORD, registrationOutcome);
    }
  }

  @ParameterizedTest
  @EnumSource(Implementation.class)
  void the_stretching_of_suite_1_is_the_same_on_both_sides(Implementation serversMaker)
      throws CryptoException {
    InteropServer server = serversMaker.server();
    InteropClient stranger = serversMaker.other().client(server, NAMES, KeyStretching.SUITE_1);
    InteropClient.RegistrationOutcome registrationOutcome = register(stranger, server, PASSWORD);
    assertLogin(stranger, server, PASSWORD, registrationOutcome);
    assertLogin(
        serversMaker.client(server, NAMES, KeyStretching.SUITE_1),
        server,
        PASSWORD,
        registrationOutcome);
    assertRefused(
        () ->
            login(
                serversMaker.other().client(server),
                server,
                PASSWORD,
                registrationOutcome.upload()));
  }

  @ParameterizedTest
  @MethodSource("mixes")
  void passwords_of_every_form_are_the_same_bytes_on_both_sides(Pairing pairing)
      throws CryptoException {
    InteropServer server = pairing.server().server();
    for (String password :
        List.of("p", "控えは大切に", "ｶﾀｶﾅ", "🔑 and e\u0301", "\0", "x".repeat(4000))) {
      InteropClient.RegistrationOutcome registrationOutcome =
          register(pairing.registering().client(server), server, password);
      assertLogin(pairing.returning().client(server), server, password, registrationOutcome);
    }
  }

  @ParameterizedTest
  @MethodSource("mixes")
  void another_password_is_refused(Pairing pairing) throws CryptoException {
    InteropServer server = pairing.server().server();
    byte[] upload = register(pairing.registering().client(server), server, PASSWORD).upload();
    for (String wrong :
        List.of(
            input("a long enough passworD"),
            input("a long enough password "),
            PASSWORD.substring(1),
            "a long enough password")) {
      assertRefused(() -> login(pairing.returning().client(server), server, wrong, upload));
    }
  }

  @ParameterizedTest
  @MethodSource("mixes")
  void other_names_are_refused(Pairing pairing) throws CryptoException {
    InteropServer server = pairing.server().server();
    byte[] upload = register(pairing.registering().client(server), server, PASSWORD).upload();
    for (InteropNames other :
        List.of(
            new InteropNames("HK1|1|acmf|vault", SET),
            new InteropNames(NAMES.server(), SET.replace('6', '7')),
            new InteropNames(SET, NAMES.server()))) {
      InteropClient astray = pairing.returning().client(server, other, KeyStretching.CHEAP);
      assertRefused(() -> login(astray, server, PASSWORD, upload));
      byte[] elsewhere =
          register(
                  pairing.registering().client(server, other, KeyStretching.CHEAP),
                  server,
                  PASSWORD)
              .upload();
      assertRefused(() -> login(pairing.returning().client(server), server, PASSWORD, elsewhere));
    }
  }

  @ParameterizedTest
  @EnumSource(Implementation.class)
  void every_changed_byte_of_ke1_is_refused(Implementation serversMaker) throws CryptoException {
    InteropServer server = serversMaker.server();
    InteropClient client = serversMaker.other().client(server);
    byte[] upload = register(client, server, PASSWORD).upload();
    InteropClient.Login login = client.startLogin(PASSWORD);
    for (byte[] changed : changes(login.ke1(), 98)) {
      assertRefused(() -> login.finish(server.answer(upload, changed).ke2()));
    }
    assertThat(login.finish(server.answer(upload, login.ke1()).ke2())).isNotNull();
  }

  @ParameterizedTest
  @EnumSource(Implementation.class)
  void every_changed_byte_of_ke2_is_refused(Implementation serversMaker) throws CryptoException {
    InteropServer server = serversMaker.server();
    InteropClient client = serversMaker.other().client(server);
    byte[] upload = register(client, server, PASSWORD).upload();
    InteropClient.Login login = client.startLogin(PASSWORD);
    byte[] ke2 = server.answer(upload, login.ke1()).ke2();
    for (byte[] changed : changes(ke2, 259)) {
      assertRefused(() -> login.finish(changed));
    }
    assertRefused(() -> login.finish(Arrays.copyOf(ke2, 258)));
    assertThat(login.finish(ke2)).isNotNull();
  }

  @ParameterizedTest
  @EnumSource(Implementation.class)
  void every_changed_bit_of_ke3_is_refused(Implementation serversMaker) throws CryptoException {
    InteropServer server = serversMaker.server();
    InteropClient client = serversMaker.other().client(server);
    byte[] upload = register(client, server, PASSWORD).upload();
    InteropClient.Login login = client.startLogin(PASSWORD);
    InteropServer.Pending pending = server.answer(upload, login.ke1());
    byte[] ke3 = login.finish(pending.ke2()).ke3();
    assertThat(ke3).hasSize(32);
    for (int bit = 0; bit < 256; bit++) {
      byte[] changed = flip(ke3, bit);
      assertRefused(() -> pending.finish(changed));
    }
    assertRefused(() -> pending.finish(Arrays.copyOf(ke3, 31)));
    assertThat(pending.finish(ke3)).hasSize(32);
  }

  @ParameterizedTest
  @EnumSource(Implementation.class)
  void every_changed_byte_of_an_upload_is_refused(Implementation serversMaker)
      throws CryptoException {
    InteropServer server = serversMaker.server();
    InteropClient client = serversMaker.other().client(server);
    InteropClient.Login login = client.startLogin(PASSWORD);
    byte[] upload = register(client, server, PASSWORD).upload();
    for (byte[] changed : changes(upload, 129)) {
      assertRefused(() -> login.finish(server.answer(changed, login.ke1()).ke2()));
    }
    assertThat(login.finish(server.answer(upload, login.ke1()).ke2())).isNotNull();
  }

  @ParameterizedTest
  @EnumSource(Implementation.class)
  void no_record_made_after_a_changed_registration_response_opens(Implementation serversMaker)
      throws CryptoException {
    InteropServer server = serversMaker.server();
    InteropClient client = serversMaker.other().client(server);
    InteropClient.Registration registration = client.startRegistration(PASSWORD);
    byte[] response = server.register(registration.request());
    for (byte[] changed : changes(response, 66)) {
      assertRefused(() -> login(client, server, PASSWORD, registration.finish(changed).upload()));
    }
    assertThat(login(client, server, PASSWORD, registration.finish(response).upload())).isNotNull();
  }

  @ParameterizedTest
  @EnumSource(Implementation.class)
  void messages_of_another_login_are_refused(Implementation serversMaker) throws CryptoException {
    InteropServer server = serversMaker.server();
    InteropClient client = serversMaker.other().client(server);
    byte[] upload = register(client, server, PASSWORD).upload();
    InteropClient.Login first = client.startLogin(PASSWORD);
    InteropClient.Login second = client.startLogin(PASSWORD);
    InteropServer.Pending toFirst = server.answer(upload, first.ke1());
    InteropServer.Pending toSecond = server.answer(upload, second.ke1());
    assertRefused(() -> first.finish(toSecond.ke2()));
    byte[] ke3 = first.finish(toFirst.ke2()).ke3();
    assertRefused(() -> toSecond.finish(ke3));
  }

  @ParameterizedTest
  @EnumSource(Implementation.class)
  void an_account_that_does_not_exist_is_answered_alike_and_refused(Implementation serversMaker)
      throws CryptoException {
    InteropServer server = serversMaker.server();
    InteropClient client = serversMaker.other().client(server);
    byte[] upload = register(client, server, PASSWORD).upload();
    InteropClient.Login login = client.startLogin(PASSWORD);
    byte[] ke2 = server.answerUnknown(login.ke1()).ke2();
    assertThat(ke2).hasSameSizeAs(server.answer(upload, login.ke1()).ke2());
    assertRefused(() -> login.finish(ke2));
  }

  @ParameterizedTest
  @EnumSource(Implementation.class)
  void both_servers_refuse_the_same_encodings(Implementation serversMaker) throws CryptoException {
    InteropServer server = serversMaker.server();
    InteropClient client = serversMaker.other().client(server);
    byte[] upload = register(client, server, PASSWORD).upload();
    byte[] ke1 = client.startLogin(PASSWORD).ke1();
    for (byte[] bad : noElements()) {
      assertRefused(() -> server.register(bad));
      assertRefused(
          () -> server.answer(upload, Arrays.concatenate(bad, Arrays.copyOfRange(ke1, 33, 98))));
      assertRefused(() -> server.answer(upload, Arrays.concatenate(Arrays.copyOf(ke1, 65), bad)));
    }
  }

  /** The search for a refusal would find one everywhere if the bridge were wrong. */
  @Test
  void a_wrong_call_of_the_peer_is_no_refusal() {
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> peer.call("server.nothing", ""));
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> peer.call("client.startLogin", ""));
  }

  private static InteropClient.RegistrationOutcome register(
      InteropClient client, InteropServer server, String password) throws CryptoException {
    InteropClient.Registration registration = client.startRegistration(password);
    return registration.finish(server.register(registration.request()));
  }

  /** A whole login; the server's half of the keys is compared with the client's. */
  private static InteropClient.LoginOutcome login(
      InteropClient client, InteropServer server, String password, byte[] upload)
      throws CryptoException {
    InteropClient.Login login = client.startLogin(password);
    InteropServer.Pending pending = server.answer(upload, login.ke1());
    InteropClient.LoginOutcome result = login.finish(pending.ke2());
    assertThat(pending.finish(result.ke3())).isEqualTo(result.sessionKey()).hasSize(32);
    return result;
  }

  private static void assertLogin(
      InteropClient client,
      InteropServer server,
      String password,
      InteropClient.RegistrationOutcome registrationOutcome)
      throws CryptoException {
    InteropClient.LoginOutcome result =
        login(client, server, password, registrationOutcome.upload());
    assertThat(result.exportKey()).isEqualTo(registrationOutcome.exportKey()).hasSize(32);
    assertThat(result.sessionKey()).isNotEqualTo(result.exportKey());
  }

  private static void assertRefused(ThrowingCallable call) {
    assertThatExceptionOfType(CryptoException.class).isThrownBy(call);
  }

  /** One bit of each byte changed, another bit from byte to byte. */
  private static List<byte[]> changes(byte[] message, int length) {
    assertThat(message).hasSize(length);
    List<byte[]> changes = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      changes.add(flip(message, 8 * i + i % 8));
    }
    return changes;
  }

  private static List<byte[]> noElements() {
    byte[] element = Element.generator().add(Element.generator()).encode();
    byte[] tooLarge = new byte[33];
    java.util.Arrays.fill(tooLarge, (byte) 0xff);
    tooLarge[0] = 2;
    byte[] offCurve = new byte[33];
    offCurve[0] = 2;
    offCurve[32] = 1;
    return List.of(
        new byte[0],
        new byte[1],
        new byte[33],
        tooLarge,
        offCurve,
        Arrays.copyOf(element, 32),
        Element.generator().encodeUncompressed());
  }

  /** HK1-K-11: length, password, set. */
  private static String input(String password) {
    int length = password.getBytes(StandardCharsets.UTF_8).length;
    return "\0" + (char) length + password + SET;
  }
}
