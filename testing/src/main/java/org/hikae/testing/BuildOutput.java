package org.hikae.testing;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where the reactor's own files are, for tests that look at what the build made. */
public final class BuildOutput {

  private BuildOutput() {}

  /** The folder of the root POM. */
  public static Path root() {
    String given = System.getProperty("hikae.root");
    Path root =
        given == null ? Path.of("").toAbsolutePath().getParent() : Path.of(given).toAbsolutePath();
    if (root == null || !Files.isRegularFile(root.resolve("ear/pom.xml"))) {
      throw new IllegalStateException("hikae.root (" + root + ") is not the root of the reactor");
    }
    return root;
  }

  /** The EAR that ships. */
  public static Path ear() {
    return built("ear/target/hikae.ear");
  }

  /** The server as provisioned, with the EAR deployed. Never started in place: tests copy it. */
  public static Path server() {
    return built("ear/target/server");
  }

  /** One of the scripts that also start the system for people. */
  public static Path script(String name) {
    return root().resolve("scripts").resolve(name);
  }

  private static Path built(String relative) {
    Path path = root().resolve(relative);
    if (!Files.exists(path)) {
      throw new IllegalStateException(relative + " is not built; run the package phase first");
    }
    return path;
  }
}
