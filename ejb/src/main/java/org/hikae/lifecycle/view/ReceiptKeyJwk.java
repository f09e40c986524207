package org.hikae.lifecycle.view;

import org.hikae.openapi.wire.SchemaName;

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
@SchemaName("ReceiptKeysJwk")
public record ReceiptKeyJwk(String kty, String crv, String x, String kid, String alg, String use) {}
