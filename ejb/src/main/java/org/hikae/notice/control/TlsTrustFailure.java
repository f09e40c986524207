package org.hikae.notice.control;

import java.security.cert.CertificateException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/** Tells a certificate that is not trusted from a server that does not answer. */
public final class TlsTrustFailure {

  /** More than any chain of causes that TLS makes. */
  private static final int MAX_CAUSES = 10;

  private TlsTrustFailure() {}

  /** Whether a connection failed because of the other side's certificate. */
  public static boolean isBehind(Throwable failure) {
    @Nullable Throwable cause = failure;
    for (int i = 0; i < MAX_CAUSES && cause != null; i++) {
      // A handshake that fails without one of these was broken off, such as by a server that stops.
      if (cause instanceof CertificateException || cause instanceof SSLPeerUnverifiedException) {
        return true;
      }
      cause = cause.getCause();
    }
    return false;
  }
}
