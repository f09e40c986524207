package org.hikae.vault.wire;

import java.net.Socket;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Set;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/** Takes a listed certificate while it is valid, and nothing else. */
final class ListedPeers extends X509ExtendedTrustManager {

  private final Set<Certificate> listed;

  ListedPeers(Set<Certificate> listed) {
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
  public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
    requireListed(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
    requireListed(chain);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }
}
