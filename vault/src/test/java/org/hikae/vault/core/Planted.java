package org.hikae.vault.core;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * The vault with one place of its source changed: compiled anew, and loaded together with the
 * explorer beside the real one.
 */
final class Planted {

  private static final String OURS = "org.hikae.vault.";
  private static final String WIRE = "org.hikae.vault.wire.";

  private Planted() {}

  /**
   * Explores a scope of {@link Scopes#all} over the changed vault.
   *
   * @param className the class to change, without package
   * @param was what stands in it exactly once
   * @param becomes what is put there instead
   * @return the broken promise and the moves that broke it; empty when none was
   */
  static String explore(String scope, Path into, String className, String was, String becomes)
      throws Exception {
    compile(into, className, was, becomes);
    Class<?> explorer = new Beside(into).loadClass(Explorer.class.getName());
    Method brokenIn = explorer.getDeclaredMethod("brokenIn", String.class);
    brokenIn.setAccessible(true);
    try {
      return (String) brokenIn.invoke(null, scope);
    } catch (InvocationTargetException e) {
      throw new AssertionError(e.getCause());
    }
  }

  private static void compile(Path into, String className, String was, String becomes)
      throws IOException {
    Path file = Path.of("src/main/java/org/hikae/vault/core", className + ".java");
    String source = Files.readString(file);
    if (source.indexOf(was) < 0 || source.indexOf(was) != source.lastIndexOf(was)) {
      throw new AssertionError(className + " does not hold exactly once: " + was);
    }
    String changed = source.replace(was, becomes);
    JavaFileObject unit =
        new SimpleJavaFileObject(
            URI.create("string:///" + className + ".java"), JavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return changed;
          }
        };
    JavaCompiler javac = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler());
    String path = System.getProperty("java.class.path");
    List<String> options = List.of("-proc:none", "-d", into.toString(), "-classpath", path);
    if (!javac.getTask(null, null, null, options, null, List.of(unit)).call()) {
      throw new AssertionError("The changed " + className + " does not compile.");
    }
  }

  /** Loads the vault's classes anew, changed ones first; what is below the vault is shared. */
  private static final class Beside extends ClassLoader {
    private final Path changed;

    Beside(Path changed) {
      super(Planted.class.getClassLoader());
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
