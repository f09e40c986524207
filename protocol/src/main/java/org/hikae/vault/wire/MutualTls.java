package org.hikae.vault.wire;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Set;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/**
 * The link between a portal and a vault on different hosts (spec HK1-V-23): TLS 1.3 (RFC 8446),
 * each side proves its own certificate and takes only those of the other that it was given. No name
 * and no authority is looked at: who was listed is meant, nobody else.
 */
public final class MutualTls {

  /** The only version spoken. */
  public static final String PROTOCOL = "TLSv1.3";

  private MutualTls() {}

  /**
   * A context for either side.
   *
   * @param keyStore PKCS#12 with this side's key and certificate
   * @param password of the file and the key; left as it is
   * @param peers certificates (PEM) of the other side, one or more
   * @throws IOException when a file cannot be used; says which
   */
  public static SSLContext context(Path keyStore, char[] password, Path peers) throws IOException {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(
          own(keyStore, password).getKeyManagers(),
          new TrustManager[] {new ListedPeers(listed(peers))},
          null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException("This platform has no TLS.", e);
    }
  }

  private static KeyManagerFactory own(Path keyStore, char[] password) throws IOException {
    try (InputStream in = Files.newInputStream(keyStore)) {
      KeyStore keys = KeyStore.getInstance("PKCS12");
      keys.load(in, password);
      KeyManagerFactory managers =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      managers.init(keys, password);
      return managers;
    } catch (IOException | GeneralSecurityException e) {
      throw new IOException(
          "The key store " + keyStore + " cannot be opened with its password.", e);
    }
  }

  private static Set<Certificate> listed(Path peers) throws IOException {
    try (InputStream in = Files.newInputStream(peers)) {
      Set<Certificate> listed =
          Set.copyOf(CertificateFactory.getInstance("X.509").generateCertificates(in));
      if (listed.isEmpty()) {
        throw new IOException("There is no certificate in " + peers + ".");
      }
      return listed;
    } catch (CertificateException e) {
      throw new IOException("The certificates in " + peers + " cannot be read.", e);
    }
  }
}
