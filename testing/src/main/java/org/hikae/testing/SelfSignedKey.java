package org.hikae.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A key with its own certificate, in a file that {@code keytool} made.
 *
 * @param file a PKCS12 store
 * @param password of the store
 * @param certificate also in the store
 */
public record SelfSignedKey(Path file, String password, X509Certificate certificate) {

  private static final String ALIAS = "own";

  /**
   * Makes one.
   *
   * @param name the common name
   * @param more arguments of {@code keytool}, such as {@code -validity}
   */
  public static SelfSignedKey make(Path file, String password, String name, String... more)
      throws IOException, GeneralSecurityException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    // It runs for a moment only: compiling thoroughly takes half of that.
    command.addAll(List.of("-J-XX:TieredStopAtLevel=1", "-J-XX:+UseSerialGC"));
    command.addAll(List.of("-genkeypair", "-keyalg", "EC", "-groupname", "secp256r1"));
    command.addAll(List.of("-alias", ALIAS, "-dname", "CN=" + name, "-storetype", "PKCS12"));
    command.addAll(List.of("-storepass", password, "-keystore", file.toString()));
    command.addAll(List.of(more));
    Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (keytool.waitFor() != 0) {
      throw new IllegalStateException(said);
    }
    return new SelfSignedKey(
        file, password, (X509Certificate) opened(file, password).getCertificate(ALIAS));
  }

  private static KeyStore opened(Path file, String password)
      throws IOException, GeneralSecurityException {
    return KeyStore.getInstance(file.toFile(), password.toCharArray());
  }

  /** The certificate as programs other than Java read it. */
  public String pem() throws GeneralSecurityException {
    return "-----BEGIN CERTIFICATE-----\n"
        + Base64.getMimeEncoder().encodeToString(certificate.getEncoded())
        + "\n-----END CERTIFICATE-----\n";
  }

  /** What a server shows this key with, and a client trusts no other with. */
  public SSLContext context() throws IOException, GeneralSecurityException {
    KeyStore store = opened(file, password);
    var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, password.toCharArray());
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("peer", certificate);
    var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }
}
