package org.hikae.lifecycle.boundary;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.Base64;
import java.util.List;
import org.hikae.lifecycle.entity.Erasures;
import org.hikae.lifecycle.entity.ReceiptKey;

/** Tells anyone by which keys receipts of erasures are checked, as a set of JWKs (RFC 7517). */
@Stateless
@PermitAll
public class ReceiptKeys {

  @Inject private Erasures erasures;

  /**
   * All keys that were ever used.
   *
   * @param keys the newest first
   */
  public record KeySet(List<Jwk> keys) {}

  /**
   * A public key (RFC 8037).
   *
   * @param kty OKP
   * @param crv Ed25519
   * @param x the key in Base64url
   * @param kid thumbprint (RFC 7638)
   * @param alg EdDSA
   * @param use sig
   */
  public record Jwk(String kty, String crv, String x, String kid, String alg, String use) {

    static Jwk of(ReceiptKey key) {
      String x = Base64.getUrlEncoder().withoutPadding().encodeToString(key.publicKey());
      return new Jwk("OKP", "Ed25519", x, key.keyId(), "EdDSA", "sig");
    }
  }

  /** The keys; none before the first receipt. */
  public KeySet keys() {
    return new KeySet(erasures.keys().stream().map(Jwk::of).toList());
  }
}
