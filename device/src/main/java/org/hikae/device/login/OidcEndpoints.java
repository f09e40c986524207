package org.hikae.device.login;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.net.URI;
import java.util.List;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.AgentException;
import org.hikae.device.http.HttpCall;
import org.hikae.device.http.SafeAddress;
import org.jspecify.annotations.Nullable;

/**
 * Where a realm signs people in, from its discovery document. Every address must be safe and the
 * document must name the issuer that was asked.
 *
 * @param issuer the realm
 * @param authorization where a browser signs in
 * @param deviceAuthorization where a device asks for a code
 * @param token where tokens come from
 * @param revocation where a refresh token is given back
 * @param bindsTokens whether it binds tokens to keys like this device's (RFC 9449, section 5.1)
 */
public record OidcEndpoints(
    String issuer,
    URI authorization,
    URI deviceAuthorization,
    URI token,
    URI revocation,
    boolean bindsTokens) {

  private static final String DISCOVERY = "/.well-known/openid-configuration";

  /** Fields of the document that are used. */
  record DiscoveryDocument(
      String issuer,
      @JsonProperty("authorization_endpoint") String authorization,
      @JsonProperty("device_authorization_endpoint") String deviceAuthorization,
      @JsonProperty("token_endpoint") String token,
      @JsonProperty("revocation_endpoint") String revocation,
      @JsonProperty("dpop_signing_alg_values_supported") @Nullable List<String> proofs) {}

  /** Reads the discovery document of {@code issuer}. */
  public static OidcEndpoints discover(OidcClient http, String issuer) throws AgentException {
    URI address = SafeAddress.parse(issuer);
    DiscoveryDocument found =
        http.json(HttpCall.of("GET", URI.create(address + DISCOVERY)), DiscoveryDocument.class);
    if (!found.issuer().equals(issuer)) {
      throw new AgentException(RunResult.REFUSED, "login.wrong-issuer", issuer, found.issuer());
    }
    List<String> proofs = found.proofs();
    return new OidcEndpoints(
        issuer,
        SafeAddress.checked(found.authorization()),
        SafeAddress.checked(found.deviceAuthorization()),
        SafeAddress.checked(found.token()),
        SafeAddress.checked(found.revocation()),
        proofs != null && proofs.contains(DpopProof.ALGORITHM));
  }
}
