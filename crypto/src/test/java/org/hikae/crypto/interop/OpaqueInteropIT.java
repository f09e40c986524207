package org.hikae.crypto.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.hikae.crypto.testing.Vectors.flip;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.bouncycastle.util.Arrays;
import org.hikae.crypto.CryptoException;
import org.hikae.crypto.group.Element;
import org.hikae.testing.Effort;
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
class OpaqueInteropIT {

  /** Sixteen bytes, as in production, and UTF-8, because the peer takes texts. */
  private static final String SET = "\0\u0001\u007f set of 16 by";

  private static final Names NAMES = new Names("HK1|1|acme|vault", SET);
  private static final String PASSWORD = input("a long enough password");

  private static NodePeer peer;

  /** Who wrote a half. */
  enum Maker {
    US,
    PEER;

    Maker other() {
      return this == US ? PEER : US;
    }

    Server server() {
      return this == US ? new OurServer(NAMES) : new PeerServer(peer, NAMES);
    }

    Client client(Server server, Names names, Stretching stretching) {
      return this == US
          ? new OurClient(server.publicKey(), names, stretching)
          : new PeerClient(peer, names, stretching);
    }

    Client client(Server server) {
      return client(server, NAMES, Stretching.CHEAP);
    }
  }

  /** Who wrote the server, the client that registers, and the client that comes back. */
  record Mix(Maker server, Maker registering, Maker returning) {}

  static Stream<Mix> mixes() {
    List<Mix> mixes = new ArrayList<>();
    for (Maker server : Maker.values()) {
      for (Maker registering : Maker.values()) {
        for (Maker returning : Maker.values()) {
          if (server != registering || server != returning) {
            mixes.add(new Mix(server, registering, returning));
          }
        }
      }
    }
    return mixes.stream();
  }

  @BeforeAll
  static void start_the_peer() throws IOException, InterruptedException {
    peer = NodePeer.start();
  }

  @AfterAll
  static void stop_the_peer() {
    if (peer != null) {
      peer.close();
    }
  }

  @ParameterizedTest
  @MethodSource("mixes")
  void a_login_after_a_registration_gives_equal_keys(Mix mix) throws CryptoException {
    // Fresh keys, blinds and nonces each time: a leading zero byte somewhere is a matter of luck.
    for (int round = 0; round < 10 * Effort.factor(); round++) {
      Server server = mix.server().server();
      Client.Registered registered = register(mix.registering().client(server), server, PASSWORD);
      assertLogin(mix.returning().client(server), server, PASSWORD, registered);
    }
  }

  @ParameterizedTest
  @EnumSource(Maker.class)
  void the_stretching_of_suite_1_is_the_same_on_both_sides(Maker serversMaker)
      throws CryptoException {
    Server server = serversMaker.server();
    Client stranger = serversMaker.other().client(server, NAMES, Stretching.SUITE_1);
    Client.Registered registered = register(stranger, server, PASSWORD);
    assertLogin(stranger, server, PASSWORD, registered);
    assertLogin(
        serversMaker.client(server, NAMES, Stretching.SUITE_1), server, PASSWORD, registered);
    assertRefused(
        () -> login(serversMaker.other().client(server), server, PASSWORD, registered.upload()));
  }

  @ParameterizedTest
  @MethodSource("mixes")
  void passwords_of_every_form_are_the_same_bytes_on_both_sides(Mix mix) throws CryptoException {
    Server server = mix.server().server();
    for (String password :
        List.of("p", "控えは大切に", "ｶﾀｶﾅ", "🔑 and e\u0301", "\0", "x".repeat(4000))) {
      Client.Registered registered = register(mix.registering().client(server), server, password);
      assertLogin(mix.returning().client(server), server, password, registered);
    }
  }

  @ParameterizedTest
  @MethodSource("mixes")
  void another_password_is_refused(Mix mix) throws CryptoException {
    Server server = mix.server().server();
    byte[] upload = register(mix.registering().client(server), server, PASSWORD).upload();
    for (String wrong :
        List.of(
            input("a long enough passworD"),
            input("a long enough password "),
            PASSWORD.substring(1),
            "a long enough password")) {
      assertRefused(() -> login(mix.returning().client(server), server, wrong, upload));
    }
  }

  @ParameterizedTest
  @MethodSource("mixes")
  void other_names_are_refused(Mix mix) throws CryptoException {
    Server server = mix.server().server();
    byte[] upload = register(mix.registering().client(server), server, PASSWORD).upload();
    for (Names other :
        List.of(
            new Names("HK1|1|acmf|vault", SET),
            new Names(NAMES.server(), SET.replace('6', '7')),
            new Names(SET, NAMES.server()))) {
      Client astray = mix.returning().client(server, other, Stretching.CHEAP);
      assertRefused(() -> login(astray, server, PASSWORD, upload));
      byte[] elsewhere =
          register(mix.registering().client(server, other, Stretching.CHEAP), server, PASSWORD)
              .upload();
      assertRefused(() -> login(mix.returning().client(server), server, PASSWORD, elsewhere));
    }
  }

