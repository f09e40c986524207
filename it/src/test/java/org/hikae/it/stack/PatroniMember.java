package org.hikae.it.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hikae.testing.BuildOutput;

/** One PostgreSQL and its Patroni, with the configuration of the guide. */
final class PatroniMember {

  /** The password that {@link StackDatabase#asSuperuser()} shows, too. */
  private static final String SUPERUSER_PASSWORD = "postgres";

  private final String name;
  private final Path folder;
  private final int port;
  private final int restPort;
  private final Path configuration;
  private ManagedProcess process;

  private PatroniMember(String name, Path folder, int port, int restPort, Path configuration)
      throws IOException {
    this.name = name;
    this.folder = folder;
    this.port = port;
    this.restPort = restPort;
    this.configuration = configuration;
    this.process = launch();
  }

  static PatroniMember start(String name, Path folder, List<Integer> ports, int etcdPort)
      throws IOException {
    Files.createDirectories(folder);
    int port = ports.get(0);
    int restPort = ports.get(1);
    Path configuration = folder.resolve("patroni.yml");
    Files.writeString(
        configuration,
        Files.readString(BuildOutput.root().resolve("docs/admin/patroni.yml"))
            .replace("EXAMPLE_ADDRESS:8008", "127.0.0.1:" + restPort)
            .replace("EXAMPLE_ADDRESS:5432", "127.0.0.1:" + port)
            .replace("EXAMPLE_ADDRESS", "127.0.0.1")
            .replace("EXAMPLE_DATABASES", "127.0.0.1/32")
            .replace("EXAMPLE_PORTALS", "127.0.0.1/32")
            .replace("EXAMPLE_ETCD", "127.0.0.1:" + etcdPort)
            .replace("EXAMPLE_DATA", data(folder).toString())
            .replace("EXAMPLE_PROGRAMS", PostgresPrograms.folder().toString())
            .replace("EXAMPLE_PGPASS", folder.resolve("pgpass").toString())
            // The path of a socket is short.
            .replace("EXAMPLE_SOCKETS", Files.createTempDirectory("hikae-pg").toString())
            .replace("EXAMPLE_REST_PASSWORD", "rest-of-the-test")
            .replace("EXAMPLE_SUPERUSER_PASSWORD", SUPERUSER_PASSWORD)
            .replace("EXAMPLE_REPLICATION_PASSWORD", "replication-of-the-test")
            .replace("EXAMPLE_REWIND_PASSWORD", "rewind-of-the-test")
            .replace("EXAMPLE_NAME", name));
    return new PatroniMember(name, folder, port, restPort, configuration);
  }

  private ManagedProcess launch() throws IOException {
    List<String> command = new ArrayList<>();
    // PostgreSQL refuses to run as root; without a name in a user name space of its own, it is
    // nobody.
    if (System.getProperty("user.name").equals("root")) {
      command.addAll(List.of("unshare", "--user"));
    }
    command.addAll(List.of("/usr/bin/patroni", configuration.toString()));
    return ManagedProcess.start(
        "Patroni", folder.resolve("patroni.log"), Map.of("PYTHONUNBUFFERED", "1"), command);
  }

  private static Path data(Path folder) {
    return folder.resolve("data");
  }

  String name() {
    return name;
  }

  int port() {
    return port;
  }

  int restPort() {
    return restPort;
  }

  void await(Duration limit, ManagedProcess.Readiness readiness) throws InterruptedException {
    process.await(limit, readiness);
  }

  /** Ends both at once, as a host ends that loses its power. */
  void kill() throws IOException, InterruptedException {
    process.kill();
    if (Files.exists(data(folder).resolve("postmaster.pid"))) {
      PostgresProcess.of(data(folder)).kill(null);
    }
  }

  /** Starts what was killed, on the same data. */
  void startAgain() throws IOException {
    process = launch();
  }
}
