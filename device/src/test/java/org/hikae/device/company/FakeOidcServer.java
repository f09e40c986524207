package org.hikae.device.company;

import static org.hikae.device.company.FakePortalResponses.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.hikae.device.AgentJson;
import org.hikae.device.vaultclient.FakeVault;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.TextCodec;

/**
 * The sign-on of one employee: device grant, offline token, and tokens bound to the key of a proof,
 * as Keycloak 26 does it. It looks at proofs as strictly, and gives no token for an offline token
 * that is bound or was exchanged.
 */
public final class FakeOidcServer {

  private static final String BOUND = "offline-bound";

  /** Before the point of a key. */
  private static final byte[] PREFIX =
      HexFormat.of().parseHex("3059301306072a8648ce3d020106082a8648ce3d03010703420004");

  private final Supplier<String> url;
  private final Supplier<String> subject;
  private final Set<String> proofs = new HashSet<>();
  private final List<String> revoked = new CopyOnWriteArrayList<>();
  private Instant authTime = Instant.now();
  private int pollsUntilApproved = 1;
  private String grantError = "authorization_pending";
  private String challenge = "";
  private Duration ahead = Duration.ZERO;
  private boolean binds = true;
  private boolean exchanges;
  private Duration older = Duration.ZERO;
  private int refusals;
  private int exchanged;
  private boolean busy;

  FakeOidcServer(Supplier<String> url, Supplier<String> subject) {
    this.url = url;
    this.subject = subject;
  }

  void signedInAt(Instant time) {
    authTime = time;
  }

  void answerGrantWith(String error, int polls) {
    grantError = error;
    pollsUntilApproved = polls;
  }

  /** Its clock differs from everybody else's. */
  public void ahead(Duration by) {
    ahead = by;
  }

  /** It knows nothing of proofs, as Keycloak before 26.4. */
  public void bindsNothing() {
    binds = false;
  }

  /** Each use of an offline token gives another one, and ends the one before. */
  public void exchangesOfflineTokens() {
    exchanges = true;
  }

  /** Bound tokens say that the person signed in so much earlier. */
  public void bindsToAnOlderSignIn(Duration by) {
    older = by;
  }

  /** Takes none of the next proofs. */
  public void refuseProofs(int count) {
    refusals = count;
  }

  /** It takes no token back, as one that is about to be overloaded. */
  public void takesNothingBack() {
    busy = true;
  }

  /** Offline tokens that it was asked to end. */
  public List<String> revoked() {
    return revoked;
  }

  /** What it gives this person. */
  public static String offlineToken(String subject) {
    return "offline-of-" + subject;
  }

  /** How many proofs were good. */
  public int proofs() {
    return proofs.size();
  }

  void answer(HttpExchange exchange, String path, String form) throws IOException {
    int end = path.indexOf('/', "/realms/".length());
    String realm = url.get() + path.substring(0, end);
    if (path.endsWith("/.well-known/openid-configuration")) {
      Map<String, Object> found = new LinkedHashMap<>();
      found.put("issuer", realm);
      found.put("authorization_endpoint", realm + "/auth");
      found.put("device_authorization_endpoint", realm + "/device");
      found.put("token_endpoint", realm + "/token");
      found.put("revocation_endpoint", realm + "/revoke");
      if (binds) {
        found.put("dpop_signing_alg_values_supported", List.of("RS256", "ES256"));
      }
      json(exchange, 200, found);
    } else if (path.endsWith("/device")) {
      challenge = field(form, "code_challenge");
      Map<String, Object> granted = new LinkedHashMap<>();
      granted.put("device_code", "code");
      granted.put("user_code", "ABCD-EFGH");
      granted.put("verification_uri", realm + "/verify");
      granted.put("verification_uri_complete", realm + "/verify?user_code=ABCD-EFGH");
      granted.put("expires_in", 600);
      granted.put("interval", 1);
      json(exchange, 200, granted);
    } else if (path.endsWith("/token")) {
      token(exchange, form, realm);
    } else {
      revoked.add(field(form, "token"));
      json(exchange, busy ? 503 : 200, Map.of());
    }
  }

  private static String field(String form, String name) {
    return ("&" + form).replaceAll(".*&" + name + "=([^&]+).*", "$1");
  }

