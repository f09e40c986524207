package org.hikae.it.stack;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.hikae.testing.BuildOutput;

/** The local TLS authority of one run, made by {@code scripts/make-authority}. */
public final class TestAuthority {

  private final Path folder;

  private TestAuthority(Path folder) {
    this.folder = folder;
  }

  /** Makes one in a folder. */
  public static TestAuthority make(Path folder) throws IOException, InterruptedException {
    try (ManagedProcess making =
        ManagedProcess.start(
            "make-authority",
            folder.resolveSibling("make-authority.log"),
            Map.of("PATH", jdkFirst()),
            List.of("bash", BuildOutput.script("make-authority").toString(), folder.toString()))) {
      making.await(Duration.ofMinutes(2), () -> Files.isRegularFile(folder.resolve("server.p12")));
    }
    return new TestAuthority(folder);
  }

  /** Its own certificate, as PEM. */
  public Path caFile() {
    return folder.resolve("ca.pem");
  }

  /** The server's certificate, as the portal's settings name it. */
  public Map<String, String> serverEnvironment() throws IOException {
    return Map.of(
        "HIKAE_TLS_KEYSTORE", folder.resolve("server.p12").toString(),
        "HIKAE_TLS_KEYSTORE_PASSWORD", Files.readString(folder.resolve("password")));
  }

  /** The server's certificate, those above it and its key, as PEM. */
  String serverPem() throws IOException {
    try {
      char[] password = Files.readString(folder.resolve("password")).toCharArray();
      KeyStore own = KeyStore.getInstance("PKCS12");
      try (InputStream in = Files.newInputStream(folder.resolve("server.p12"))) {
        own.load(in, password);
      }
      String alias = own.aliases().nextElement();
      StringBuilder pem = new StringBuilder();
      for (Certificate one : own.getCertificateChain(alias)) {
        pem.append(pem("CERTIFICATE", one.getEncoded()));
      }
      return pem.append(pem("PRIVATE KEY", own.getKey(alias, password).getEncoded())).toString();
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  private static String pem(String what, byte[] der) {
    String text = Base64.getMimeEncoder().encodeToString(der);
    return "-----BEGIN " + what + "-----\n" + text + "\n-----END " + what + "-----\n";
  }

  /** For a server that shows the certificate of {@code localhost} which this authority signed. */
  public SSLContext serverContext() throws IOException, GeneralSecurityException {
    char[] password = Files.readString(folder.resolve("password")).toCharArray();
    KeyStore own = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(folder.resolve("server.p12"))) {
      own.load(in, password);
    }
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(own, password);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }

  /** Options of a Java that trusts this authority only. */
  public String trustingJava() throws IOException, GeneralSecurityException {
    Path file = folder.resolve("trusted.p12");
    String password = "changeit";
    try (OutputStream out = Files.newOutputStream(file)) {
      trusted().store(out, password.toCharArray());
    }
    return "-Djavax.net.ssl.trustStore=" + file + " -Djavax.net.ssl.trustStorePassword=" + password;
  }

  private KeyStore trusted() throws IOException, GeneralSecurityException {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    try (InputStream in = Files.newInputStream(caFile())) {
      trusted.setCertificateEntry(
          "ca", CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    return trusted;
  }

  /** A client that trusts this authority only and follows no redirect. */
  HttpClient httpClient() throws IOException, GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(trusted());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, factory.getTrustManagers(), null);
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .connectTimeout(Duration.ofSeconds(10))
        .sslContext(context)
        .build();
  }

  static String jdkFirst() {
    return Path.of(System.getProperty("java.home"), "bin") + ":" + System.getenv("PATH");
  }
}
