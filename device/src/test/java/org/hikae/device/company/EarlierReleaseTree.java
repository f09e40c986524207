package org.hikae.device.company;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Random;
import org.hikae.device.files.ExtendedAttributes.ExtendedAttribute;
import org.hikae.device.files.FileAccessException;
import org.hikae.device.files.FileHandle;
import org.hikae.device.files.FileTime;
import org.hikae.device.files.FileType;
import org.hikae.device.files.RawFiles;
import org.hikae.device.files.RawPath;

/**
 * The tree that the snapshots of {@link EarlierReleaseSet} are of: each kind of entry, in few
 * bytes.
 */
public final class EarlierReleaseTree {

  private final RawFiles files;
  private final Random random = new Random(24);

  private EarlierReleaseTree(RawFiles files) {
    this.files = files;
  }

  /**
   * Makes it as it was at one of the snapshots.
   *
   * @param place is made
   * @param state from 1
   */
  public static void make(Path place, int state) throws IOException {
    Files.createDirectories(place);
    try (RawFiles files = RawFiles.open();
        FileHandle top = files.openDirectoryFollowing(RawPath.of(place.toString()))) {
      new EarlierReleaseTree(files).fill(top, state);
      settle(files, top);
      files.changeMode(top, 0750);
      files.changeTime(top, new FileTime(1_234_567_890, 123_456_789));
    }
  }

  private static byte[] name(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private void fill(FileHandle top, int state) throws FileAccessException {
    file(top, name("letter.txt"), name("letter number " + state), 0640);
    file(top, name("empty"), new byte[0], 0600);
    file(top, HexFormat.of().parseHex("e697a5ff0a"), random(3000), 0444);
    // Beyond 4 MiB every chunker cuts.
    file(top, name("large"), repeated(random(4096), 4_500_000), 0644);
    if (state == 1) {
      file(top, name("early.txt"), name("gone later"), 0644);
    } else {
      files.makeDirectory(top, name("later"));
      try (FileHandle later = files.openDirectory(top, name("later"))) {
        file(later, name("state"), name("from the second on, now " + state), 0644);
      }
    }
    files.makeDirectory(top, name("kinds"));
    try (FileHandle kinds = files.openDirectory(top, name("kinds"))) {
      kinds(kinds);
    }
  }

  private void kinds(FileHandle at) throws FileAccessException {
    files.symlink(name("../letter.txt"), at, name("link"));
    files.symlink(HexFormat.of().parseHex("fffe2f"), at, name("dangling link"));
    files.makeFifo(at, name("pipe"));
    files.changeMode(at, name("pipe"), 0606);
    file(at, name("zz first of three"), random(500), 0644);
    files.link(at, name("zz first of three"), at, name("aa earlier name"));
    files.makeDirectory(at, name("sub"));
    try (FileHandle sub = files.openDirectory(at, name("sub"))) {
      files.link(at, name("zz first of three"), sub, name("third"));
      files.makeDirectory(sub, name("empty"));
      files.changeMode(sub, name("empty"), 01777);
    }
    sparse(at, name("holes"), 30_000_000, 0, 20_000_000);
    sparse(at, name("only a hole"), 10_000_000);
    file(at, name("with attributes"), name("contents"), 0644);
    files
        .attributes()
        .write(
            at, name("with attributes"), new ExtendedAttribute(name("user.comment"), random(100)));
    files
        .attributes()
        .write(at, new byte[0], new ExtendedAttribute(name("user.of directory"), random(50)));
  }

  private byte[] random(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private static byte[] repeated(byte[] part, int length) {
    byte[] all = new byte[length];
    for (int i = 0; i < length; i++) {
      all[i] = part[i % part.length];
    }
    return all;
  }

  private void file(FileHandle at, byte[] name, byte[] contents, int mode)
      throws FileAccessException {
    try (FileHandle file = files.createFile(at, name)) {
      files.write(file, 0, contents, 0, contents.length);
      files.changeMode(file, mode);
    }
  }

  private void sparse(FileHandle at, byte[] name, long size, long... places)
      throws FileAccessException {
    try (FileHandle file = files.createFile(at, name)) {
      files.truncate(file, size);
      for (long place : places) {
        files.write(file, place, random(300), 0, 300);
      }
    }
  }

  /** Every entry has the same time, whenever it is made. */
  private static void settle(RawFiles files, FileHandle at) throws FileAccessException {
    for (byte[] name : files.list(at)) {
      if (files.status(at, name).type() == FileType.DIRECTORY) {
        try (FileHandle inner = files.openDirectory(at, name)) {
          settle(files, inner);
        }
      }
      files.changeTime(at, name, new FileTime(1_000_000_000, 5));
    }
  }
}
