import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a Java source lies.
 *
 * @param module folder of the module, empty for sources outside of the build's modules
 * @param set main or test
 * @param root the folder that the package's folders are in, with a slash at the end
 */
record Place(String module, String set, String root) {

  private static final Pattern SOURCE = Pattern.compile("^(.+)/src/(main|test)/java/");

  static Place of(String path) {
    Matcher source = SOURCE.matcher(path);
    if (source.find()) {
      return new Place(source.group(1), source.group(2), source.group());
    }
    return new Place("", "main", path.substring(0, path.lastIndexOf('/') + 1));
  }

  /** Such as {@code vault} or {@code vault:test}. */
  static Place named(String name) {
    String[] parts = name.split(":");
    String set = parts.length > 1 ? parts[1] : "main";
    return new Place(parts[0], set, parts[0] + "/src/" + set + "/java/");
  }

  String file(String packageName, String simpleName) {
    String folder = packageName.isEmpty() ? "" : packageName.replace('.', '/') + "/";
    return root + folder + simpleName + ".java";
  }
}