  private void token(HttpExchange exchange, String form, String realm) throws IOException {
    boolean deviceGrant = form.contains("device_code");
    if (deviceGrant && pollsUntilApproved-- > 0) {
      refuse(exchange, grantError);
      return;
    }
    if (deviceGrant) {
      byte[] ascii = field(form, "code_verifier").getBytes(StandardCharsets.US_ASCII);
      if (!TextCodec.base64(Hash256.sha256(ascii).toBytes()).equals(challenge)) {
        refuse(exchange, "invalid_grant");
        return;
      }
    } else if (!takes(field(form, "refresh_token"))) {
      refuse(exchange, "invalid_grant");
      return;
    }
    String proof = binds ? exchange.getRequestHeaders().getFirst("DPoP") : null;
    String thumbprint = "";
    if (proof != null) {
      thumbprint = thumbprint(proof, realm + "/token");
      if (thumbprint.isEmpty() || refusals-- > 0) {
        json(
            exchange,
            400,
            Map.of("error", "invalid_request", "error_description", "DPoP proof is not active"));
        return;
      }
    }
    json(exchange, 200, tokens(thumbprint, realm));
  }

  private static void refuse(HttpExchange exchange, String error) throws IOException {
    json(exchange, 400, Map.of("error", error));
  }

  private boolean takes(String offline) {
    return !offline.equals(BOUND) && (!exchanges || offline.equals(exchangedToken()));
  }

  private String exchangedToken() {
    return "e30." + part("{\"reuse_id\":\"" + exchanged + "\"}") + ".c2ln";
  }

  private Map<String, Object> tokens(String thumbprint, String realm) {
    boolean bound = !thumbprint.isEmpty();
    exchanged++;
    String claims =
        "{\"sub\":\""
            + subject.get()
            + "\",\"iss\":\""
            + realm
            + "\",\"iat\":"
            + now()
            + ",\"auth_time\":"
            + (bound ? authTime.minus(older) : authTime).plus(ahead).getEpochSecond()
            + (bound ? ",\"typ\":\"DPoP\",\"cnf\":{\"jkt\":\"" + thumbprint + "\"}" : "")
            + "}";
    Map<String, Object> tokens = new LinkedHashMap<>();
    tokens.put("access_token", "e30." + part(claims) + ".c2ln");
    tokens.put("token_type", bound ? "DPoP" : "Bearer");
    tokens.put("refresh_token", exchanges ? exchangedToken() : bound ? BOUND : offline());
    tokens.put("expires_in", 300);
    return tokens;
  }

  private String offline() {
    return offlineToken(subject.get());
  }

  private static String part(String text) {
    return TextCodec.base64(text.getBytes(StandardCharsets.UTF_8));
  }

  private long now() {
    return Instant.now().plus(ahead).getEpochSecond();
  }

  /** Of the key of a proof that is good for a POST to {@code target} now; else nothing. */
  private String thumbprint(String proof, String target) throws IOException {
    List<String> parts = List.of(proof.split("\\.", -1));
    JsonNode header = read(parts.get(0));
    JsonNode claims = read(parts.get(1));
    byte[] key =
        concatenated(
            PREFIX,
            Base64.getUrlDecoder().decode(header.at("/jwk/x").asText()),
            Base64.getUrlDecoder().decode(header.at("/jwk/y").asText()));
    long age = now() - claims.path("iat").asLong();
    boolean good =
        parts.size() == 3
            && header.path("typ").asText().equals("dpop+jwt")
            && header.path("alg").asText().equals("ES256")
            && header.at("/jwk/kty").asText().equals("EC")
            && header.at("/jwk/crv").asText().equals("P-256")
            && header.path("jwk").size() == 4
            && claims.path("htm").asText().equals("POST")
            && claims.path("htu").asText().equals(target)
            && age >= -15
            && age <= 25
            && claims.path("jti").asText().length() > 20
            && isSignedBy(key, parts)
            && proofs.add(claims.path("jti").asText());
    return good ? FakeVault.thumbprint(key) : "";
  }

  private static JsonNode read(String part) throws IOException {
    return AgentJson.mapper().readTree(Base64.getUrlDecoder().decode(part));
  }

  private static byte[] concatenated(byte[] first, byte[] second, byte[] third) {
    byte[] all = Arrays.copyOf(first, first.length + second.length + third.length);
    System.arraycopy(second, 0, all, first.length, second.length);
    System.arraycopy(third, 0, all, first.length + second.length, third.length);
    return all;
  }

  private static boolean isSignedBy(byte[] key, List<String> parts) {
    try {
      Signature ecdsa = Signature.getInstance("SHA256withECDSAinP1363Format");
      ecdsa.initVerify(KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(key)));
      ecdsa.update((parts.get(0) + "." + parts.get(1)).getBytes(StandardCharsets.US_ASCII));
      return ecdsa.verify(Base64.getUrlDecoder().decode(parts.get(2)));
    } catch (GeneralSecurityException e) {
      return false;
    }
  }
}
