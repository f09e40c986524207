package org.hikae.crypto.opaque.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.hikae.crypto.testing.RfcVectors.ascii;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.hikae.crypto.CryptoException;
import org.hikae.crypto.group.DhKeyPair;
import org.hikae.crypto.group.P256Group;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.crypto.opaque.OpaqueContext;
import org.hikae.crypto.opaque.RegistrationResponse;
import org.hikae.crypto.opaque.server.OpaqueServer;
import org.junit.jupiter.api.Test;

/**
 * What the client leaves in memory: the arrays that pass through the stretching are the witness.
 */
class OpaqueClientTest {

  private static final SecretBytes PASSWORD = SecretBytes.copyOf(ascii("password"));
  private static final OpaqueContext CONTEXT =
      new OpaqueContext(new byte[0], ascii("server"), ascii("client"));

  private final SecureRandom random = new SecureRandom();
  private final P256Group group = new P256Group(random);
  private final DhKeyPair serverKey = DhKeyPair.generate(group, random);
  private final OpaqueServer server = new OpaqueServer(group, serverKey, random);
  private final List<byte[]> seen = new ArrayList<>();

  @Test
  void overwrites_what_it_stretched_and_what_came_out() throws CryptoException {
    Ksf ksf =
        output -> {
          assertThat(output).hasSize(32).isNotEqualTo(new byte[32]);
          byte[] stretched = output.clone();
          seen.add(output);
          seen.add(stretched);
          return stretched;
        };
    register(ksf);
    assertThat(seen).hasSize(2).allSatisfy(bytes -> assertThat(bytes).containsOnly(0));
  }

  /** As it does when there is no memory for it. */
  @Test
  void overwrites_what_it_stretched_when_the_stretching_fails() {
    Ksf ksf =
        output -> {
          seen.add(output);
          throw new OutOfMemoryError("64 MiB");
        };
    assertThatExceptionOfType(OutOfMemoryError.class).isThrownBy(() -> register(ksf));
    assertThat(seen).hasSize(1).allSatisfy(bytes -> assertThat(bytes).containsOnly(0));
  }

  @Test
  void refuses_a_password_that_is_too_long_for_the_oblivious_function() {
    OpaqueClient client = new OpaqueClient(group, byte[]::clone, random);
    try (SecretBytes long16 = SecretBytes.copyOf(new byte[0x10000])) {
      assertThatIllegalArgumentException().isThrownBy(() -> client.startRegistration(long16));
      assertThatIllegalArgumentException().isThrownBy(() -> client.startLogin(long16));
    }
  }

  private void register(Ksf ksf) throws CryptoException {
    OpaqueClient client = new OpaqueClient(group, ksf, random);
    try (ClientRegistration registration = client.startRegistration(PASSWORD)) {
      RegistrationResponse response =
          server.register(
              registration.request(), element -> group.multiply(element, serverKey.secret()));
      registration.finish(response, serverKey.publicKey(), CONTEXT).exportKey().close();
    }
  }
}
