package org.hikae.enrollment.distribution.control;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.hikae.enrollment.distribution.view.AgentPackageFault;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a Debian package says about itself (deb(5), deb-control(5)). Of the file it reads the
 * heads of its members, which have to fill it exactly, and the control part, of which only a
 * bounded number of bytes is unpacked. The contents are not looked at.
 */
final class DebianPackageReader {

  /** Most bytes of the control part as it lies in the file. */
  static final int MAX_PACKED = 1 << 20;

  /** Most bytes of it that are unpacked. */
  static final int MAX_UNPACKED = 4 << 20;

  /** Most bytes of the file {@code control}. */
  static final int MAX_CONTROL = 64 << 10;

  /** Version, control, contents, and a few that begin with an underscore. */
  private static final int MAX_MEMBERS = 8;

  private static final String MAGIC = "!<arch>\n";
  private static final int HEAD = 60;
  private static final int NAME_BYTES = 16;
  private static final int SIZE_AT = 48;
  private static final int END_AT = 58;
  private static final String CONTROL = "control.tar";

  private final SeekableByteChannel file;

  private DebianPackageReader(SeekableByteChannel file) {
    this.file = file;
  }

  /**
   * A member of the file (ar(5)).
   *
   * @param name without the slash at its end that some programs write
   * @param at where its bytes begin
   * @param size how many it has
   */
  private record ArMember(String name, long at, long size) {

    /** Where the next one begins, or the file ends. */
    long end() {
      return at + size + size % 2;
    }
  }

  /**
   * What the package says it is.
   *
   * @throws InvalidPackageException when it is no Debian package, or not a whole one
   */
  static PackageIdentity read(SeekableByteChannel file)
      throws IOException, InvalidPackageException {
    return new DebianPackageReader(file).identity();
  }

  private PackageIdentity identity() throws IOException, InvalidPackageException {
    require(MAGIC.equals(text(bytes(0, MAGIC.length()))));
    ArMember version = member(MAGIC.length());
    require(version.name().equals("debian-binary") && version.size() <= HEAD);
    require(text(bytes(version.at(), (int) version.size())).startsWith("2."));
    ArMember control = null;
    boolean contents = false;
    int members = 1;
    long at = version.end();
    while (at < file.size()) {
      ArMember next = member(at);
      members++;
      require(members <= MAX_MEMBERS);
      if (control == null && next.name().startsWith(CONTROL)) {
        control = next;
      } else if (control != null && !contents && next.name().startsWith("data.tar")) {
        contents = true;
      } else {
        require(next.name().startsWith("_"));
      }
      at = next.end();
    }
    if (control == null || !contents) {
      throw invalid();
    }
    return identity(controlFile(control));
  }

  private ArMember member(long at) throws IOException, InvalidPackageException {
    String head = text(bytes(at, HEAD));
    String size = head.substring(SIZE_AT, END_AT).strip();
    require(head.substring(END_AT).equals("`\n") && size.matches("[0-9]{1,10}"));
    String name = head.substring(0, NAME_BYTES).strip();
    ArMember found =
        new ArMember(
            name.endsWith("/") ? name.substring(0, name.length() - 1) : name,
            at + HEAD,
            Long.parseLong(size));
    require(found.end() <= file.size());
    return found;
  }

  private byte[] controlFile(ArMember control) throws IOException, InvalidPackageException {
    require(control.size() <= MAX_PACKED);
    byte[] packed = bytes(control.at(), (int) control.size());
    try (InputStream unpacked = unpacked(control.name(), packed)) {
      TarReader tar = new TarReader(unpacked, MAX_UNPACKED);
      for (Optional<TarReader.TarEntry> next = tar.next(); next.isPresent(); next = tar.next()) {
        TarReader.TarEntry entry = next.get();
        if (entry.file() && (entry.name().equals("./control") || entry.name().equals("control"))) {
          return tar.content(entry, MAX_CONTROL);
        }
        tar.skip(entry);
      }
    } catch (ZipException | EOFException e) {
      throw invalid();
    }
    throw invalid();
  }

  private static InputStream unpacked(String name, byte[] packed)
      throws IOException, InvalidPackageException {
    InputStream bytes = new ByteArrayInputStream(packed);
    return switch (name) {
      case CONTROL -> bytes;
      case CONTROL + ".gz" -> new GZIPInputStream(bytes);
      default -> throw new InvalidPackageException(AgentPackageFault.COMPRESSION);
    };
  }

  /** The one paragraph of the file; of its fields only those of one line are needed. */
  private static PackageIdentity identity(byte[] control) throws InvalidPackageException {
    Map<String, String> fields = new HashMap<>();
    for (String line : new String(control, UTF_8).split("\n", -1)) {
      int colon = line.indexOf(':');
      if (colon > 0 && line.charAt(0) > ' ') {
        require(fields.put(line.substring(0, colon), line.substring(colon + 1).strip()) == null);
      }
    }
    return new PackageIdentity(
        given(fields.get("Package")),
        given(fields.get("Version")),
        given(fields.get("Architecture")));
  }

  private static String given(@Nullable String value) throws InvalidPackageException {
    if (value == null) {
      throw invalid();
    }
    return value;
  }

  private byte[] bytes(long at, int count) throws IOException, InvalidPackageException {
    ByteBuffer buffer = ByteBuffer.allocate(count);
    file.position(at);
    while (buffer.hasRemaining()) {
      require(file.read(buffer) >= 0);
    }
    return buffer.array();
  }

  private static String text(byte[] bytes) {
    return new String(bytes, ISO_8859_1);
  }

  private static void require(boolean holds) throws InvalidPackageException {
    if (!holds) {
      throw invalid();
    }
  }

  private static InvalidPackageException invalid() {
    return new InvalidPackageException(AgentPackageFault.FORMAT);
  }
}
