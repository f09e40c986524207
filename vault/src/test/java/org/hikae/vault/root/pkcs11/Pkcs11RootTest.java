package org.hikae.vault.root.pkcs11;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Security;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import javax.crypto.spec.SecretKeySpec;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.testing.EveryThirdRun;
import org.hikae.vault.port.TamperedException;
import org.hikae.vault.port.UnavailableException;
import org.hikae.vault.root.OpenedVaultRoot;
import org.hikae.vault.root.RootKeyContract;
import org.hikae.vault.root.contract.RootExistsException;
import org.hikae.vault.root.contract.RootLocation;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract in a SoftHSM token, and what a token adds to it. */
@Tag("token")
@DisplayName("A root in a token")
@EveryThirdRun
class Pkcs11RootTest extends RootKeyContract {

  private final RootLocation.Pkcs11 place = SoftHsmTokens.freshToken();

  @Override
  public OpenedVaultRoot create() throws Exception {
    return OpenedVaultRoot.create(place, SoftHsmTokens.pin(), random);
  }

  @Override
  public OpenedVaultRoot open() throws Exception {
    return OpenedVaultRoot.open(place, SoftHsmTokens.pin(), random);
  }

  @Override
  public String name() {
    return "pkcs11";
  }

  /** Somebody else in this process, where the token is logged in. */
  private HardwareToken somebodyElse() throws HardwareTokenException {
    return HardwareToken.open(place, SoftHsmTokens.pin());
  }

  private void put(String name) throws HardwareTokenException {
    somebodyElse()
        .withObjects(
            objects -> {
              objects.setEntry(
                  name, new KeyStore.SecretKeyEntry(new SecretKeySpec(new byte[32], "AES")), null);
              return name;
            });
  }

  private Set<String> names() throws HardwareTokenException {
    return somebodyElse().names();
  }

