package org.hikae.vault.exploration;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * The vault with one place of its source changed: compiled anew, and loaded together with the
 * explorer beside the real one.
 */
final class MutatedVault {

  private static final String OURS = "org.hikae.vault.";
  private static final String WIRE = "org.hikae.vault.wire.";

  private MutatedVault() {}

  /**
   * A change of the vault's source.
   *
   * @param file the class to change, below the vault's package: {@code core/Login}
   * @param was what stands in it exactly once
   * @param becomes what is put there instead
   */
  record SourceEdit(String file, String was, String becomes) {}

  /**
   * Explores a scope of {@link Explorations#all} over the changed vault.
   *
   * @return the broken promise and the moves that broke it; empty when none was
   */
  static String explore(String scope, Path into, SourceEdit... edits) throws Exception {
    return explored("brokenIn", scope, into, List.of(edits));
  }

  /** The same over a vault into which a fault is put back, in the fault's scope. */
  static String find(KnownAttack knownAttack, Path into) throws Exception {
    return explored("brokenBy", knownAttack.name(), into, knownAttack.edits());
  }

  private static String explored(String how, String what, Path into, List<SourceEdit> edits)
      throws Exception {
    compile(into, edits);
    Class<?> explorer = new ReloadingClassLoader(into).loadClass(StateExplorer.class.getName());
    Method method = explorer.getDeclaredMethod(how, String.class);
    method.setAccessible(true);
    try {
      return (String) method.invoke(null, what);
    } catch (InvocationTargetException e) {
      throw new AssertionError(e.getCause());
    }
  }

  private static void compile(Path into, List<SourceEdit> edits) throws IOException {
    Map<String, String> changed = new HashMap<>();
    for (SourceEdit edit : edits) {
      String source = changed.get(edit.file());
      if (source == null) {
        source = Files.readString(Path.of("src/main/java/org/hikae/vault", edit.file() + ".java"));
      }
      int at = source.indexOf(edit.was());
      if (at < 0 || at != source.lastIndexOf(edit.was())) {
        throw new AssertionError(edit.file() + " does not hold exactly once: " + edit.was());
      }
      changed.put(edit.file(), source.replace(edit.was(), edit.becomes()));
    }
    JavaCompiler javac = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler());
    String path = System.getProperty("java.class.path");
    List<String> options = List.of("-proc:none", "-d", into.toString(), "-classpath", path);
    List<JavaFileObject> units =
        changed.entrySet().stream().map(one -> unit(one.getKey(), one.getValue())).toList();
    if (!javac.getTask(null, null, null, options, null, units).call()) {
      throw new AssertionError("The changed " + changed.keySet() + " do not compile.");
    }
  }

  private static JavaFileObject unit(String file, String source) {
    return new SimpleJavaFileObject(
        URI.create("string:///" + file + ".java"), JavaFileObject.Kind.SOURCE) {
      @Override
      public CharSequence getCharContent(boolean ignoreEncodingErrors) {
        return source;
      }
    };
  }

  /** Loads the vault's classes anew, changed ones first; what is below the vault is shared. */
  private static final class ReloadingClassLoader extends ClassLoader {
    private final Path changed;

    ReloadingClassLoader(Path changed) {
      super(MutatedVault.class.getClassLoader());
      this.changed = changed;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.startsWith(OURS) || name.startsWith(WIRE)) {
        return super.loadClass(name, resolve);
      }
      synchronized (getClassLoadingLock(name)) {
        Class<?> loaded = findLoadedClass(name);
        return loaded == null ? define(name) : loaded;
      }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
      try {
        byte[] bytes = bytes(name.replace('.', '/') + ".class");
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }

    private byte[] bytes(String file) throws IOException {
      Path mine = changed.resolve(file);
      if (Files.exists(mine)) {
        return Files.readAllBytes(mine);
      }
      try (InputStream in = getParent().getResourceAsStream(file)) {
        if (in == null) {
          throw new IOException("There is no " + file);
        }
        return in.readAllBytes();
      }
    }
  }
}
