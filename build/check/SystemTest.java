import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** One class of system tests on a system that stays up, with what is compiled now. */
final class SystemTest {

  private final Reactor reactor;
  private final Tree tree;
  private final ClassIndex index;
  private final Path state;

  SystemTest(Reactor reactor, Tree tree, ClassIndex index, Path state) {
    this.reactor = reactor;
    this.tree = tree;
    this.index = index;
    this.state = state;
  }

  /**
   * Runs it.
   *
   * @param what a simple name, with # and a test behind it or not
   * @return whether it passed
   */
  boolean run(String what, String scope) throws IOException, InterruptedException {
    String suite = find(what.replaceFirst("#.*", ""));
    Archives archives = new Archives(reactor, state);
    String portal = archives.ear();
    String vault = archives.programs("vault");
    archives.programs("device");
    archives.programs("admin");
    Kept kept = new Kept(reactor, state);
    if (kept.fits(fingerprint())) {
      kept.take("vault", vault);
      kept.take("portal", portal);
    } else {
      Say.step("Starting a system that stays up until ./check --stop; that takes a minute");
      kept.start(fingerprint());
      kept.has("vault", vault);
      kept.has("portal", portal);
    }
    Say.step("Running " + what);
    String result =
        kept.ask(
            "run\t" + scope + "\t" + suite + what.substring(what.replaceFirst("#.*", "").length()));
    switch (result) {
      case "ok" -> {
        return true;
      }
      case "none" ->
          throw new Failure(
              Failure.UNTRIED,
              "No test was run: those that ./verify leaves to ./verify --full need"
                  + " HIKAE_CHECK_SCOPE=full");
      case "wrong" -> {
        Say.line("What the test and the servers said: " + kept.log() + ", " + Kept.FOLDER);
        return false;
      }
      default -> {
        kept.stop();
        Say.line(
            "The system is broken, and ended; the next run starts a new one. See " + kept.log());
        return false;
      }
    }
  }

  private String find(String simpleName) {
    List<String> found =
        index.classes(reactor.module("it"), Module.Part.TEST).stream()
            .filter(one -> one.suite() && one.name().endsWith("/" + simpleName))
            .map(one -> one.name().replace('/', '.'))
            .toList();
    if (found.size() != 1) {
      throw new Failure(
          Failure.UNTRIED, "Module it has " + found.size() + " classes " + simpleName);
    }
    if (found.getFirst().contains(".it.container.")) {
      throw new Failure(
          Failure.UNTRIED,
          "Tests inside the server start one of their own: mvn -o verify -pl it -am -Dtest=none"
              + " -Dsurefire.failIfNoSpecifiedTests=false -Dfailsafe.failIfNoSpecifiedTests=false"
              + " -Dit.test="
              + simpleName);
    }
    return found.getFirst();
  }

  /**
   * All that a running system cannot take in: its servers, realm, scripts, migrations and keeper.
   */
  private String fingerprint() {
    String files =
        tree.digests().entrySet().stream()
            .filter(
                file ->
                    file.getKey()
                        .matches(
                            "(ear/src|keycloak-realm|scripts|persistence/src/main/resources/db|web/portal/src/main/webapp/WEB-INF/away)/.*|.*pom\\.xml"))
            .map(Map.Entry::toString)
            .collect(Collectors.joining("\n"));
    String classes =
        index.everything().stream()
            .filter(one -> one.name().matches("org/hikae/(it/stack/.*|it/Reactor|testing/.*)"))
            .map(one -> one.name() + one.body())
            .sorted()
            .collect(Collectors.joining("\n"));
    return Digest.of(files + classes);
  }
}
