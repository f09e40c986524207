package org.hikae.vault.root.pkcs11;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.AuthProvider;
import java.security.InvalidParameterException;
import java.security.Provider;
import java.security.ProviderException;
import java.security.Security;
import java.util.HexFormat;
import org.hikae.vault.root.contract.RootLocation;

/**
 * The JDK's PKCS#11 provider, set up for one slot. It is passed as an object and never registered,
 * so no other code in this process picks it by chance.
 */
final class Pkcs11Provider {

  /**
   * What the vault asks of a token; nothing else is offered, whatever the token can do. "KeyStore"
   * is the provider's own, for the names of objects.
   */
  private static final String MECHANISMS =
      "KeyStore CKM_SHA256_HMAC CKM_GENERIC_SECRET_KEY_GEN CKM_ECDH1_DERIVE"
          + " CKM_EC_KEY_PAIR_GEN";

  /** What ECDH gives is the caller's to read, and is gone with the call. */
  private static final String PASSING =
      "{ CKA_TOKEN = false CKA_SENSITIVE = false CKA_EXTRACTABLE = true }";

  private static final String KEPT =
      "CKA_TOKEN = true CKA_PRIVATE = true CKA_SENSITIVE = true CKA_EXTRACTABLE = false";

  private Pkcs11Provider() {}

  /** For using the objects that are there, and for making those whose value means nothing. */
  static AuthProvider using(RootLocation.Pkcs11 place) throws HardwareTokenException {
    return configured(
        place,
        "attributes(generate, CKO_SECRET_KEY, CKK_GENERIC_SECRET) = "
            + PASSING
            + "\nattributes(import, CKO_SECRET_KEY, *) = "
            + "{ CKA_SENSITIVE = true CKA_EXTRACTABLE = false }\n");
  }

  /**
   * For making keys inside the token that are kept under {@code name} and never leave it. The name
   * is part of what the token is told when it makes the key, so no copy without a name is ever
   * there.
   */
  static AuthProvider making(RootLocation.Pkcs11 place, String name) throws HardwareTokenException {
    String hex = "0h" + HexFormat.of().formatHex(name.getBytes(StandardCharsets.US_ASCII));
    String kept = KEPT + " CKA_LABEL = " + hex + " CKA_ID = " + hex;
    return configured(
        place,
        "attributes(generate, CKO_SECRET_KEY, CKK_GENERIC_SECRET) = { "
            + kept
            + " CKA_SIGN = true }\nattributes(generate, CKO_PRIVATE_KEY, CKK_EC) = { "
            + kept
            + " CKA_DERIVE = true CKA_SIGN = false }\n"
            + "attributes(generate, CKO_PUBLIC_KEY, CKK_EC) = { CKA_TOKEN = false }\n");
  }

  private static AuthProvider configured(RootLocation.Pkcs11 place, String attributes)
      throws HardwareTokenException {
    if (!Files.isRegularFile(place.library())) {
      throw new HardwareTokenException(
          "There is no PKCS#11 library " + place.library() + "; see pkcs11-library.", null);
    }
    Provider unconfigured = Security.getProvider("SunPKCS11");
    if (unconfigured == null) {
      throw new HardwareTokenException(
          "This Java has no PKCS#11 (module jdk.crypto.cryptoki); use a complete one.", null);
    }
    String settings =
        "name = hikae\nlibrary = \""
            + place.library()
            + "\"\nslotListIndex = "
            + place.slotIndex()
            + "\nhandleStartupErrors = halt\nenabledMechanisms = { "
            + MECHANISMS
            + " }\n"
            + attributes;
    try {
      return (AuthProvider) unconfigured.configure("--" + settings);
    } catch (ProviderException | InvalidParameterException e) {
      throw new HardwareTokenException(
          "The PKCS#11 library "
              + place.library()
              + " does not give slot "
              + place.slotIndex()
              + ": "
              + TokenCallLimiter.reason(e)
              + ".",
          null);
    }
  }
}
