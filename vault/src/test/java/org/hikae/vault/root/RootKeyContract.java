package org.hikae.vault.root;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.hikae.crypto.group.DhKeyPair;
import org.hikae.crypto.group.Element;
import org.hikae.crypto.group.P256Group;
import org.hikae.crypto.group.Scalar;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.Transcript;
import org.hikae.vault.port.EpochKeys;
import org.hikae.vault.port.LedgerAnchor;
import org.hikae.vault.port.RootKey;
import org.hikae.vault.port.TamperedException;
import org.hikae.vault.port.UnavailableException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What every root keeps, wherever it is: one suite that all kinds pass. */
public abstract class RootKeyContract {

  public final SecureRandom random = new SecureRandom();
  private final P256Group group = new P256Group(random);
  public OpenedVaultRoot opened;

  /** A root that was never used. */
  public abstract OpenedVaultRoot create() throws Exception;

  /** The root of this test once more, after it was closed. */
  public abstract OpenedVaultRoot open() throws Exception;

  public abstract String name();

  @BeforeEach
  void createRoot() throws Exception {
    opened = create();
  }

  @AfterEach
  void closeRoot() {
    opened.close();
  }

  public final void reopen() throws Exception {
    opened.close();
    opened = open();
  }

  private RootKey root() {
    return opened.root();
  }

  private LedgerAnchor anchor() {
    return opened.anchor();
  }

  private EpochKeys epochs() {
    return opened.epochs();
  }

  private Element element() {
    return P256Group.multiplyBase(Scalar.random(random));
  }

  public static LedgerAnchor.Point point(long seq, int head) {
    return new LedgerAnchor.Point(seq, Hash256.sha256(new byte[] {(byte) head}));
  }

  public static Transcript input(String text) {
    return Transcript.of("test").add(text);
  }

  @Test
  @DisplayName("HK1-V-01: the same root has the same keys after each start")
  void the_same_keys_after_each_start() throws Exception {
    RootKey before = root();
    Element element = element();
    Element product = before.oprf().evaluate(element);
    byte[] code = before.hmac(input("a"));

    reopen();

    assertThat(root()).isNotSameAs(before);
    assertThat(root().oprf().evaluate(element)).isEqualTo(product);
    assertThat(root().hmac(input("a"))).isEqualTo(code);
    assertThat(root().identity().publicKey()).isEqualTo(before.identity().publicKey());
    assertThat(root().channel().publicKey()).isEqualTo(before.channel().publicKey());
    assertThat(root().ake().publicKey()).isEqualTo(before.ake().publicKey());
    assertThat(root().name()).isEqualTo(name());
    assertThat(root().ready()).isTrue();
  }

  @Test
  void products_are_those_of_one_number() {
    Element one = element();
    Element two = element();
    Scalar factor = Scalar.random(random);

    Element sum = root().oprf().evaluate(one).add(root().oprf().evaluate(two));

    assertThat(root().oprf().evaluate(one.add(two))).isEqualTo(sum);
    assertThat(root().oprf().evaluate(one.negate()))
        .isEqualTo(root().oprf().evaluate(one).negate());
    assertThat(root().oprf().evaluate(group.multiply(one, factor)))
        .isEqualTo(group.multiply(root().oprf().evaluate(one), factor));
    assertThat(root().oprf().evaluate(one)).isNotEqualTo(one);
  }

  @Test
  void the_generator_and_its_negative_are_refused() {
    for (Element element : List.of(Element.generator(), Element.generator().negate())) {
      assertThatThrownBy(() -> root().oprf().evaluate(element))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("malformed");
    }
  }

  @Test
  void codes_differ_by_input_and_have_32_bytes() {
    assertThat(root().hmac(input("a"))).hasSize(32).isEqualTo(root().hmac(input("a")));
    assertThat(root().hmac(input("a"))).isNotEqualTo(root().hmac(input("b")));
  }

  @Test
  void derived_keys_work_and_differ() throws Exception {
    DhKeyPair peer = DhKeyPair.generate(group, random);

    root().identity().publicKey().verify(input("x"), root().identity().sign(input("x")));
    assertThat(root().channel().agree(peer.publicKey()))
        .isEqualTo(peer.agree(root().channel().publicKey()));
    assertThat(root().ake().agree(peer.publicKey()))
        .isEqualTo(peer.agree(root().ake().publicKey()))
        .isNotEqualTo(root().channel().agree(peer.publicKey()));
  }

