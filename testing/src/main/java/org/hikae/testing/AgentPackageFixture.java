package org.hikae.testing;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;

/** Makes small packages of the agent, whole ones and damaged ones, in the forms that they have. */
public final class AgentPackageFixture {

  /** A key that anybody may know (RFC 8032, section 7.1, test 1), as a setting of the portal. */
  public static final String KNOWN_KEY =
      "MCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=";

  /** Its other half, as PKCS #8 (RFC 8410). */
  private static final String KNOWN_PRIVATE_KEY =
      "302e020100300506032b657004220420"
          + "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60";

  private static final int BLOCK = 512;

  private AgentPackageFixture() {}

  /** A file {@code control} as the agent's packages have it. */
  public static String control(String program, String version, String architecture) {
    return "Package: "
        + program
        + "\nVersion: "
        + version
        + "\nArchitecture: "
        + architecture
        + "\nDescription: end-to-end encrypted backups\n more of it\n .\n and the rest\n";
  }

  /** A whole Debian package. */
  public static byte[] debian(String version, String architecture) {
    return debian(gzip(controlArchive(control("hikae", version, architecture))));
  }

  /** One with this control part, which need not be one. */
  public static byte[] debian(byte[] controlPart) {
    return ar(
        member("debian-binary", "2.0\n".getBytes(US_ASCII)),
        member("control.tar.gz", controlPart),
        member("data.tar.xz", "the contents are not looked at".getBytes(US_ASCII)));
  }

  /** A whole archive for any Linux. */
  public static byte[] archive(String version) {
    return gzip(tar(entry("hikae-" + version + "/", '5', new byte[0])));
  }

  /** Members in their common file. */
  public static byte[] ar(byte[]... members) {
    return joined("!<arch>\n".getBytes(US_ASCII), joined(members));
  }

  /** A member of such a file. */
  public static byte[] member(String name, byte[] content) {
    return member(name, Integer.toString(content.length), content);
  }

  /** A member that says of itself that it is so long. */
  public static byte[] member(String name, String size, byte[] content) {
    String head =
        String.format(Locale.ROOT, "%-16s%-12d%-6d%-6d%-8s%-10s`\n", name, 0, 0, 0, "100644", size);
    byte[] end = (content.length % 2 == 0 ? "" : "\n").getBytes(US_ASCII);
    return joined(head.getBytes(US_ASCII), content, end);
  }

  /** The control part before it is compressed: the folder, then the file. */
  public static byte[] controlArchive(String control) {
    return tar(
        entry("./", '5', new byte[0]),
        entry("./md5sums", '0', new byte[1000]),
        entry("./control", '0', control.getBytes(UTF_8)));
  }

  /** Entries with the two empty blocks at their end. */
  public static byte[] tar(byte[]... entries) {
    return joined(joined(entries), new byte[2 * BLOCK]);
  }

  /** An entry of a tar archive. */
  public static byte[] entry(String name, char type, byte[] content) {
    byte[] padding = new byte[(BLOCK - content.length % BLOCK) % BLOCK];
    return joined(header(name, type, content.length), content, padding);
  }

  /** The head of an entry that says of itself that it is so long. */
  public static byte[] header(String name, char type, long size) {
    byte[] header = new byte[BLOCK];
    put(header, 0, name);
    put(header, 100, "0000644");
    put(header, 124, String.format(Locale.ROOT, "%011o", size));
    put(header, 136, "00000000000");
    put(header, 148, "        ");
    header[156] = (byte) type;
    put(header, 257, "ustar  ");
    int sum = 0;
    for (byte each : header) {
      sum += each & 0xFF;
    }
    put(header, 148, String.format(Locale.ROOT, "%06o", sum) + "\0 ");
    return header;
  }

  private static void put(byte[] header, int at, String text) {
    byte[] bytes = text.getBytes(US_ASCII);
    System.arraycopy(bytes, 0, header, at, bytes.length);
  }

  /** The bytes, compressed. */
  public static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OutputStream zip = new GZIPOutputStream(out)) {
      zip.write(bytes);
    } catch (IOException e) {
      throw new IllegalStateException("memory has no end", e);
    }
    return out.toByteArray();
  }

  /** All of them, one after the other. */
  public static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Arrays.stream(parts).forEach(out::writeBytes);
    return out.toByteArray();
  }

  /**
   * Writes the list of hashes of all other files of a folder, as {@code ./package} does. Only their
   * owner may then write into them, whatever the umask.
   */
  public static void writeSums(Path folder) throws IOException {
    TreeMap<String, String> sums = new TreeMap<>();
    try (var files = Files.list(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = String.valueOf(file.getFileName());
        if (!name.startsWith("SHA256SUMS")) {
          closeToOthers(file);
          sums.put(name, sha256(Files.readAllBytes(file)));
        }
      }
    }
    StringBuilder text = new StringBuilder();
    sums.forEach((name, sum) -> text.append(sum).append("  ").append(name).append('\n'));
    closeToOthers(Files.writeString(folder.resolve("SHA256SUMS"), text));
  }

  /** Signs the list of hashes with {@link #KNOWN_KEY}. */
  public static void sign(Path folder) throws IOException {
    byte[] encoded = HexFormat.of().parseHex(KNOWN_PRIVATE_KEY);
    try {
      KeyFactory keys = KeyFactory.getInstance("Ed25519");
      sign(folder, keys.generatePrivate(new PKCS8EncodedKeySpec(encoded)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Signs the list of hashes as {@code ./package --sign} does. */
  public static void sign(Path folder, PrivateKey key)
      throws IOException, GeneralSecurityException {
    Signature signer = Signature.getInstance("Ed25519");
    signer.initSign(key);
    signer.update(Files.readAllBytes(folder.resolve("SHA256SUMS")));
    closeToOthers(Files.write(folder.resolve("SHA256SUMS.sig"), signer.sign()));
  }

  private static void closeToOthers(Path file) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
  }

  /** SHA-256 in hexadecimal digits. */
  public static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
