package org.hikae.admin.search;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is looked for on an installation: a line each, {@code known}, {@code secret} or {@code
 * secret-hex}, a name, and a value. Secrets were backed up by a device and must be nowhere. What is
 * known must be found, or the search proves nothing. Values stay here: neither text nor report has
 * them.
 *
 * @param canaries in the order of the file
 */
public record CanaryFile(List<Canary> canaries) {

  /** The name of the known canary that is a device's name at the portal. */
  public static final String DEVICE = "device-name";

  private static final long MAX_BYTES = 64 * 1024;
  private static final Pattern LINE =
      Pattern.compile("(known|secret|secret-hex) ([a-z0-9-]{1,40}) (.+)");

  /** Copies the list. */
  public CanaryFile {
    canaries = List.copyOf(canaries);
  }

  /**
   * One thing that is looked for.
   *
   * @param known whether it must be found; otherwise it must not
   * @param name for people
   * @param hexadecimal whether the value is bytes in hexadecimal
   * @param value what is looked for
   */
  public record Canary(boolean known, String name, boolean hexadecimal, String value) {
    /** Adds every form of it under a name. */
    public SecretEncodings addTo(SecretEncodings encodings, String as) {
      return hexadecimal
          ? encodings.binary(as, HexFormat.of().parseHex(value))
          : encodings.text(as, value);
    }

    @Override
    public String toString() {
      return (known ? "known " : "secret ") + name;
    }
  }

  /**
   * Reads it.
   *
   * @throws IOException when it cannot be read, others can read it, or a line has another form;
   *     names the line's number, never its text
   */
  public static CanaryFile read(Path file) throws IOException {
    String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    if (!mode.endsWith("------")) {
      throw new IOException("others can read it; chmod 600");
    }
    if (Files.size(file) > MAX_BYTES) {
      throw new IOException("it has more than " + MAX_BYTES + " bytes");
    }
    List<Canary> canaries = new ArrayList<>();
    List<String> lines = Files.readAllLines(file);
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (!line.isBlank() && !line.startsWith("#")) {
        canaries.add(canary(line, i + 1));
      }
    }
    CanaryFile read = new CanaryFile(canaries);
    if (read.names(true).isEmpty() || read.names(false).isEmpty()) {
      throw new IOException("it needs a known canary and a secret");
    }
    return read;
  }

  private static Canary canary(String line, int number) throws IOException {
    Matcher parts = LINE.matcher(line);
    if (!parts.matches()) {
      throw new IOException("line " + number + " is not KIND NAME VALUE");
    }
    boolean hexadecimal = parts.group(1).equals("secret-hex");
    boolean known = parts.group(1).equals("known");
    Canary canary = new Canary(known, parts.group(2), hexadecimal, parts.group(3));
    try {
      var _ = canary.addTo(new SecretEncodings(), canary.name());
    } catch (IllegalArgumentException e) {
      // The cause may name what it could not read.
      throw new IOException("the value of line " + number + " is too short, or not hexadecimal");
    }
    return canary;
  }

  /** The names of those that must be found, or of those that must not. */
  public List<String> names(boolean known) {
    return canaries.stream()
        .filter(canary -> canary.known() == known)
        .map(Canary::name)
        .distinct()
        .toList();
  }

  /** What the device with the canaries is called at the portal; empty when the file has no name. */
  public String device() {
    return canaries.stream()
        .filter(canary -> canary.known() && canary.name().equals(DEVICE))
        .map(Canary::value)
        .findFirst()
        .orElse("");
  }

  @Override
  public String toString() {
    return canaries.toString();
  }
}
