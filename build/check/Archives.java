import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** Puts what is compiled now into the archives that Maven has made; Maven itself takes a minute. */
final class Archives {

  private static final String VERSION = "-1.0.0-SNAPSHOT.jar";

  private final Reactor reactor;

  /** By archive, of what it was made the last time. */
  private final Table packed;

  Archives(Reactor reactor, Path state) throws IOException {
    this.reactor = reactor;
    this.packed = new Table(state.resolve("packed.tsv"));
  }

  /** A folder whose files an archive has below a prefix. */
  private record Content(String prefix, Path folder) {}

  /** Renews the portal, and gives the digest of what it is made of. */
  String ear() throws IOException, InterruptedException {
    apiWords();
    Map<String, List<Content>> inside = new TreeMap<>();
    inside.put("hikae-ejb.jar", classes("ejb", ""));
    inside.put("lib/hikae-protocol.jar", classes("protocol", ""));
    inside.put("lib/hikae-persistence.jar", classes("persistence", ""));
    inside.put("hikae-web-api.war", pages("web/api"));
    inside.put("hikae-web-portal.war", pages("web/portal"));
    return renew(
        reactor.root().resolve("ear/target/hikae.ear"),
        inside.values().stream().flatMap(List::stream).toList(),
        ear ->
            rewritten(
                ear,
                Map.of(),
                (name, bytes) -> inside.containsKey(name) ? filled(bytes, inside.get(name)) : bytes,
                _ -> true));
  }

  /** The same with the programs of a module, such as the agent. */
  String programs(String module) throws IOException {
    StringBuilder made = new StringBuilder();
    try (Stream<Path> all = Files.walk(reactor.module(module).folder().resolve("target"), 3)) {
      for (Path jar :
          all.filter(one -> one.toString().matches(".*/lib/hikae-[a-z]+" + VERSION)).toList()) {
        String name = jar.getFileName().toString();
        String of = name.substring("hikae-".length(), name.length() - VERSION.length());
        made.append(renew(jar, classes(of, ""), bytes -> filled(bytes, classes(of, ""))));
      }
    }
    return Digest.of(made.toString());
  }

  private List<Content> classes(String module, String prefix) {
    return List.of(new Content(prefix, reactor.module(module).output(Module.Part.MAIN)));
  }

  private List<Content> pages(String module) {
    return List.of(
        new Content("WEB-INF/classes/", reactor.module(module).output(Module.Part.MAIN)),
        new Content("", reactor.module(module).folder().resolve("src/main/webapp")));
  }

  /** As the POM of web/api does it. */
  private void apiWords() throws IOException, InterruptedException {
    Path api = reactor.module("web/api").output(Module.Part.MAIN);
    List<Path> sources =
        Stream.of("protocol", "ejb", "web/api")
            .map(name -> reactor.root().resolve(name).resolve("src/main/java"))
            .toList();
    Path words = api.resolve("META-INF/api-words.properties");
    String made = sources.stream().map(Archives::listing).collect(Collectors.joining());
    if (packed.get(words.toString(), 0).equals(Digest.of(made))) {
      return;
    }
    Path program = reactor.root().resolve("build/ApiWords.java");
    List<String> command =
        Stream.concat(Stream.of(Path.of(Gates.java()), program, words), sources.stream())
            .map(Path::toString)
            .toList();
    Path log = reactor.root().resolve(".hikae/check/api-words.log");
    if (Command.start(reactor.root(), log, Map.of(), command).end() != 0) {
      throw new Failure(Failure.WRONG, "The words of the API could not be read; see " + log);
    }
    packed.put(words.toString(), Digest.of(made));
    packed.save();
  }

  private String renew(Path archive, List<Content> contents, UnaryOperator<byte[]> renewed)
      throws IOException {
    String made =
        Digest.of(
            contents.stream().map(one -> listing(one.folder())).collect(Collectors.joining()));
    String name = reactor.root().relativize(archive).toString();
    if (packed.get(name, 0).equals(made)) {
      return made;
    }
    Path fresh = archive.resolveSibling(archive.getFileName() + ".new");
    Files.write(fresh, renewed.apply(Files.readAllBytes(archive)));
    // Who has the old one open keeps it.
    Files.move(fresh, archive, StandardCopyOption.REPLACE_EXISTING);
    packed.put(name, made);
    packed.save();
    return made;
  }

  /** Names, sizes and times of all files. */
  private static String listing(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      StringBuilder text = new StringBuilder();
      for (Path one : all.filter(Files::isRegularFile).sorted().toList()) {
        text.append(one).append(' ').append(Files.size(one)).append(' ');
        text.append(Files.getLastModifiedTime(one).toMillis()).append('\n');
      }
      return text.toString();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** A jar or war with its content replaced; what Maven itself put there stays. */
  private static byte[] filled(byte[] archive, List<Content> contents) {
    Map<String, Path> files = new HashMap<>();
    for (Content one : contents) {
      try (Stream<Path> all = Files.walk(one.folder())) {
        all.filter(Files::isRegularFile)
            .forEach(f -> files.put(one.prefix() + one.folder().relativize(f), f));
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }
    return rewritten(
        archive,
        files,
        (_, bytes) -> bytes,
        name ->
            files.containsKey(name)
                || name.startsWith("META-INF/")
                || name.startsWith("WEB-INF/lib/")
                || name.endsWith("/"));
  }

  /** Changes the bytes of one entry. */
  @FunctionalInterface
  private interface Change {
    byte[] of(String name, byte[] bytes);
  }

  private static byte[] rewritten(
      byte[] archive,
      Map<String, Path> files,
      Change change,
      java.util.function.Predicate<String> stays) {
    Map<String, Path> left = new TreeMap<>(files);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(archive.length);
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(archive));
        ZipOutputStream out = new ZipOutputStream(bytes)) {
      long time = 0;
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        time = entry.getTime();
        if (stays.test(entry.getName())) {
          byte[] old = in.readAllBytes();
          Path file = left.remove(entry.getName());
          write(
              out,
              entry.getName(),
              time,
              file == null ? change.of(entry.getName(), old) : Files.readAllBytes(file));
        }
      }
      for (Map.Entry<String, Path> file : left.entrySet()) {
        write(out, file.getKey(), time, Files.readAllBytes(file.getValue()));
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void write(ZipOutputStream out, String name, long time, byte[] bytes)
      throws IOException {
    ZipEntry entry = new ZipEntry(name);
    // The one time of all builds.
    entry.setTime(time);
    out.putNextEntry(entry);
    out.write(bytes);
    out.closeEntry();
  }
}
