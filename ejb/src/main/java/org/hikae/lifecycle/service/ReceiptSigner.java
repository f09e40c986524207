package org.hikae.lifecycle.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import org.hikae.runtime.control.PortalSigningKey;
import org.hikae.runtime.service.Settings;
import org.jspecify.annotations.Nullable;

/**
 * Signs with the portal's own key: a JWS in compact form (RFC 7515) with Ed25519 (RFC 8037). The
 * private key is read from a file and leaves this class nowhere.
 */
@ApplicationScoped
public class ReceiptSigner {

  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  @Inject private Settings settings;

  private @Nullable PortalSigningKey key;

  /**
   * Reads the key, or makes it.
   *
   * @throws IllegalStateException when the file holds no such key or cannot be made; says which
   *     file and why
   */
  public synchronized PortalSigningKey load() {
    if (key == null) {
      try {
        key = PortalSigningKey.readOrMake(settings.receiptKey());
      } catch (IOException | GeneralSecurityException e) {
        throw new IllegalStateException(
            "The key for receipts could not be read from "
                + settings.receiptKey()
                + " (HIKAE_RECEIPT_KEY): "
                + e.getMessage(),
            e);
      }
    }
    return key;
  }

  /**
   * Signs a statement.
   *
   * @param type media type of the statement, for the header
   */
  public String sign(String type, JsonObject statement) {
    PortalSigningKey signing = load();
    JsonObject header =
        Json.createObjectBuilder()
            .add("alg", "EdDSA")
            .add("typ", type)
            .add("kid", signing.keyId())
            .build();
    String signed = encoded(header) + "." + encoded(statement);
    try {
      byte[] signature = signing.sign(signed.getBytes(StandardCharsets.US_ASCII));
      return signed + "." + BASE64.encodeToString(signature);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("The receipt could not be signed.", e);
    }
  }

  private static String encoded(JsonObject json) {
    return BASE64.encodeToString(json.toString().getBytes(StandardCharsets.UTF_8));
  }
}
