package org.hikae.admin.port;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.hikae.admin.doctor.ExceptionText;
import org.jspecify.annotations.Nullable;

/**
 * Two handshakes: one that notes whatever is shown, so that an expired certificate can be named,
 * and one that trusts only whom this computer trusts, for exactly this host.
 */
public final class SocketTlsProbe implements TlsProbe {

  private static final int TIMEOUT_MILLIS = 10_000;

  private final SSLContext trusted;

  /** Trusts what {@code trusted} trusts. */
  public SocketTlsProbe(SSLContext trusted) {
    this.trusted = trusted;
  }

  @Override
  public ShownCertificates at(String host, int port) throws IOException {
    RecordingTrust recordingTrust = new RecordingTrust();
    try {
      SSLContext any = SSLContext.getInstance("TLS");
      any.init(null, new TrustManager[] {recordingTrust}, null);
      handshake(any, host, port, false);
    } catch (GeneralSecurityException e) {
      throw new IOException("This platform has no TLS.", e);
    }
    return new ShownCertificates(recordingTrust.chain, distrust(host, port));
  }

  private @Nullable String distrust(String host, int port) throws IOException {
    try {
      handshake(trusted, host, port, true);
      return null;
    } catch (SSLException e) {
      return ExceptionText.of(e);
    }
  }

  private static void handshake(SSLContext context, String host, int port, boolean named)
      throws IOException {
    try (Socket plain = new Socket()) {
      plain.connect(new InetSocketAddress(host, port), TIMEOUT_MILLIS);
      plain.setSoTimeout(TIMEOUT_MILLIS);
      try (SSLSocket tls =
          (SSLSocket) context.getSocketFactory().createSocket(plain, host, port, true)) {
        if (named) {
          SSLParameters parameters = tls.getSSLParameters();
          parameters.setEndpointIdentificationAlgorithm("HTTPS");
          tls.setSSLParameters(parameters);
        }
        tls.startHandshake();
      }
    }
  }

  /** Refuses nobody: what it lets through is only looked at. */
  private static final class RecordingTrust implements X509TrustManager {

    private final List<X509Certificate> chain = new ArrayList<>();

    @Override
    public void checkServerTrusted(X509Certificate[] shown, String type) {
      chain.clear();
      chain.addAll(List.of(shown));
    }

    @Override
    public void checkClientTrusted(X509Certificate[] shown, String type)
        throws CertificateException {
      throw new CertificateException("no server here");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
