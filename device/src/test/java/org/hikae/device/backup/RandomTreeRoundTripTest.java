package org.hikae.device.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.files.FileAccessException;
import org.hikae.device.files.FileHandle;
import org.hikae.device.files.FileTime;
import org.hikae.device.files.FileType;
import org.hikae.device.files.RawFiles;
import org.hikae.device.files.RawPath;
import org.hikae.device.files.TemporaryTree;
import org.hikae.device.files.TreeComparator;
import org.hikae.testing.EveryThirdRun;
import org.junit.jupiter.api.Test;

/** Random trees, changed at random between snapshots: each snapshot restores what was there. */
@EveryThirdRun
class RandomTreeRoundTripTest {

  private static final int ROUNDS = Integer.getInteger("hikae.test.rounds", 6);
  private static final long SEED = Long.getLong("hikae.test.seed", new Random().nextLong());

  @Test
  void whatever_a_tree_is_changed_to_comes_back() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      long seed = SEED + round;
      try (TemporaryTree tree = new TemporaryTree();
          BackupFixture backupFixture = new BackupFixture()) {
        Change change = new Change(tree.files(), new Random(seed));
        tree.makeDirectory("source").close();
        for (int snapshot = 0; snapshot < 4; snapshot++) {
          try (FileHandle source = tree.files().openDirectoryFollowing(tree.path("source"))) {
            change.directory(source, 4);
          }
          BackupResult made = backupFixture.backUp(tree.path("source"));
          assertThat(made.result()).as("seed %s", seed).isEqualTo(RunResult.SUCCESS);
          String target = "target " + snapshot;
          backupFixture.restore(made.snapshot(), tree.path("source"), tree.path(target));
          assertThat(backupFixture.warnings()).as("seed %s", seed).isEmpty();
          assertThat(TreeComparator.compare(tree.path("source"), tree.path(target)).differences())
              .as("seed %s, snapshot %s", seed, snapshot)
              .isEmpty();
        }
      }
    }
  }

  /** Changes a directory: adds, removes, rewrites, replaces by something else. */
  private record Change(RawFiles files, Random random) {

    void directory(FileHandle at, int depth) throws FileAccessException {
      for (byte[] name : files.list(at)) {
        switch (random.nextInt(8)) {
          case 0 -> remove(at, name);
          case 1 -> {
            remove(at, name);
            make(at, name, depth);
          }
          case 2 -> rewrite(at, name);
          default -> {
            if (files.status(at, name).type() == FileType.DIRECTORY) {
              try (FileHandle inner = files.openDirectory(at, name)) {
                directory(inner, depth - 1);
              }
            }
          }
        }
      }
      for (int i = random.nextInt(6); i > 0; i--) {
        byte[] name = name();
        if (files.list(at).stream().noneMatch(n -> java.util.Arrays.equals(n, name))) {
          make(at, name, depth);
        }
      }
    }

    private byte[] name() {
      while (true) {
        byte[] name = new byte[1 + random.nextInt(random.nextInt(10) == 0 ? 255 : 3)];
        random.nextBytes(name);
        if (RawPath.isName(name)) {
          return name;
        }
      }
    }

    private void make(FileHandle at, byte[] name, int depth) throws FileAccessException {
      switch (random.nextInt(depth > 0 ? 10 : 7)) {
        case 0 -> files.symlink(name(), at, name);
        case 1 -> files.makeFifo(at, name);
        case 2 -> link(at, name);
        case 3, 4, 5, 6 -> {
          files.createFile(at, name).close();
          rewrite(at, name);
        }
        default -> {
          files.makeDirectory(at, name);
          try (FileHandle inner = files.openDirectory(at, name)) {
            directory(inner, depth - 1);
            files.changeMode(inner, random.nextInt(010000));
            files.changeTime(inner, time());
          }
        }
      }
    }

    private FileTime time() {
      return new FileTime(random.nextInt() * 2L, random.nextInt(1_000_000_000));
    }

    private void link(FileHandle at, byte[] name) throws FileAccessException {
      List<byte[]> others = new ArrayList<>(files.list(at));
      for (byte[] other : others) {
        if (files.status(at, other).type() != FileType.DIRECTORY) {
          files.link(at, other, at, name);
          return;
        }
      }
      files.makeFifo(at, name);
    }

    private void rewrite(FileHandle at, byte[] name) throws FileAccessException {
      if (files.status(at, name).type() != FileType.REGULAR) {
        return;
      }
      int[] scales = {0, 10, 1000, 100_000, 1_000_000, 3_000_000};
      int length = random.nextInt(scales[random.nextInt(scales.length)] + 1);
      byte[] contents = new byte[length];
      if (random.nextBoolean()) {
        random.nextBytes(contents);
      }
      remove(at, name);
      try (FileHandle file = files.createFile(at, name)) {
        long offset = random.nextInt(4) == 0 ? random.nextInt(10_000_000) : 0;
        files.write(file, offset, contents, 0, length);
        if (random.nextInt(4) == 0) {
          files.truncate(file, random.nextInt(12_000_000));
        }
        files.changeMode(file, random.nextInt(010000));
        files.changeTime(file, time());
      }
    }

    private void remove(FileHandle at, byte[] name) throws FileAccessException {
      if (files.status(at, name).type() != FileType.DIRECTORY) {
        files.remove(at, name);
        return;
      }
      try (FileHandle inner = files.openDirectory(at, name)) {
        for (byte[] each : files.list(inner)) {
          remove(inner, each);
        }
      }
      files.removeDirectory(at, name);
    }
  }
}
