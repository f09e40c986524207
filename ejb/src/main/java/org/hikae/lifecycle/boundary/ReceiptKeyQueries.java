package org.hikae.lifecycle.boundary;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.Base64;
import org.hikae.lifecycle.entity.ReceiptKey;
import org.hikae.lifecycle.store.ErasureStore;
import org.hikae.lifecycle.view.ReceiptKeyJwk;
import org.hikae.lifecycle.view.ReceiptKeySet;

/** Tells anyone by which keys receipts of erasures are checked, as a set of JWKs (RFC 7517). */
@Stateless
@PermitAll
public class ReceiptKeyQueries {

  @Inject private ErasureStore erasures;

  /** The keys; none before the first receipt. */
  public ReceiptKeySet keys() {
    return new ReceiptKeySet(erasures.keys().stream().map(ReceiptKeyQueries::jwk).toList());
  }

  private static ReceiptKeyJwk jwk(ReceiptKey key) {
    String x = Base64.getUrlEncoder().withoutPadding().encodeToString(key.publicKey());
    return new ReceiptKeyJwk("OKP", "Ed25519", x, key.keyId(), "EdDSA", "sig");
  }
}
