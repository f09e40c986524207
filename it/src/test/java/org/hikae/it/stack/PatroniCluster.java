package org.hikae.it.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hikae.testing.BuildOutput;

/**
 * Three PostgreSQL under Patroni with etcd, and HAProxy before them: the operating system's
 * packages with the configuration of the guide. Members are numbered from 0.
 */
public final class PatroniCluster implements AutoCloseable {

  /** How many members it has. */
  public static final int MEMBERS = 3;

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final Duration ANSWER = Duration.ofSeconds(5);
  private static final Pattern ADDRESS =
      Pattern.compile("^ *HIKAE_DB_URL=(jdbc:postgresql:\\S+)$", Pattern.MULTILINE);
  private static final String SUPERUSER = "postgres";

  private final HttpClient http = HttpClient.newHttpClient();
  private final Path folder;
  private final int etcdPort;
  private final int peerPort;
  private final int balancedPort;
  private final List<PatroniMember> members = new ArrayList<>();
  private final List<ManagedProcess> others = new ArrayList<>();

  private PatroniCluster(Path folder, List<Integer> ports) {
    this.folder = folder;
    this.etcdPort = ports.get(0);
    this.peerPort = ports.get(1);
    this.balancedPort = ports.get(2);
  }

  /** Starts all of it on new data and waits until a commit is at two servers. */
  public static PatroniCluster start(Path folder) throws IOException, InterruptedException {
    PatroniCluster cluster = new PatroniCluster(Files.createDirectories(folder), Ports.free(3));
    Cleanup.close(cluster);
    cluster.startEtcd();
    for (int number = 1; number <= MEMBERS; number++) {
      String name = "db" + number;
      cluster.members.add(
          PatroniMember.start(name, folder.resolve(name), Ports.free(2), cluster.etcdPort));
      // Else each would make a database of its own, and all but one would be refused.
      cluster.members.getFirst().await(LIMIT, () -> cluster.primary() == 0);
    }
    cluster.startBalancer();
    cluster.awaitWhole();
    return cluster;
  }

  private void startEtcd() throws IOException, InterruptedException {
    String own = "http://127.0.0.1:" + etcdPort;
    String peer = "http://127.0.0.1:" + peerPort;
    ManagedProcess process =
        ManagedProcess.start(
            "etcd",
            folder.resolve("etcd.log"),
            Map.of(),
            List.of(
                "/usr/bin/etcd",
                "--name=one",
                "--data-dir=" + folder.resolve("etcd"),
                "--listen-client-urls=" + own,
                "--advertise-client-urls=" + own,
                "--listen-peer-urls=" + peer,
                "--initial-advertise-peer-urls=" + peer,
                "--initial-cluster=one=" + peer,
                // It is not killed here, and the disk has other work.
                "--unsafe-no-fsync"));
    others.add(process);
    process.await(LIMIT, () -> ask(etcdPort, "/health").statusCode() == 200);
  }

  private void startBalancer() throws IOException {
    String text =
        Files.readString(BuildOutput.root().resolve("docs/admin/haproxy-postgresql.cfg"))
            .replace("EXAMPLE_LISTEN", "127.0.0.1:" + balancedPort);
    for (int number = 0; number < MEMBERS; number++) {
      PatroniMember member = members.get(number);
      text =
          text.replace("EXAMPLE_DB_" + (number + 1), "127.0.0.1:" + member.port())
              .replace("EXAMPLE_REST_" + (number + 1), String.valueOf(member.restPort()));
    }
    Path configuration = folder.resolve("haproxy.cfg");
    Files.writeString(configuration, text);
    others.add(
        ManagedProcess.start(
            "HAProxy",
            folder.resolve("haproxy.log"),
            Map.of(),
            List.of("/usr/sbin/haproxy", "-db", "-f", configuration.toString())));
  }

  private HttpResponse<String> ask(int port, String path) throws IOException, InterruptedException {
    URI address = URI.create("http://127.0.0.1:" + port + path);
    return http.send(
        HttpRequest.newBuilder(address).timeout(ANSWER).build(), BodyHandlers.ofString());
  }

  /** Which member is the primary; -1 while none is. */
  public int primary() throws InterruptedException {
    for (int number = 0; number < members.size(); number++) {
      if (says(members.get(number).restPort(), "/primary")) {
        return number;
      }
    }
    return -1;
  }

  private boolean says(int port, String path) throws InterruptedException {
    try {
      return ask(port, path).statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  /** Waits until all members follow one, and one of them is asked before a commit is answered. */
  public void awaitWhole() throws InterruptedException {
    members.getFirst().await(LIMIT, this::isWhole);
  }

  private boolean isWhole() throws IOException, InterruptedException {
    int primary = primary();
    if (primary < 0) {
      return false;
    }
    int streaming = 0;
    boolean synchronous = false;
    JsonNode state = JSON.readTree(ask(members.get(primary).restPort(), "/cluster").body());
    for (JsonNode member : state.path("members")) {
      streaming += member.path("state").asText().equals("streaming") ? 1 : 0;
      synchronous |= member.path("role").asText().equals("sync_standby");
    }
    return synchronous && streaming == MEMBERS - 1;
  }

  /** Ends a member without warning, its Patroni included. */
  public void kill(int number) throws IOException, InterruptedException {
    members.get(number).kill();
  }

  /** Starts a member again that was killed. */
  public void startAgain(int number) throws IOException {
    members.get(number).startAgain();
  }

  /** A new database for a portal, reached by the address that the guide tells. */
  public StackDatabase database() throws IOException, SQLException {
    String guide = Files.readString(BuildOutput.root().resolve("docs/admin/database-failover.md"));
    Matcher told = ADDRESS.matcher(guide);
    if (!told.find()) {
      throw new IOException("The guide tells no address");
    }
    String url = told.group(1);
    for (PatroniMember member : members) {
      url = url.replace(member.name() + ":5432", "127.0.0.1:" + member.port());
    }
    try (Connection administrator =
        DriverManager.getConnection(url.replace("/hikae?", "/postgres?"), SUPERUSER, SUPERUSER)) {
      return StackDatabase.at(folder, url, administrator);
    }
  }

  /** A connection to one member. */
  public Connection connect(int number) throws SQLException {
    return connectBy(members.get(number).port());
  }

  /** A connection by way of HAProxy. */
  public Connection connectBalanced() throws SQLException {
    return connectBy(balancedPort);
  }

  private static Connection connectBy(int port) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + port + "/postgres", SUPERUSER, SUPERUSER);
  }

  @Override
  public void close() throws IOException {
    try {
      for (PatroniMember member : members) {
        member.kill();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    others.forEach(ManagedProcess::close);
  }
}
