package org.hikae.it.tidy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.hikae.testing.BuildOutput;
import org.jspecify.annotations.Nullable;

/**
 * The sources of the repository and the types that they declare, tests' and nested ones too; found
 * without a compiler.
 */
public final class SourceIndex {

  private static final Set<String> SKIPPED_FOLDERS =
      Set.of("target", ".git", ".hikae", "node_modules", "resources");

  private static final Pattern TOKEN =
      Pattern.compile("\\b(?:class|record|enum|interface)\\s+([A-Z]\\w*)|[(){}]");

  /** Around texts and characters; three before one. */
  private static final List<String> MARKS = List.of("\"\"\"", "\"", "'");

  /** Only a field has one of the three words before it and no parenthesis behind it. */
  private static final Pattern FIELD =
      Pattern.compile(
          "(@Inject\\s+(?:@\\w+\\s+)*)?\\b(?:private|protected|public)\\s+"
              + "(?:(?:static|final|volatile|transient)\\s+)*(?:@\\w+\\s+)*"
              + "(\\w[\\w.]*(?:<[^;=(){}]*>)?)(?:\\s*(?:@\\w+\\s*)?\\[])*\\s+([a-z]\\w*)\\s*[=;]");

  private static final Pattern PACKAGE = Pattern.compile("(?m)^package ([\\w.]+);");

  /**
   * A type.
   *
   * @param source the file, as seen from the root
   * @param packageName empty for programs of the build
   * @param name simple names from the outermost type to this one, with dots
   * @param code its whole source without comments and texts
   */
  public record DeclaredType(String source, String packageName, String name, String code) {

    /** The name without those of the types around it. */
    public String simpleName() {
      return name.substring(name.lastIndexOf('.') + 1);
    }

    /** Whether another type is around it. */
    public boolean isNested() {
      return name.indexOf('.') >= 0;
    }

    /** Whether its source declares a method, a record's component or a constant of this name. */
    public boolean declares(String member) {
      String declaration =
          member.equals(member.toUpperCase(Locale.ROOT))
              ? "\\b" + member + "\\b"
              : "\\b(?!(?:return|new|throw|else|case)\\b)\\w+(?:<[^;{}()]*>)?(?:\\[])*\\s+"
                  + member
                  + "\\s*[(,)]";
      return Pattern.compile(declaration).matcher(code).find();
    }
  }

  /**
   * A field.
   *
   * @param source the file, as seen from the root
   * @param type what it is declared as, with its type arguments
   * @param injected whether the container gives it
   */
  public record DeclaredField(String source, String type, String name, boolean injected) {}

  /** Read once, when somebody asks. */
  private static final class OfRepository {
    private static final SourceIndex INDEX = new SourceIndex(sources(BuildOutput.root()));
  }

  private final Map<String, String> texts;
  private final List<DeclaredType> types;
  private final Map<String, DeclaredType> byName = new HashMap<>();

  private SourceIndex(Map<String, String> texts) {
    this.texts = texts;
    this.types =
        texts.entrySet().stream()
            .flatMap(source -> typesIn(source.getKey(), source.getValue()).stream())
            .toList();
    // A top-level name stands once; it goes before a nested one.
    types.stream().filter(DeclaredType::isNested).forEach(one -> byName.put(one.name(), one));
    types.stream().filter(one -> !one.isNested()).forEach(one -> byName.put(one.name(), one));
  }

  /** Of all sources of this repository. */
  public static SourceIndex ofRepository() {
    return OfRepository.INDEX;
  }

  /** All sources by their paths, as seen from the root. */
  public Map<String, String> texts() {
    return texts;
  }

  /** All types. */
  public List<DeclaredType> types() {
    return types;
  }

  /** The type of this name, such as {@code Outer} or {@code Outer.Inner}; null when none is. */
  public @Nullable DeclaredType find(String name) {
    return byName.get(name);
  }

  /** All packages. */
  public Set<String> packages() {
    return types.stream().map(DeclaredType::packageName).collect(Collectors.toSet());
  }

  /** The types that one source declares. */
  static List<DeclaredType> typesIn(String source, String text) {
    String code = withoutCommentsAndTexts(text);
    Matcher named = PACKAGE.matcher(code);
    String packageName = named.find() ? named.group(1) : "";
    List<DeclaredType> types = new ArrayList<>();
    Deque<String> around = new ArrayDeque<>(List.of(""));
    String next = "";
    int parentheses = 0;
    Matcher token = TOKEN.matcher(code);
    while (token.find()) {
      String found = token.group();
      if (found.equals("(")) {
        parentheses++;
      } else if (found.equals(")")) {
        parentheses--;
      } else if (found.equals("{") && parentheses == 0) {
        around.push(next.isEmpty() ? around.element() : next);
        next = "";
      } else if (found.equals("}") && parentheses == 0) {
        around.pop();
      } else if (token.group(1) != null) {
        String outer = around.element();
        next = outer.isEmpty() ? token.group(1) : outer + "." + token.group(1);
        types.add(new DeclaredType(source, packageName, next, code));
      }
    }
    return types;
  }

  /** All fields; constants are none. */
  List<DeclaredField> fields() {
    return texts.entrySet().stream()
        .flatMap(source -> fieldsIn(source.getKey(), source.getValue()).stream())
        .toList();
  }

  /** The fields that one source declares. */
  static List<DeclaredField> fieldsIn(String source, String text) {
    return FIELD
        .matcher(withoutCommentsAndTexts(text))
        .results()
        .map(
            found ->
                new DeclaredField(source, found.group(2), found.group(3), found.group(1) != null))
        .toList();
  }

  private static String withoutCommentsAndTexts(String source) {
    StringBuilder code = new StringBuilder(source.length());
    int at = 0;
    while (at < source.length()) {
      int end = endOfWhatIsNoCode(source, at);
      if (end == at) {
        code.append(source.charAt(at++));
      } else {
        code.append(' ');
        at = end;
      }
    }
    return code.toString();
  }

  private static int endOfWhatIsNoCode(String source, int at) {
    if (source.startsWith("//", at)) {
      int line = source.indexOf('\n', at);
      return line < 0 ? source.length() : line;
    }
    if (source.startsWith("/*", at)) {
      return source.indexOf("*/", at + 2) + 2;
    }
    for (String mark : MARKS) {
      if (source.startsWith(mark, at)) {
        return endOfText(source, at + mark.length(), mark);
      }
    }
    return at;
  }

  private static int endOfText(String source, int from, String mark) {
    int at = from;
    while (!source.startsWith(mark, at)) {
      at += source.charAt(at) == '\\' ? 2 : 1;
    }
    return at + mark.length();
  }

  private static Map<String, String> sources(Path root) {
    Map<String, String> sources = new TreeMap<>();
    try {
      Files.walkFileTree(
          root,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
              return SKIPPED_FOLDERS.contains(String.valueOf(folder.getFileName()))
                  ? FileVisitResult.SKIP_SUBTREE
                  : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              if (file.toString().endsWith(".java")) {
                sources.put(root.relativize(file).toString(), Files.readString(file));
              }
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return sources;
  }
}