  private static SecretBytes secret(String text) {
    return SecretBytes.copyOf(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void no_key_can_be_read_out() throws Exception {
    opened.epochs().create(3);
    opened.anchor().raise(point(1, 1));
    HardwareToken token = somebodyElse();

    assertThat(token.names())
        .containsExactlyInAnyOrder(
            "hikae-ks", "hikae-hmac", "epoch.3", "anchor.1." + point(1, 1).head().hex());
    for (String name : token.names()) {
      assertThat(token.isReadable(name)).as(name).isFalse();
    }
  }

  @Test
  void a_root_is_never_replaced() {
    opened.close();

    assertThatThrownBy(this::create)
        .isInstanceOf(RootExistsException.class)
        .hasMessageContaining("hikae-hmac")
        .hasMessageContaining("never replaced");
  }

  @ParameterizedTest
  @ValueSource(strings = {"hikae-ks", "hikae-hmac", "anchor.1.00", "epoch.1"})
  void a_token_with_anything_of_a_vault_gets_no_root(String name) throws Exception {
    RootLocation.Pkcs11 other = SoftHsmTokens.freshToken();
    try (HardwareToken token = HardwareToken.open(other, SoftHsmTokens.pin())) {
      token.makeSecret(name);
    }

    assertThatThrownBy(() -> OpenedVaultRoot.create(other, SoftHsmTokens.pin(), random))
        .isInstanceOf(RootExistsException.class)
        .hasMessageContaining(name);
  }

  @Test
  void a_wrong_pin_is_tried_once_and_named_but_not_shown() {
    opened.close();

    assertThatThrownBy(() -> OpenedVaultRoot.open(place, secret("4711-0816"), random))
        .isInstanceOf(HardwareTokenException.class)
        .hasMessageContaining("refuses the PIN")
        .hasMessageNotContaining("0816");
    assertThatThrownBy(() -> OpenedVaultRoot.open(place, secret("4711-\u00e4\u00e4"), random))
        .isInstanceOf(HardwareTokenException.class)
        .hasMessageContaining("printable ASCII");
  }

  @Test
  void a_missing_part_is_named(@TempDir Path directory) throws Exception {
    assertRefused(new RootLocation.Pkcs11(directory.resolve("none.so"), 0), "no PKCS#11 library");
    Path noLibrary = Files.writeString(directory.resolve("text.so"), "not a library");
    assertRefused(new RootLocation.Pkcs11(noLibrary, 0), "does not give slot 0");
    assertRefused(SoftHsmTokens.noSlot(), "does not give slot");
    assertRefused(SoftHsmTokens.freshToken(), "no key hikae-");
  }

  private void assertRefused(RootLocation there, String sentence) {
    assertThatThrownBy(() -> OpenedVaultRoot.open(there, SoftHsmTokens.pin(), random))
        .isInstanceOf(HardwareTokenException.class)
        .hasMessageContaining(sentence);
  }

  @Test
  void a_key_that_can_be_read_out_is_refused() throws Exception {
    RootLocation.Pkcs11 other = SoftHsmTokens.freshToken();
    try (HardwareToken token = HardwareToken.open(other, SoftHsmTokens.pin())) {
      token.makeSecret(Pkcs11Root.HMAC);
      makeKs(readable(other), null);
    }

    assertRefused(other, "gives the key hikae-ks out");
  }

  @Test
  void a_certificate_of_another_key_is_noticed() throws Exception {
    RootLocation.Pkcs11 other = SoftHsmTokens.freshToken();
    try (HardwareToken token = HardwareToken.open(other, SoftHsmTokens.pin())) {
      token.makeSecret(Pkcs11Root.HMAC);
      makeKs(Pkcs11Provider.making(other, Pkcs11Root.KS), softwareKey(256));
    }

    assertThatThrownBy(() -> OpenedVaultRoot.open(other, SoftHsmTokens.pin(), random))
        .isInstanceOf(HardwareTokenException.class)
        .rootCause()
        .hasMessageContaining("cannot be right");
  }

  @Test
  void a_key_on_another_curve_is_refused() throws Exception {
    RootLocation.Pkcs11 other = SoftHsmTokens.freshToken();
    try (HardwareToken token = HardwareToken.open(other, SoftHsmTokens.pin())) {
      token.makeSecret(Pkcs11Root.HMAC);
      makeKs(Pkcs11Provider.making(other, Pkcs11Root.KS), softwareKey(384));
    }

    assertRefused(other, "not on P-256");
  }

  /** A provider that tells the token to make keys that can be read out. */
  private static Provider readable(RootLocation.Pkcs11 there) {
    return Security.getProvider("SunPKCS11")
        .configure(
            "--name=readable\nlibrary=\""
                + there.library()
                + "\"\nslotListIndex="
                + there.slotIndex()
                + "\nattributes=compatibility");
  }

  private static PublicKey softwareKey(int bits) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(bits);
    return generator.generateKeyPair().getPublic();
  }

  /** A key pair whose certificate may be for another key. */
  private void makeKs(Provider provider, PublicKey certified) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", provider);
    generator.initialize(JcaPointConverter.CURVE);
    KeyPair pair = generator.generateKeyPair();
    PublicKey shown = certified == null ? pair.getPublic() : certified;
    KeyStore objects = KeyStore.getInstance("PKCS11", provider);
    objects.load(null, null);
    objects.setKeyEntry(
        Pkcs11Root.KS,
        pair.getPrivate(),
        null,
        new Certificate[] {PlaceholderCertificate.of(Pkcs11Root.KS, shown, random)});
  }

  @Test
  void a_kill_between_new_and_old_anchor_leaves_the_higher_one() throws Exception {
    opened.anchor().raise(point(9, 1));
    // As if the process had been killed before it destroyed number 9.
    put("anchor.10." + point(10, 2).head().hex());

    assertThat(opened.anchor().highest()).isEqualTo(point(10, 2));
    opened.anchor().raise(point(10, 2));
    assertThat(names()).filteredOn(name -> name.startsWith("anchor.")).hasSize(1);
    opened.anchor().raise(point(11, 3));
    assertThat(names()).contains("anchor.11." + point(11, 3).head().hex());
  }

