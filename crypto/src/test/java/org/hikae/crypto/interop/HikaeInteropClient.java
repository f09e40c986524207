package org.hikae.crypto.interop;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import org.hikae.crypto.CryptoException;
import org.hikae.crypto.group.Element;
import org.hikae.crypto.group.P256Group;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.crypto.opaque.Ke2;
import org.hikae.crypto.opaque.RegistrationResponse;
import org.hikae.crypto.opaque.client.ClientLogin;
import org.hikae.crypto.opaque.client.ClientRegistration;
import org.hikae.crypto.opaque.client.OpaqueClient;

/** The client's half that devices run. */
final class HikaeInteropClient implements InteropClient {

  private final OpaqueClient client;
  private final byte[] pinnedServerKey;
  private final InteropNames names;

  HikaeInteropClient(byte[] pinnedServerKey, InteropNames names, KeyStretching stretching) {
    SecureRandom random = new SecureRandom();
    this.client = new OpaqueClient(new P256Group(random), stretching.forUs(), random);
    this.pinnedServerKey = pinnedServerKey;
    this.names = names;
  }

  @Override
  public Registration startRegistration(String password) {
    ClientRegistration registration = client.startRegistration(secret(password));
    return new Registration() {
      @Override
      public byte[] request() {
        return registration.request().encode();
      }

      @Override
      public RegistrationOutcome finish(byte[] response) throws CryptoException {
        ClientRegistration.Result result =
            registration.finish(
                RegistrationResponse.decode(response),
                Element.decode(pinnedServerKey),
                names.context());
        return new RegistrationOutcome(result.upload().encode(), result.exportKey().expose());
      }
    };
  }

  @Override
  public Login startLogin(String password) {
    ClientLogin login = client.startLogin(secret(password));
    return new Login() {
      @Override
      public byte[] ke1() {
        return login.ke1().encode();
      }

      @Override
      public LoginOutcome finish(byte[] ke2) throws CryptoException {
        ClientLogin.Result result = login.finish(Ke2.decode(ke2), names.context());
        return new LoginOutcome(
            result.ke3().encode(), result.sessionKey().expose(), result.exportKey().expose());
      }
    };
  }

  private static SecretBytes secret(String password) {
    return SecretBytes.take(password.getBytes(StandardCharsets.UTF_8));
  }
}
