package org.hikae.device.files;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;

/** Makes a tree of everything that a backup must keep, below an existing directory. */
public final class EdgeCaseTree {

  private final RawFiles files;
  private final Random random;

  /** The same seed makes the same tree. */
  public EdgeCaseTree(RawFiles files, long seed) {
    this.files = files;
    this.random = new Random(seed);
  }

  /** Some bytes. */
  public byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  /** A name in UTF-8. */
  public static byte[] name(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Makes a file with contents. */
  public void file(FileHandle at, byte[] name, byte[] contents) throws FileAccessException {
    try (FileHandle file = files.createFile(at, name)) {
      files.write(file, 0, contents, 0, contents.length);
      files.changeMode(file, 0640);
      files.changeTime(file, new FileTime(1_000_000_000L + random.nextInt(1 << 29), nanos()));
    }
  }

  private int nanos() {
    return random.nextInt(1_000_000_000);
  }

  /** Fills the directory. */
  public void fill(FileHandle top) throws FileAccessException {
    names(top);
    kinds(top);
    contents(top);
    directories(top);
    attributes(top);
    files.changeTime(top, new FileTime(1_234_567_890, 123_456_789));
  }

  private void names(FileHandle top) throws FileAccessException {
    byte[] longest = new byte[255];
    java.util.Arrays.fill(longest, (byte) 'x');
    longest[254] = (byte) 0xff;
    byte[][] names = {
      name("plain"),
      name("with blank"),
      name("with\nnewline"),
      name("\n"),
      name(" "),
      name("-rf"),
      name("..."),
      name(".hidden"),
      name("日本語のファイル名"),
      name("か\u3099"),
      name("が"),
      name("\\x00 * ? [a] $(date) `id`"),
      HexFormat.of().parseHex("ff"),
      HexFormat.of().parseHex("c328"),
      HexFormat.of().parseHex("eda080"),
      HexFormat.of().parseHex("8140"),
      HexFormat.of().parseHex("017f"),
      longest
    };
    files.makeDirectory(top, name("names"));
    try (FileHandle at = files.openDirectory(top, name("names"))) {
      for (byte[] name : names) {
        file(at, name, name);
      }
      files.makeDirectory(at, HexFormat.of().parseHex("fefe0a"));
      try (FileHandle inner = files.openDirectory(at, HexFormat.of().parseHex("fefe0a"))) {
        file(inner, HexFormat.of().parseHex("fe"), name("inside"));
      }
    }
  }

  private void kinds(FileHandle top) throws FileAccessException {
    files.makeDirectory(top, name("kinds"));
    try (FileHandle at = files.openDirectory(top, name("kinds"))) {
      files.symlink(name("/etc/passwd"), at, name("absolute link"));
      files.symlink(name("nowhere\n\u00ff"), at, name("dangling link"));
      files.symlink(HexFormat.of().parseHex("fffe2f"), at, name("raw link"));
      files.symlink(name(".."), at, name("link to directory"));
      files.symlink(name("y".repeat(4000)), at, name("long link"));
      files.changeTime(at, name("dangling link"), new FileTime(1_111_111_111, 7));
      files.changeOwner(at, name("dangling link"), 1234, 5678);
      files.makeFifo(at, name("pipe"));
      files.changeMode(at, name("pipe"), 0606);
      files.changeTime(at, name("pipe"), new FileTime(1_222_222_222, 999_999_999));
      file(at, name("zz first of three"), bytes(5000));
      files.link(at, name("zz first of three"), at, name("aa earlier name"));
      files.makeDirectory(at, name("sub"));
      try (FileHandle sub = files.openDirectory(at, name("sub"))) {
        files.link(at, name("zz first of three"), sub, name("third"));
      }
      files.symlink(name("x"), at, name("linked link"));
      files.link(at, name("linked link"), at, name("linked link too"));
    }
  }

  private void contents(FileHandle top) throws FileAccessException {
    files.makeDirectory(top, name("contents"));
    try (FileHandle at = files.openDirectory(top, name("contents"))) {
      file(at, name("empty"), new byte[0]);
      file(at, name("one"), bytes(1));
      file(at, name("zeros"), new byte[300_000]);
      file(at, name("whole"), bytes(512 * 1024));
      file(at, name("cut"), bytes(512 * 1024 + 1));
      file(at, name("large"), bytes(5_000_000));
      file(at, name("text"), "to be compressed. ".repeat(100_000).getBytes(StandardCharsets.UTF_8));
      sparse(at, name("hole at the end"), 1_000_000, new long[] {0});
      sparse(at, name("hole at the start"), 1_000_000, new long[] {900_000});
      sparse(at, name("only a hole"), 50_000_000, new long[] {});
      sparse(at, name("holes"), 90_000_000, new long[] {0, 70_000, 20_000_000, 80_000_001});
    }
  }

  private void sparse(FileHandle at, byte[] name, long size, long[] places)
      throws FileAccessException {
    try (FileHandle file = files.createFile(at, name)) {
      files.truncate(file, size);
      for (long place : places) {
        files.write(file, place, bytes(10_000), 0, 10_000);
      }
    }
  }

  private void directories(FileHandle top) throws FileAccessException {
    files.makeDirectory(top, name("directories"));
    try (FileHandle at = files.openDirectory(top, name("directories"))) {
      files.makeDirectory(at, name("empty"));
      int[] modes = {0, 01777, 02755, 0555, 0700, 07777};
      for (int mode : modes) {
        byte[] name = name("mode " + Integer.toOctalString(mode));
        files.makeDirectory(at, name);
        try (FileHandle inner = files.openDirectory(at, name)) {
          file(inner, name("inside"), name);
          files.changeOwner(inner, 1000 + mode, 2000);
          files.changeMode(inner, mode);
          files.changeTime(inner, new FileTime(-1_000_000, mode));
        }
        byte[] plain = name("file with mode " + Integer.toOctalString(mode));
        file(at, plain, name);
        files.changeOwner(at, plain, 1, 2);
        files.changeMode(at, plain, mode);
        files.changeTime(at, plain, new FileTime(4_000_000_000L, mode));
      }
      deep(at, 200);
    }
  }

  private void deep(FileHandle at, int depth) throws FileAccessException {
    files.makeDirectory(at, name("deep"));
    try (FileHandle inner = files.openDirectory(at, name("deep"))) {
      if (depth > 0) {
        deep(inner, depth - 1);
      } else {
        file(inner, name("bottom"), name("found"));
      }
    }
  }

  private void attributes(FileHandle top) throws FileAccessException {
    ExtendedAttributes attributes = files.attributes();
    files.makeDirectory(top, name("attributes"));
    try (FileHandle at = files.openDirectory(top, name("attributes"))) {
      file(at, name("file"), name("contents"));
      attributes.write(
          at,
          name("file"),
          new ExtendedAttributes.ExtendedAttribute(name("user.comment"), bytes(100)));
      attributes.write(
          at,
          name("file"),
          new ExtendedAttributes.ExtendedAttribute(name("user.empty"), new byte[0]));
      attributes.write(
          at,
          new byte[0],
          new ExtendedAttributes.ExtendedAttribute(name("user.of directory"), bytes(1000)));
    }
  }
}
