import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symbol.ClassSymbol;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names of types in texts that no compiler reads. */
final class Words {

  /** A name with its package, with dots, or as a path. */
  static final Pattern QUALIFIED =
      Pattern.compile(
          "(?<![\\w.])(?:[\\w-]+/(?:[\\w-]+/)*)?org([./])hikae\\1[\\w$]+(?:[.$/#][\\w$]+)*");

  /** A type's simple name, perhaps with a member. */
  static final Pattern SIMPLE = Pattern.compile("(?<![\\w$])([A-Z]\\w*)(?:([.#])([a-z]\\w*))?");

  private static final Pattern STEP = Pattern.compile("[\\w$]+");

  private final Plan plan;

  /** Old simple names to all that they could become; the same name where one stays. */
  private final Map<String, Set<String>> simple = new HashMap<>();

  /** Old simple name and member to the new member. */
  private final Map<String, String> members = new HashMap<>();

  /** Packages that have no type in the end. */
  private final Set<String> gone = new TreeSet<>();

  private final Map<String, String> flats = new TreeMap<>();

  /** Resources that move, by their names on the class path and as bundles, without the root. */
  private final Map<String, String> resources = new HashMap<>();

  Words(Plan plan, Map<String, String> moved) {
    this.plan = plan;
    moved.forEach(
        (from, to) -> {
          String old = onClassPath(from);
          String renamed = onClassPath(to);
          resources.put(old, renamed);
          resources.put(bundle(old), bundle(renamed));
        });
    Set<String> kept = new TreeSet<>();
    plan.classes.forEach(
        (flat, type) -> {
          if (!type.name.isEmpty()) {
            simple.computeIfAbsent(type.name.toString(), _ -> new TreeSet<>()).add(plan.name(type));
            flats.put(flat, plan.mapped(flat));
            kept.add(Names.packageOf(plan.mapped(flat)));
            gone.add(Names.packageOf(flat));
          }
        });
    gone.removeAll(kept);
    for (Map.Entry<Symbol, String> one : plan.names.entrySet()) {
      Symbol member = one.getKey();
      if (member instanceof MethodSymbol || member.owner instanceof ClassSymbol) {
        members.put(member.owner.name + "." + member.name, one.getValue());
      }
    }
  }

  /** Whether the name is that of a type that gets another one. */
  boolean isOld(String word) {
    Set<String> all = simple.get(word);
    return all != null && !(all.size() == 1 && all.contains(word));
  }

  /** What a simple name becomes; null when it could be several things, or stays. */
  String unique(String word) {
    Set<String> all = simple.get(word);
    return all == null || all.size() != 1 || all.contains(word) ? null : all.iterator().next();
  }

  /** The new name of a member that stands behind the old name of its type, or null. */
  String member(String type, String member) {
    return members.get(type + "." + member);
  }

  boolean isGone(String packageName) {
    return gone.contains(packageName);
  }

  Set<String> gone() {
    return gone;
  }

  /** A qualified name as it is to be, the same when nothing of it changes. */
  String qualified(String token) {
    Matcher matcher = QUALIFIED.matcher(token);
    if (!matcher.matches()) {
      return token;
    }
    char separator = matcher.group(1).charAt(0);
    int root = token.indexOf("org" + separator + "hikae" + separator);
    Matcher step = STEP.matcher(token);
    String flat = "";
    boolean inType = false;
    int end = -1;
    String found = null;
    int from = root;
    while (step.find(from)) {
      if (step.start() > from + 1) {
        break;
      }
      String name = step.group();
      String next = flat.isEmpty() ? name : flat + (inType ? "$" : ".") + name;
      String known = flats.containsKey(next) ? next : null;
      if (inType && known == null) {
        break;
      }
      flat = next;
      from = step.end();
      if (known != null) {
        found = known;
        inType = true;
        end = step.end();
      }
    }
    if (found == null) {
      return packages(token, root, separator);
    }
    return written(token, root, end, separator, found);
  }

  private String written(String token, int root, int end, char separator, String flat) {
    String mapped = flats.get(flat);
    String rest = token.substring(end);
    String prefix = token.substring(0, root);
    Matcher member = Pattern.compile("^[.#](\\w+)(.*)$", Pattern.DOTALL).matcher(rest);
    if (member.matches()) {
      String renamed = members.get(Names.simple(flat) + "." + member.group(1));
      if (renamed != null) {
        rest = rest.charAt(0) + renamed + member.group(2);
      }
    }
    if (prefix.endsWith("/java/")) {
      Unit unit = plan.units.get(Names.outermost(flat));
      if (unit != null && prefix.endsWith(unit.place.root())) {
        prefix =
            prefix.substring(0, prefix.length() - unit.place.root().length())
                + plan.placeOf(Names.outermost(flat)).root();
      }
    }
    String old = token.substring(root, end);
    String text = mapped;
    if (!old.contains("$") && separator == '.') {
      text = Names.dotted(text);
    }
    return prefix + (separator == '/' ? text.replace('.', '/') : text) + rest;
  }

  private static String onClassPath(String path) {
    return path.replaceFirst("^.*/(?:resources|filtered)/", "");
  }

  private static String bundle(String path) {
    return path.replaceFirst("(_[a-z]{2})?\\.properties$", "").replace('/', '.');
  }

  /** A package that has got another name, when nothing but the name stands there; or a resource. */
  private String packages(String token, int root, char separator) {
    String resource = resources.get(token.substring(root));
    if (resource != null) {
      return token.substring(0, root) + resource;
    }
    String name = token.substring(root).replace(separator, '.');
    String to = plan.packages.get(name);
    return to == null || !gone.contains(name)
        ? token
        : token.substring(0, root) + to.replace('.', separator);
  }
}
