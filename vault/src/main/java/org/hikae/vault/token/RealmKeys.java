package org.hikae.vault.token;

import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/**
 * The realm's published signing keys: fetched when needed, kept for five minutes, fetched anew for
 * an unknown key at most every thirty seconds so that invented key ids cannot make the vault hammer
 * the sign-on. Bodies and waiting are bounded.
 */
public final class RealmKeys {

  private static final int CONNECT_TIMEOUT_MILLIS = 2_000;
  private static final int READ_TIMEOUT_MILLIS = 3_000;
  private static final int MAX_BODY_BYTES = 64 * 1024;
  private static final long CACHE_MILLIS = 300_000;
  private static final long CACHE_REFRESH_TIMEOUT_MILLIS = 6_000;
  private static final long MIN_FETCH_INTERVAL_MILLIS = 30_000;

  private RealmKeys() {}

  /**
   * A source of the keys at {@code jwksUrl}.
   *
   * @param caFile certificates (PEM) to trust instead of the platform's
   * @throws IOException when {@code caFile} cannot be used
   */
  public static JWKSource<SecurityContext> at(URI jwksUrl, Optional<Path> caFile)
      throws IOException {
    SSLSocketFactory trust = caFile.isPresent() ? trusting(caFile.get()) : null;
    DefaultResourceRetriever retriever =
        new DefaultResourceRetriever(
            CONNECT_TIMEOUT_MILLIS, READ_TIMEOUT_MILLIS, MAX_BODY_BYTES, true, trust);
    return source(jwksUrl, retriever);
  }

  private static JWKSource<SecurityContext> source(URI jwksUrl, DefaultResourceRetriever retriever)
      throws MalformedURLException {
    return JWKSourceBuilder.<SecurityContext>create(jwksUrl.toURL(), retriever)
        .cache(CACHE_MILLIS, CACHE_REFRESH_TIMEOUT_MILLIS)
        .rateLimited(MIN_FETCH_INTERVAL_MILLIS)
        .build();
  }

  private static SSLSocketFactory trusting(Path caFile) throws IOException {
    try (InputStream in = Files.newInputStream(caFile)) {
      KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
      trusted.load(null, null);
      int number = 0;
      for (Certificate certificate :
          CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        trusted.setCertificateEntry("ca-" + number++, certificate);
      }
      if (number == 0) {
        throw new IOException("There is no certificate in " + caFile + ".");
      }
      TrustManagerFactory managers =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      managers.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, managers.getTrustManagers(), null);
      return context.getSocketFactory();
    } catch (GeneralSecurityException e) {
      throw new IOException("The certificates in " + caFile + " cannot be used.", e);
    }
  }
}
