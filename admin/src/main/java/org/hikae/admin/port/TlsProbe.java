package org.hikae.admin.port;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks at the certificates that a server shows; sends it nothing. */
public interface TlsProbe {

  /**
   * What a server showed.
   *
   * @param chain its certificate first; may be trusted or not
   * @param distrust why this computer refuses it, null when it does not
   */
  record ShownCertificates(List<X509Certificate> chain, @Nullable String distrust) {

    /** Copies the list. */
    public ShownCertificates {
      chain = List.copyOf(chain);
    }
  }

  /**
   * Looks.
   *
   * @throws IOException when nobody speaks TLS there
   */
  ShownCertificates at(String host, int port) throws IOException;
}