  @Test
  void anchors_that_the_vault_did_not_write_are_an_alarm() throws Exception {
    String good = "anchor.5." + point(5, 1).head().hex();
    put(good);
    for (String name :
        List.of(
            "anchor.5." + point(5, 2).head().hex(),
            "anchor.06." + point(6, 2).head().hex(),
            "anchor.9999999999999999999." + point(6, 2).head().hex(),
            "anchor.6." + point(6, 2).head().hex().substring(1),
            "anchor.x")) {
      put(name);
      assertThatThrownBy(() -> opened.anchor().highest())
          .as(name)
          .isInstanceOf(TamperedException.class);
      assertThatThrownBy(() -> opened.anchor().raise(point(7, 7)))
          .isInstanceOf(TamperedException.class);
      assertThat(names()).contains(good);
      somebodyElse().destroy(name);
    }
    assertThat(opened.anchor().highest()).isEqualTo(point(5, 1));
  }

  @Test
  @DisplayName(
      "a token that shows less than the root is not believed: no anchor is not read from it")
  void an_emptied_token_is_not_believed() throws Exception {
    opened.anchor().raise(point(5, 1));
    opened.epochs().create(1);
    HardwareToken thief = somebodyElse();
    for (String name : List.of("hikae-hmac", "epoch.1", "anchor.5." + point(5, 1).head().hex())) {
      thief.destroy(name);
    }

    assertUnavailable();
    assertThat(thief.names()).containsExactly("hikae-ks");
  }

  @Test
  @DisplayName("a lost login is not renewed: no second try of the PIN by itself")
  void a_lost_login_is_not_renewed() throws Exception {
    opened.anchor().raise(point(5, 1));
    opened.epochs().create(1);
    opened.epochs().derive(1, input("a"));
    // Logs the process out, as a token does that was reset.
    somebodyElse().close();

    assertUnavailable();
    assertUnavailable();

    opened = open();
    assertThat(opened.root().ready()).isTrue();
    assertThat(opened.anchor().highest()).isEqualTo(point(5, 1));
    assertThat(opened.epochs().existing()).containsExactly(1);
  }

  private void assertUnavailable() {
    assertThat(opened.root().ready()).isFalse();
    assertThatThrownBy(() -> opened.root().hmac(input("a")))
        .isInstanceOf(UnavailableException.class);
    assertThatThrownBy(() -> opened.anchor().highest()).isInstanceOf(UnavailableException.class);
    assertThatThrownBy(() -> opened.anchor().raise(point(6, 1)))
        .isInstanceOf(UnavailableException.class);
    assertThatThrownBy(() -> opened.epochs().existing()).isInstanceOf(UnavailableException.class);
    assertThatThrownBy(() -> opened.epochs().create(2)).isInstanceOf(UnavailableException.class);
    assertThatThrownBy(() -> opened.epochs().derive(1, input("a")))
        .isInstanceOf(UnavailableException.class);
    assertThatThrownBy(() -> opened.epochs().destroy(1)).isInstanceOf(UnavailableException.class);
  }

  @Test
  void a_full_gate_is_unavailable() throws Exception {
    HardwareToken shut =
        HardwareToken.open(place, SoftHsmTokens.pin(), new TokenCallLimiter(0, Duration.ZERO));

    assertThatThrownBy(shut::names)
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining("busy");
    assertThat(opened.root().ready()).isTrue();
  }

  @Test
  void foreign_objects_in_the_token_do_not_matter() throws Exception {
    put("somebody's key");
    put("epoch.x");
    put("epoch.01");

    assertThat(opened.epochs().existing()).isEmpty();
    assertThat(opened.anchor().highest()).isNull();
    reopen();
    assertThat(opened.root().ready()).isTrue();
  }

  @Test
  void nothing_prints_a_secret() throws Exception {
    assertThat(somebodyElse().toString()).doesNotContain(SoftHsmTokens.PIN);
    assertThat(opened.toString()).doesNotContain(SoftHsmTokens.PIN);
  }
}
