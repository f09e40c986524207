package org.hikae.admin.port;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Certificates in files of this computer. */
public final class CertificateFiles {

  private CertificateFiles() {}

  /**
   * The chain of the first key in a PKCS#12 file.
   *
   * @throws IOException when it cannot be opened with its password or has no key
   */
  public static List<X509Certificate> chain(Path file, String password) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(in, password.toCharArray());
      for (String alias : Collections.list(store.aliases())) {
        Certificate[] chain = store.getCertificateChain(alias);
        if (chain != null && store.isKeyEntry(alias)) {
          return x509(List.of(chain));
        }
      }
      throw new IOException("it holds no key");
    } catch (GeneralSecurityException e) {
      throw new IOException("it cannot be opened with its password", e);
    }
  }

  /** The certificates of a PEM file. */
  public static List<X509Certificate> pem(Path file) throws IOException {
    return x509(TrustedCertificates.certificates(file));
  }

  private static List<X509Certificate> x509(Iterable<? extends Certificate> certificates) {
    List<X509Certificate> all = new ArrayList<>();
    for (Certificate certificate : certificates) {
      if (certificate instanceof X509Certificate x509) {
        all.add(x509);
      }
    }
    return all;
  }
}
