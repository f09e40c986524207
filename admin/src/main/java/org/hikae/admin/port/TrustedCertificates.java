package org.hikae.admin.port;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Whom this computer trusts: the authorities of Java, or those of a file alone. */
public final class TrustedCertificates {

  private TrustedCertificates() {}

  /**
   * A context that trusts the authorities in {@code caFile}, or without one those of Java.
   *
   * @throws IOException when the file cannot be used; says which
   */
  public static SSLContext context(@Nullable Path caFile) throws IOException {
    try {
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(caFile == null ? null : store(caFile));
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException("This platform has no TLS.", e);
    }
  }

  private static KeyStore store(Path caFile) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    int number = 0;
    for (Certificate certificate : certificates(caFile)) {
      store.setCertificateEntry("ca-" + number++, certificate);
    }
    return store;
  }

  /** The certificates of a PEM file. */
  public static Collection<? extends Certificate> certificates(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      Collection<? extends Certificate> read =
          CertificateFactory.getInstance("X.509").generateCertificates(in);
      if (read.isEmpty()) {
        throw new IOException("There is no certificate in " + file + ".");
      }
      return read;
    } catch (CertificateException e) {
      throw new IOException("The certificates in " + file + " cannot be read.", e);
    }
  }
}
