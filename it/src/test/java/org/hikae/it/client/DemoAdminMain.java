package org.hikae.it.client;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * The demo company's admin: signs in at Keycloak's real pages with the portal's client and makes
 * one call to the REST API. For the quickstart, which starts this source file without building the
 * tests; so it uses the JDK alone.
 */
public final class DemoAdminMain {

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Pattern CODE = Pattern.compile("[?&]code=([^&]+)");
  private static final Pattern TOKEN = Pattern.compile("\"access_token\"\\s*:\\s*\"([^\"]+)\"");

  private final HttpClient http;
  private final URI realm;
  private final String portal;

  private DemoAdminMain(HttpClient http, URI realm, String portal) {
    this.http = http;
    this.realm = realm;
    this.portal = portal;
  }

  /**
   * Takes the realm, the portal, the portal's authority (PEM), the user name, and METHOD and PATH
   * of the call; the password and the portal client's secret come as two lines on standard input.
   * Prints the answer's body.
   */
  public static void main(String[] arguments)
      throws IOException, InterruptedException, GeneralSecurityException {
    if (arguments.length != 6) {
      System.err.println(
          "usage: DemoAdminMain REALM PORTAL CA-FILE USERNAME METHOD PATH < SECRETS");
      System.exit(2);
    }
    HttpClient http = HttpClient.newBuilder().sslContext(trusting(Path.of(arguments[2]))).build();
    DemoAdminMain admin = new DemoAdminMain(http, URI.create(arguments[0]), arguments[1]);
    try (BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      TestAccount testAccount = new TestAccount("", arguments[3], in.readLine());
      String token = admin.token(testAccount, in.readLine());
      HttpResponse<String> answer = admin.call(token, arguments[4], arguments[5]);
      System.out.println(answer.body());
      if (answer.statusCode() / 100 != 2) {
        System.err.println("DemoAdminMain: the portal answered " + answer.statusCode());
        System.exit(1);
      }
    }
  }

  private HttpResponse<String> call(String token, String method, String path)
      throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(URI.create(portal + path))
            .timeout(LIMIT)
            .header("Authorization", "Bearer " + token)
            .method(method, BodyPublishers.noBody())
            .build(),
        BodyHandlers.ofString());
  }

  private String token(TestAccount testAccount, String clientSecret)
      throws IOException, InterruptedException, GeneralSecurityException {
    byte[] random = new byte[32];
    new SecureRandom().nextBytes(random);
    String verifier = base64(random);
    String challenge =
        base64(
            MessageDigest.getInstance("SHA-256")
                .digest(verifier.getBytes(StandardCharsets.US_ASCII)));
    String redirect = KeycloakFormClient.encoded(portal + "/signed-in-for-the-demo");
    String ask =
        realm
            + "/protocol/openid-connect/auth?response_type=code&client_id=hikae-portal&scope=openid"
            + ("&redirect_uri=" + redirect)
            + ("&code_challenge_method=S256&code_challenge=" + challenge);
    URI back = new KeycloakFormClient(realm, testAccount).leave(URI.create(ask));
    String exchange =
        "grant_type=authorization_code&client_id=hikae-portal"
            + ("&redirect_uri=" + redirect)
            + ("&client_secret=" + KeycloakFormClient.encoded(clientSecret))
            + ("&code_verifier=" + verifier)
            + ("&code=" + first(CODE, back.toString()));
    HttpResponse<String> granted =
        http.send(
            HttpRequest.newBuilder(URI.create(realm + "/protocol/openid-connect/token"))
                .timeout(LIMIT)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(exchange))
                .build(),
            BodyHandlers.ofString());
    return first(TOKEN, granted.body());
  }

  private static String first(Pattern pattern, String text) throws IOException {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.find()) {
      throw new IOException("Keycloak did not accept the sign-in.");
    }
    return matcher.group(1);
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static SSLContext trusting(Path authority) throws IOException, GeneralSecurityException {
    KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
    trusted.load(null, null);
    try (InputStream in = Files.newInputStream(authority)) {
      trusted.setCertificateEntry(
          "authority", CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, factory.getTrustManagers(), null);
    return context;
  }
}