  @Test
  void many_threads_get_right_answers() throws Exception {
    Element element = element();
    Element product = root().oprf().evaluate(element);
    byte[] code = root().hmac(input("a"));
    List<Future<Boolean>> answers = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 64; i++) {
        answers.add(
            threads.submit(
                () ->
                    root().oprf().evaluate(element).equals(product)
                        && Hash256.of(root().hmac(input("a"))).equals(Hash256.of(code))));
      }
    }
    for (Future<Boolean> answer : answers) {
      assertThat(answer.get()).isTrue();
    }
  }

  @Test
  void a_closed_root_gives_nothing_and_shows_nothing() {
    assertThat(root().toString()).contains("REDACTED");
    root().close();

    assertThatThrownBy(() -> root().hmac(input("a"))).isInstanceOf(IllegalStateException.class);
    root().close();
  }

  @Test
  @DisplayName("an anchor rises and never falls")
  void an_anchor_rises_and_never_falls() throws Exception {
    assertThat(anchor().highest()).isNull();
    anchor().raise(point(1, 1));
    anchor().raise(point(2, 2));
    anchor().raise(point(70, 3));
    anchor().raise(point(70, 3));
    assertThat(anchor().highest()).isEqualTo(point(70, 3));

    assertThatThrownBy(() -> anchor().raise(point(69, 3)))
        .isInstanceOf(TamperedException.class)
        .hasMessageContaining("row 70")
        .hasMessageContaining("row 69");
    assertThatThrownBy(() -> anchor().raise(point(70, 4))).isInstanceOf(TamperedException.class);
    assertThatThrownBy(() -> anchor().raise(point(0, 4)))
        .isInstanceOf(IllegalArgumentException.class);

    reopen();
    assertThat(anchor().highest()).isEqualTo(point(70, 3));
    assertThatThrownBy(() -> anchor().raise(point(1, 1))).isInstanceOf(TamperedException.class);
    anchor().raise(point(Long.MAX_VALUE, 5));
    assertThat(anchor().highest()).isEqualTo(point(Long.MAX_VALUE, 5));
  }

  @Test
  void epoch_keys_are_made_used_and_kept() throws Exception {
    assertThat(epochs().existing()).isEmpty();
    epochs().create(7);
    epochs().create(0);
    byte[] derived = epochs().derive(7, input("a"));

    epochs().create(7);

    assertThat(epochs().existing()).containsExactly(0, 7);
    assertThat(epochs().derive(7, input("a"))).isEqualTo(derived).hasSize(32);
    assertThat(epochs().derive(7, input("b"))).isNotEqualTo(derived);
    assertThat(epochs().derive(0, input("a"))).isNotEqualTo(derived);
    assertThat(root().hmac(input("a"))).isNotEqualTo(derived);
    reopen();
    assertThat(epochs().existing()).containsExactly(0, 7);
    assertThat(epochs().derive(7, input("a"))).isEqualTo(derived);
    assertThatThrownBy(() -> epochs().create(-1)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_destroyed_epoch_key_is_gone_for_good() throws Exception {
    epochs().create(7);
    epochs().create(8);
    byte[] derived = epochs().derive(7, input("a"));
    byte[] other = epochs().derive(8, input("a"));

    epochs().destroy(7);
    epochs().destroy(7);
    epochs().destroy(99);

    assertThat(epochs().existing()).containsExactly(8);
    assertThatThrownBy(() -> epochs().derive(7, input("a")))
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining("7");
    reopen();
    assertThatThrownBy(() -> epochs().derive(7, input("a")))
        .isInstanceOf(UnavailableException.class);
    epochs().create(7);
    assertThat(epochs().derive(7, input("a"))).isNotEqualTo(derived);
    assertThat(epochs().derive(8, input("a"))).isEqualTo(other);
  }

  @Test
  void keys_are_used_while_others_come_and_go() throws Exception {
    epochs().create(1);
    byte[] derived = epochs().derive(1, input("a"));
    AtomicBoolean going = new AtomicBoolean(true);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> users = new ArrayList<>();
      for (int i = 0; i < 32; i++) {
        users.add(
            threads.submit(
                () -> {
                  int times = 0;
                  do {
                    assertThat(epochs().derive(1, input("a"))).isEqualTo(derived);
                    times++;
                  } while (going.get());
                  return times;
                }));
      }
      for (int epoch = 2; epoch < 6; epoch++) {
        epochs().create(epoch);
        anchor().raise(point(epoch, epoch));
        epochs().destroy(epoch);
        assertThat(epochs().existing()).containsExactly(1);
        assertThat(anchor().highest()).isEqualTo(point(epoch, epoch));
      }
      going.set(false);
      for (Future<Integer> user : users) {
        assertThat(user.get()).isPositive();
      }
    }
  }

  @Test
  void anchor_epochs_and_keys_do_not_disturb_each_other() throws Exception {
    byte[] code = root().hmac(input("a"));
    epochs().create(1);
    anchor().raise(point(1, 1));
    epochs().create(2);
    anchor().raise(point(2, 2));
    epochs().destroy(1);

    reopen();

    assertThat(epochs().existing()).containsExactly(2);
    assertThat(anchor().highest()).isEqualTo(point(2, 2));
    assertThat(root().hmac(input("a"))).isEqualTo(code);
  }
}
