package org.hikae.vault.wire;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Set;
import java.util.stream.Collectors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

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

  private static Set<X509Certificate> listed(Path peers) throws IOException {
    try (InputStream in = Files.newInputStream(peers)) {
      Set<X509Certificate> listed =
          CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
              .filter(X509Certificate.class::isInstance)
              .map(X509Certificate.class::cast)
              .collect(Collectors.toUnmodifiableSet());
      if (listed.isEmpty()) {
        throw new IOException("There is no certificate in " + peers + ".");
      }
      return listed;
    } catch (CertificateException e) {
      throw new IOException("The certificates in " + peers + " cannot be read.", e);
    }
  }

  /** Takes a listed certificate while it is valid, and nothing else. */
  private static final class ListedPeers extends X509ExtendedTrustManager {

    private final Set<X509Certificate> listed;

    ListedPeers(Set<X509Certificate> listed) {
      this.listed = listed;
    }

    /** TLS itself proves that the peer holds the key of the first certificate. */
    private void requireListed(X509Certificate[] chain) throws CertificateException {
      if (chain.length == 0 || !listed.contains(chain[0])) {
        throw new CertificateException("The peer's certificate is not a listed one.");
      }
      chain[0].checkValidity();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
        throws CertificateException {
      requireListed(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
        throws CertificateException {
      requireListed(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
        throws CertificateException {
      requireListed(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
        throws CertificateException {
      requireListed(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type)
        throws CertificateException {
      requireListed(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type)
        throws CertificateException {
      requireListed(chain);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
