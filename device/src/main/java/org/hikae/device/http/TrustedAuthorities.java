package org.hikae.device.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.AgentException;
import org.jspecify.annotations.Nullable;

/**
 * Who may vouch for the portal and for Keycloak. With a CA file only the authorities in it are
 * trusted, so that a public authority cannot vouch for the company's portal; without one the
 * system's are. Verification cannot be switched off.
 */
public final class TrustedAuthorities {

  /** Most bytes of a CA file. */
  public static final int MAX_PEM_BYTES = 512 * 1024;

  private TrustedAuthorities() {}

  /** TLS with the given authorities, or with the system's. */
  public static SSLContext context(@Nullable String caPem) throws AgentException {
    try {
      if (caPem == null) {
        return SSLContext.getDefault();
      }
      Collection<? extends Certificate> certificates = read(caPem);
      if (certificates.isEmpty()) {
        throw new AgentException(RunResult.LOCAL, "tls.ca-file-empty");
      }
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      int number = 0;
      for (Certificate certificate : certificates) {
        store.setCertificateEntry("ca-" + number++, certificate);
      }
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new AgentException(RunResult.LOCAL, e, "tls.ca-file-unreadable");
    }
  }

  /**
   * Has Java do once what it will do for a certificate of these authorities: it sets up a table for
   * P-256 before it verifies a signature of that kind. Nothing depends on what comes of it.
   */
  public static void warmUp(@Nullable String caPem) {
    try {
      for (Certificate certificate : caPem == null ? List.<Certificate>of() : read(caPem)) {
        certificate.verify(certificate.getPublicKey());
      }
    } catch (GeneralSecurityException e) {
      // It is signed by another one.
    }
  }

  private static Collection<? extends Certificate> read(String caPem) throws CertificateException {
    return CertificateFactory.getInstance("X.509")
        .generateCertificates(new ByteArrayInputStream(caPem.getBytes(StandardCharsets.US_ASCII)));
  }
}
