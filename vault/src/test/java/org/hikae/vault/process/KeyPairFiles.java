package org.hikae.vault.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.hikae.vault.wire.MutualTls;

/** A key with its own certificate, in the files that operators would make. */
record KeyPairFiles(Path keyStore, Path certificate) {

  private static final String PASSWORD = "changeit";

  static KeyPairFiles make(Path folder, String name, String... validity) throws Exception {
    Path keyStore = folder.resolve(name + ".p12");
    Path certificate = folder.resolve(name + ".pem");
    List<String> making =
        new ArrayList<>(
            List.of("-genkeypair", "-keyalg", "EC", "-groupname", "secp256r1", "-dname"));
    making.add("CN=" + name);
    making.addAll(List.of(validity));
    keytool(keyStore, making);
    keytool(keyStore, List.of("-exportcert", "-rfc", "-file", certificate.toString()));
    return new KeyPairFiles(keyStore, certificate);
  }

  private static void keytool(Path keyStore, List<String> arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(arguments);
    command.addAll(List.of("-alias", "own", "-keystore", keyStore.toString()));
    command.addAll(List.of("-storepass", PASSWORD));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
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
