package org.hikae.enrollment.distribution.control;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.Collection;

/** Reads the certificates of the authorities that devices trust, and writes them anew. */
public final class AuthorityFileReader {

  private static final int MAX_BYTES = 256 << 10;
  private static final int MAX_CERTIFICATES = 32;
  private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, new byte[] {'\n'});

  private AuthorityFileReader() {}

  /**
   * The certificates of a file as PEM, and nothing else that may lie in it, such as a key.
   *
   * @throws IOException when it cannot be read, or holds none, or something else, too
   */
  public static byte[] read(Path path) throws IOException {
    // Opening a pipe would wait until somebody writes into it.
    if (!Files.isRegularFile(path)) {
      throw new IOException("The authority is named by no file.");
    }
    byte[] bytes;
    try (InputStream in = Files.newInputStream(path)) {
      bytes = in.readNBytes(MAX_BYTES + 1);
    }
    if (bytes.length > MAX_BYTES || new String(bytes, US_ASCII).contains("PRIVATE KEY")) {
      throw new IOException("The file of the authority is too large, or holds a key.");
    }
    StringBuilder pem = new StringBuilder();
    try {
      Collection<? extends Certificate> found =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(bytes));
      if (found.isEmpty() || found.size() > MAX_CERTIFICATES) {
        throw new IOException("The file of the authority holds no certificate, or too many.");
      }
      for (Certificate one : found) {
        pem.append("-----BEGIN CERTIFICATE-----\n")
            .append(LINES.encodeToString(one.getEncoded()))
            .append("\n-----END CERTIFICATE-----\n");
      }
    } catch (CertificateException e) {
      throw new IOException("The file of the authority holds something else.", e);
    }
    return pem.toString().getBytes(US_ASCII);
  }
}
