package org.hikae.it.restic;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hikae.it.client.ApiDevice;

/** Folders that are backed up, and what came back of them. */
public final class ResticTrees {

  /** A folder below each tree, with what names may have. */
  public static final String FOLDER = "with space/控え";

  private ResticTrees() {}

  /** Makes random files, an empty one and a link. */
  public static Path make(Path tree, int files, int bytesOfEach) throws Exception {
    Path folder = Files.createDirectories(tree.resolve(FOLDER));
    for (int i = 0; i < files; i++) {
      Files.write(folder.resolve("file-" + i), ApiDevice.random(bytesOfEach));
    }
    Files.writeString(folder.resolve("empty"), "");
    Files.createSymbolicLink(folder.resolve("link"), Path.of("file-0"));
    return tree;
  }

  /** Where a tree lies below the folder that restic restored into. */
  static Path restored(Path tree, Path target) {
    return target.resolve(tree.toString().substring(1));
  }

  /** Asserts that names, types, links and contents came back. */
  public static void assertRestored(Path tree, Path target) throws Exception {
    Process diff =
        new ProcessBuilder(
                "diff",
                "-r",
                "--no-dereference",
                tree.toString(),
                restored(tree, target).toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(diff.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(diff.waitFor()).as(said).isZero();
  }
}
