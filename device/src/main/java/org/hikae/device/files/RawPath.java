package org.hikae.device.files;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.hikae.device.TextControl;

/**
 * An absolute path as the bytes the kernel knows: names separated by single slashes, without {@code
 * .}, {@code ..} and trailing slash. Names are never decoded on their way through the program; text
 * exists only for people. The root is {@code /}.
 */
public final class RawPath implements Comparable<RawPath> {

  /** The root directory. */
  public static final RawPath ROOT = new RawPath(List.of());

  private final List<byte[]> names;

  private RawPath(List<byte[]> names) {
    this.names = names;
  }

  /**
   * Reads an absolute path; repeated and trailing slashes and {@code .} are dropped.
   *
   * @throws IllegalArgumentException when it is relative or has {@code ..} or NUL in it
   */
  public static RawPath of(byte[] path) {
    if (path.length == 0 || path[0] != '/') {
      throw new IllegalArgumentException("A path must be absolute here.");
    }
    List<byte[]> names = new ArrayList<>();
    int start = 0;
    for (int i = 0; i <= path.length; i++) {
      if (i == path.length || path[i] == '/') {
        byte[] name = Arrays.copyOfRange(path, start, i);
        if (name.length > 0 && !(name.length == 1 && name[0] == '.')) {
          names.add(requireName(name));
        }
        start = i + 1;
      }
    }
    return new RawPath(List.copyOf(names));
  }

  /** Reads an absolute path given as text, in UTF-8. */
  public static RawPath of(String path) {
    return of(path.getBytes(StandardCharsets.UTF_8));
  }

  /** Whether the bytes can be the name of a directory entry. */
  public static boolean isName(byte[] name) {
    if (name.length == 0 || name.length > 255) {
      return false;
    }
    for (byte b : name) {
      if (b == 0 || b == '/') {
        return false;
      }
    }
    return !(name[0] == '.' && (name.length == 1 || (name.length == 2 && name[1] == '.')));
  }

  private static byte[] requireName(byte[] name) {
    if (!isName(name)) {
      throw new IllegalArgumentException(
          "A name must have 1 to 255 bytes, no slash or NUL, and not be '.' or '..'.");
    }
    return name;
  }

  /** The path of an entry of this directory. */
  public RawPath child(byte[] name) {
    List<byte[]> longer = new ArrayList<>(names.size() + 1);
    longer.addAll(names);
    longer.add(requireName(name.clone()));
    return new RawPath(List.copyOf(longer));
  }

  /** The directory above; the root's is the root. */
  public RawPath parent() {
    return names.isEmpty() ? this : new RawPath(names.subList(0, names.size() - 1));
  }

  /** How many names the path has; 0 for the root. */
  public int depth() {
    return names.size();
  }

  /** A copy of the name at a position from 0. */
  public byte[] name(int index) {
    return names.get(index).clone();
  }

  /** Whether this path is {@code other} or above it. */
  public boolean contains(RawPath other) {
    if (other.depth() < depth()) {
      return false;
    }
    for (int i = 0; i < depth(); i++) {
      if (Arrays.compare(names.get(i), other.names.get(i)) != 0) {
        return false;
      }
    }
    return true;
  }

  /** The path as bytes. */
  public byte[] toBytes() {
    if (names.isEmpty()) {
      return new byte[] {'/'};
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] name : names) {
      out.write('/');
      out.writeBytes(name);
    }
    return out.toByteArray();
  }

  /** Names compared one by one as unsigned bytes: the order of the manifest. */
  @Override
  public int compareTo(RawPath other) {
    int common = Math.min(depth(), other.depth());
    for (int i = 0; i < common; i++) {
      int order = Arrays.compareUnsigned(names.get(i), other.names.get(i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(depth(), other.depth());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RawPath that && compareTo(that) == 0;
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(toBytes());
  }

  /**
   * For people: UTF-8, with bytes that are not, and characters that control a terminal or turn text
   * around, as {@code \xNN}.
   */
  @Override
  public String toString() {
    return display(toBytes());
  }

  /** The same for any name. */
  public static String display(byte[] raw) {
    StringBuilder shown = new StringBuilder(raw.length + 16);
    try {
      CharBuffer chars =
          StandardCharsets.UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(raw));
      chars.codePoints().forEach(c -> appendCharacter(shown, c));
    } catch (CharacterCodingException e) {
      for (byte b : raw) {
        appendByte(shown, b);
      }
    }
    return shown.toString();
  }

  private static void appendCharacter(StringBuilder shown, int character) {
    if (!TextControl.isControl(character)) {
      shown.appendCodePoint(character);
      return;
    }
    for (byte b : Character.toString(character).getBytes(StandardCharsets.UTF_8)) {
      appendByte(shown, b);
    }
  }

  private static void appendByte(StringBuilder shown, byte b) {
    if (b >= 0x20 && b < 0x7f) {
      shown.append((char) b);
    } else {
      shown.append("\\x").append(HexFormat.of().toHexDigits(b).toLowerCase(Locale.ROOT));
    }
  }
}
