package org.hikae.vault.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import org.hikae.crypto.CryptoException;
import org.hikae.crypto.aead.AesGcm;
import org.hikae.crypto.group.Scalar;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.Hk1Constants;
import org.hikae.hk1.Transcript;
import org.hikae.vault.account.Attempt;
import org.hikae.vault.account.Id128;
import org.hikae.vault.port.EpochKeys;
import org.hikae.vault.port.TamperedException;
import org.hikae.vault.port.VaultStore.Secret;
import org.hikae.vault.root.software.SoftwareRoot;
import org.hikae.vault.testing.FakeEpochKeys;
import org.hikae.vault.testing.VaultFixture;
import org.hikae.vault.transaction.RecordSealer.LoginSecrets;
import org.hikae.vault.transaction.RecordSealer.RecordSecrets;
import org.hikae.vault.wire.VaultPayload;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The bytes that the store keeps, made and read by hand: a later release has to open them. */
@DisplayName("HK1-V-05, V-08, V-17: sealed bytes")
class RecordSealerTest {

  private static final int EPOCH = 7;
  private static final Hash256 ALICE = VaultFixture.employee("alice");
  private static final Hash256 CRED_ID = Hash256.sha256(new byte[] {1});
  private static final Attempt ATTEMPT =
      new Attempt(
          Id128.of(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16}),
          CRED_ID,
          Hash256.sha256(new byte[] {2}),
          Id128.NONE,
          1_800_000_000_000L,
          3,
          true);

  private final SecureRandom random = new SecureRandom();
  private final SoftwareRoot root = SoftwareRoot.generate(random);
  private final FakeEpochKeys epochs = new FakeEpochKeys(random);
  private final RecordSealer seal = new RecordSealer(root, epochs, VaultFixture.TENANT, random);
  private final RecordSecrets secrets =
      new RecordSecrets(
          Scalar.random(random),
          drawn(VaultPayload.REGISTRATION_UPLOAD_BYTES),
          drawn(VaultPayload.PASSWORD_WRAP_BYTES));
  private final byte[] ke2 = drawn(VaultPayload.KE2_BYTES);
  private final byte[] pending = drawn(64);

  @BeforeEach
  void makeKey() {
    epochs.create(EPOCH);
  }

  private byte[] drawn(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private LoginSecrets login() {
    return new LoginSecrets(ke2, SecretBytes.copyOf(pending));
  }

  private Hash256 expected() {
    return RecordSecrets.hash(secrets.upload(), secrets.wrap());
  }

  private static Transcript recordName() {
    return Transcript.of("vault record")
        .addU16(Hk1Constants.SUITE)
        .add(VaultFixture.TENANT)
        .add(CRED_ID.toBytes());
  }

  private static Transcript loginName() {
    return Transcript.of("vault login")
        .addU16(Hk1Constants.SUITE)
        .add(VaultFixture.TENANT)
        .add(ALICE.toBytes())
        .add(CRED_ID.toBytes())
        .add(ATTEMPT.loginId().toBytes())
        .add(ATTEMPT.requestHash().toBytes())
        .addU64(ATTEMPT.chargedMillis());
  }

  private byte[] recordKey() {
    return epochs.derive(EPOCH, recordName());
  }

  private Transcript recordFields() {
    return Transcript.fields()
        .add(secrets.factor().encode())
        .add(secrets.upload())
        .add(secrets.wrap());
  }

  private Transcript loginFields() {
    return Transcript.fields().add(ke2).add(pending);
  }

  private static byte[] opened(byte[] key, Transcript name, Secret secret) throws CryptoException {
    byte[] sealed = secret.sealed();
    return AesGcm.open(
        key,
        Arrays.copyOf(sealed, AesGcm.NONCE_BYTES),
        name.toBytes(),
        Arrays.copyOfRange(sealed, AesGcm.NONCE_BYTES, sealed.length));
  }

  private Secret sealed(Hash256 id, byte[] key, Transcript name, Transcript plain) {
    byte[] nonce = drawn(AesGcm.NONCE_BYTES);
    byte[] body = AesGcm.seal(key, nonce, name.toBytes(), plain.toBytes());
    return new Secret(
        id, EPOCH, ByteBuffer.allocate(nonce.length + body.length).put(nonce).put(body).array());
  }

  @Test
  void a_record_is_sealed_under_its_own_name() throws Exception {
    Secret sealed = seal.seal(CRED_ID, EPOCH, secrets);
    assertThat(sealed.id()).isEqualTo(CRED_ID);
    assertThat(sealed.epoch()).isEqualTo(EPOCH);
    assertThat(opened(recordKey(), recordName(), sealed)).isEqualTo(recordFields().toBytes());

    RecordSecrets read =
        seal.open(sealed(CRED_ID, recordKey(), recordName(), recordFields()), expected());
    assertThat(read.factor()).isEqualTo(secrets.factor());
    assertThat(read.upload()).isEqualTo(secrets.upload());
    assertThat(read.wrap()).isEqualTo(secrets.wrap());
  }

  @Test
  void a_login_is_sealed_under_all_that_it_belongs_to() throws Exception {
    Secret sealed = seal.seal(ALICE, ATTEMPT, login());
    assertThat(sealed.id())
        .isEqualTo(
            Hash256.sha256(
                Transcript.of("vault login id")
                    .add(ALICE.toBytes())
                    .add(ATTEMPT.loginId().toBytes())
                    .toBytes()));
    byte[] key = root.hmac(loginName());
    assertThat(opened(key, loginName(), sealed)).isEqualTo(loginFields().toBytes());

    LoginSecrets read =
        seal.open(ALICE, ATTEMPT, sealed(sealed.id(), key, loginName(), loginFields()));
    assertThat(read.ke2()).isEqualTo(ke2);
    assertThat(read.pending().expose()).isEqualTo(pending);
  }

  @Test
  void no_key_is_left_behind() {
    List<byte[]> handedOut = new ArrayList<>();
    RecordSealer sealer =
        new RecordSealer(
            root,
            new EpochKeys() {
              @Override
              public SortedSet<Integer> existing() {
                return epochs.existing();
              }

              @Override
              public void create(int epoch) {
                epochs.create(epoch);
              }

              @Override
              public byte[] derive(int epoch, Transcript input) {
                byte[] key = epochs.derive(epoch, input);
                handedOut.add(key);
                return key;
              }

              @Override
              public void destroy(int epoch) {
                epochs.destroy(epoch);
              }
            },
            VaultFixture.TENANT,
            random);

    sealer.open(sealer.seal(CRED_ID, EPOCH, secrets), expected());

    assertThat(handedOut).hasSize(2).containsOnly(new byte[32]);
  }

  @Test
  void each_seal_has_a_nonce_of_its_own() {
    byte[] one = seal.seal(CRED_ID, EPOCH, secrets).sealed();
    byte[] two = seal.seal(CRED_ID, EPOCH, secrets).sealed();
    assertThat(Arrays.copyOf(one, AesGcm.NONCE_BYTES))
        .isNotEqualTo(Arrays.copyOf(two, AesGcm.NONCE_BYTES));
  }

  @Test
  void bytes_behind_the_last_field_are_refused() {
    Secret longRecord = sealed(CRED_ID, recordKey(), recordName(), recordFields().add(new byte[0]));
    assertThatThrownBy(() -> seal.open(longRecord, expected()))
        .isInstanceOf(TamperedException.class);
    Secret longLogin =
        sealed(CRED_ID, root.hmac(loginName()), loginName(), loginFields().add(new byte[0]));
    assertThatThrownBy(() -> seal.open(ALICE, ATTEMPT, longLogin))
        .isInstanceOf(TamperedException.class);
  }

  @Test
  void bytes_without_a_whole_nonce_are_too_short() {
    Secret shorter = new Secret(CRED_ID, EPOCH, new byte[AesGcm.NONCE_BYTES - 1]);
    Secret nonceOnly = new Secret(CRED_ID, EPOCH, new byte[AesGcm.NONCE_BYTES]);
    assertThatThrownBy(() -> seal.open(shorter, expected()))
        .isInstanceOf(TamperedException.class)
        .hasMessageContaining("too short");
    assertThatThrownBy(() -> seal.open(nonceOnly, expected()))
        .isInstanceOf(TamperedException.class)
        .hasMessageContaining("does not open");
  }
}
