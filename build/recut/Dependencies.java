import com.sun.tools.javac.code.Symbol.ClassSymbol;
import com.sun.tools.javac.tree.JCTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which module sees which, as the POMs say; and who would not see a type that moved. */
final class Dependencies {

  private static final Pattern OWN =
      Pattern.compile(
          "<artifactId>hikae-([\\w-]+)</artifactId>\\s*(?:<version>[^<]*</version>\\s*)?"
              + "(?:<type>(\\w+)</type>\\s*)?(?:<scope>(\\w+)</scope>)?");

  private final Path root;
  private final Map<String, Set<String>> main = new HashMap<>();
  private final Map<String, Set<String>> test = new HashMap<>();

  Dependencies(Path root) {
    this.root = root;
  }

  void check(List<Unit> units, Plan plan, Report report) throws IOException {
    if (plan.places.isEmpty()) {
      return;
    }
    for (Unit unit : units) {
      if (unit.isPackageInfo() || unit.place.module().isEmpty()) {
        continue;
      }
      Place here = placeOf(unit, plan);
      for (Unit.Ref ref : unit.refs) {
        if (!ref.documented() && ref.symbol() instanceof ClassSymbol type) {
          String flat = Names.outermost(type.flatname.toString());
          if (plan.units.containsKey(flat)) {
            Place there = plan.placeOf(flat);
            if (!sees(here, there)) {
              report.add(
                  Report.Kind.BROKEN,
                  unit.path
                      + " would be in "
                      + here.module()
                      + ":"
                      + here.set()
                      + " and not see "
                      + flat
                      + " in "
                      + there.module()
                      + ":"
                      + there.set());
            }
          }
        }
      }
    }
  }

  private static Place placeOf(Unit unit, Plan plan) {
    for (JCTree part : unit.tree.defs) {
      if (part instanceof JCTree.JCClassDecl type) {
        return plan.placeOf(type.sym.flatname.toString());
      }
    }
    return unit.place;
  }

  private boolean sees(Place here, Place there) throws IOException {
    if (here.module().equals(there.module())) {
      return here.set().equals(there.set()) || here.set().equals("test");
    }
    if (!there.set().equals("main")) {
      return false;
    }
    return (here.set().equals("main") ? reached(here.module(), main) : reached(here.module(), test))
        .contains(there.module());
  }

  private Set<String> reached(String module, Map<String, Set<String>> cache) throws IOException {
    Set<String> known = cache.get(module);
    if (known == null) {
      known = new TreeSet<>();
      Deque<String> todo = new ArrayDeque<>(direct(module, cache == test));
      while (!todo.isEmpty()) {
        String one = todo.poll();
        if (known.add(one)) {
          todo.addAll(direct(one, false));
        }
      }
      cache.put(module, known);
    }
    return known;
  }

  private Set<String> direct(String module, boolean withTests) throws IOException {
    Set<String> all = new TreeSet<>();
    Path pom = root.resolve(module).resolve("pom.xml");
    if (!Files.exists(pom)) {
      return all;
    }
    Matcher one = OWN.matcher(dependencies(Files.readString(pom)));
    while (one.find()) {
      boolean ofTests = "test".equals(one.group(3));
      if ((withTests || !ofTests) && !"pom".equals(one.group(2))) {
        all.add(one.group(1).replaceFirst("^web-", "web/"));
      }
    }
    return all;
  }

  private static String dependencies(String pom) {
    int start = pom.indexOf("<dependencies>");
    int end = pom.indexOf("</dependencies>");
    return start < 0 || end < start ? "" : pom.substring(start, end);
  }
}
