import java.net.URL;
import java.net.URLClassLoader;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Lets all compilations of a Maven process share the classes of Error Prone and NullAway, by javac's
 * option {@code -XDprocloader}. Without it each compilation loads and warms up its own.
 *
 * <p>javac looks for it beside its own classes, so its folder is given to the JVM by {@code
 * -Xbootclasspath/a}. Where it is not found, javac uses a loader of its own and all is as without.
 */
public final class CompilerPluginCache extends ClassLoader {

  private static final Map<List<String>, ClassLoader> SHARED = new ConcurrentHashMap<>();

  /** Called by javac, which closes what it is given, if it can: what is shared stays open. */
  public CompilerPluginCache(URL[] path, ClassLoader javac) {
    super(
        SHARED.computeIfAbsent(
            Arrays.stream(path).map(URL::toString).toList(),
            any -> new URLClassLoader("processors", path, javac)));
  }
}
