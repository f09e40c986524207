package org.hikae.it.stack;

import java.nio.file.Path;

/**
 * Where objects lie beside the database of a stack, each in a file of this machine: those of a
 * folder, or those that the S3 server keeps.
 *
 * @param folder what holds {@code objects}
 * @param table with a row for each
 * @param fannedOut whether a repository has folders of its own
 */
public record StackObjects(Path folder, String table, boolean fannedOut) {

  /** All that lies there of a repository. */
  public Path repository(long repositoryId) {
    return folder.resolve("objects/" + repositoryId);
  }

  /** The bytes of an object in one of its two slots. */
  public Path file(long repositoryId, String name, int slot) {
    Path repository = repository(repositoryId);
    return (fannedOut ? repository.resolve(name.substring(0, 2)) : repository)
        .resolve(name + (slot == 0 ? "" : ".1"));
  }
}
