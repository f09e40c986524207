package org.hikae.vault.process;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.hikae.testing.SelfSignedKey;
import org.hikae.vault.wire.MutualTls;

/** A key with its own certificate, in the files that operators would make. */
record KeyPairFiles(Path keyStore, Path certificate) {

  private static final String PASSWORD = "changeit";

  static KeyPairFiles make(Path folder, String name, String... validity) throws Exception {
    Path keyStore = folder.resolve(name + ".p12");
    SelfSignedKey made = SelfSignedKey.make(keyStore, PASSWORD, name, validity);
    return new KeyPairFiles(keyStore, Files.writeString(folder.resolve(name + ".pem"), made.pem()));
  }

  /** One file with several certificates. */
  static Path together(Path file, KeyPairFiles... pairs) throws IOException {
    StringBuilder all = new StringBuilder();
    for (KeyPairFiles pair : pairs) {
      all.append(Files.readString(pair.certificate));
    }
    return Files.writeString(file, all);
  }

  SSLContext trusting(Path peers) throws IOException {
    return MutualTls.context(keyStore, PASSWORD.toCharArray(), peers);
  }

  /** Trusts, and has nothing to show. */
  static SSLContext anonymous(Path peers) throws Exception {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    try (InputStream in = Files.newInputStream(peers)) {
      trusted.setCertificateEntry(
          "peer", CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    TrustManagerFactory managers =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, managers.getTrustManagers(), null);
    return context;
  }
}