  @ParameterizedTest
  @EnumSource(Maker.class)
  void every_changed_byte_of_ke1_is_refused(Maker serversMaker) throws CryptoException {
    Server server = serversMaker.server();
    Client client = serversMaker.other().client(server);
    byte[] upload = register(client, server, PASSWORD).upload();
    Client.Login login = client.startLogin(PASSWORD);
    for (byte[] changed : changes(login.ke1(), 98)) {
      assertRefused(() -> login.finish(server.answer(upload, changed).ke2()));
    }
    assertThat(login.finish(server.answer(upload, login.ke1()).ke2())).isNotNull();
  }

  @ParameterizedTest
  @EnumSource(Maker.class)
  void every_changed_byte_of_ke2_is_refused(Maker serversMaker) throws CryptoException {
    Server server = serversMaker.server();
    Client client = serversMaker.other().client(server);
    byte[] upload = register(client, server, PASSWORD).upload();
    Client.Login login = client.startLogin(PASSWORD);
    byte[] ke2 = server.answer(upload, login.ke1()).ke2();
    for (byte[] changed : changes(ke2, 259)) {
      assertRefused(() -> login.finish(changed));
    }
    assertRefused(() -> login.finish(Arrays.copyOf(ke2, 258)));
    assertThat(login.finish(ke2)).isNotNull();
  }

  @ParameterizedTest
  @EnumSource(Maker.class)
  void every_changed_bit_of_ke3_is_refused(Maker serversMaker) throws CryptoException {
    Server server = serversMaker.server();
    Client client = serversMaker.other().client(server);
    byte[] upload = register(client, server, PASSWORD).upload();
    Client.Login login = client.startLogin(PASSWORD);
    Server.Pending pending = server.answer(upload, login.ke1());
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
  @EnumSource(Maker.class)
  void every_changed_byte_of_an_upload_is_refused(Maker serversMaker) throws CryptoException {
    Server server = serversMaker.server();
    Client client = serversMaker.other().client(server);
    Client.Login login = client.startLogin(PASSWORD);
    byte[] upload = register(client, server, PASSWORD).upload();
    for (byte[] changed : changes(upload, 129)) {
      assertRefused(() -> login.finish(server.answer(changed, login.ke1()).ke2()));
    }
    assertThat(login.finish(server.answer(upload, login.ke1()).ke2())).isNotNull();
  }

  @ParameterizedTest
  @EnumSource(Maker.class)
  void no_record_made_after_a_changed_registration_response_opens(Maker serversMaker)
      throws CryptoException {
    Server server = serversMaker.server();
    Client client = serversMaker.other().client(server);
    Client.Registration registration = client.startRegistration(PASSWORD);
    byte[] response = server.register(registration.request());
    for (byte[] changed : changes(response, 66)) {
      assertRefused(() -> login(client, server, PASSWORD, registration.finish(changed).upload()));
    }
    assertThat(login(client, server, PASSWORD, registration.finish(response).upload())).isNotNull();
  }

  @ParameterizedTest
  @EnumSource(Maker.class)
  void messages_of_another_login_are_refused(Maker serversMaker) throws CryptoException {
    Server server = serversMaker.server();
    Client client = serversMaker.other().client(server);
    byte[] upload = register(client, server, PASSWORD).upload();
    Client.Login first = client.startLogin(PASSWORD);
    Client.Login second = client.startLogin(PASSWORD);
    Server.Pending toFirst = server.answer(upload, first.ke1());
    Server.Pending toSecond = server.answer(upload, second.ke1());
    assertRefused(() -> first.finish(toSecond.ke2()));
    byte[] ke3 = first.finish(toFirst.ke2()).ke3();
    assertRefused(() -> toSecond.finish(ke3));
  }

  @ParameterizedTest
  @EnumSource(Maker.class)
  void an_account_that_does_not_exist_is_answered_alike_and_refused(Maker serversMaker)
      throws CryptoException {
    Server server = serversMaker.server();
    Client client = serversMaker.other().client(server);
    byte[] upload = register(client, server, PASSWORD).upload();
    Client.Login login = client.startLogin(PASSWORD);
    byte[] ke2 = server.answerUnknown(login.ke1()).ke2();
    assertThat(ke2).hasSameSizeAs(server.answer(upload, login.ke1()).ke2());
    assertRefused(() -> login.finish(ke2));
  }

  @ParameterizedTest
  @EnumSource(Maker.class)
  void both_servers_refuse_the_same_encodings(Maker serversMaker) throws CryptoException {
    Server server = serversMaker.server();
    Client client = serversMaker.other().client(server);
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

  private static Client.Registered register(Client client, Server server, String password)
      throws CryptoException {
    Client.Registration registration = client.startRegistration(password);
    return registration.finish(server.register(registration.request()));
  }

  /** A whole login; the server's half of the keys is compared with the client's. */
  private static Client.LoggedIn login(Client client, Server server, String password, byte[] upload)
      throws CryptoException {
    Client.Login login = client.startLogin(password);
    Server.Pending pending = server.answer(upload, login.ke1());
    Client.LoggedIn result = login.finish(pending.ke2());
    assertThat(pending.finish(result.ke3())).isEqualTo(result.sessionKey()).hasSize(32);
    return result;
  }

  private static void assertLogin(
      Client client, Server server, String password, Client.Registered registered)
      throws CryptoException {
    Client.LoggedIn result = login(client, server, password, registered.upload());
    assertThat(result.exportKey()).isEqualTo(registered.exportKey()).hasSize(32);
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
