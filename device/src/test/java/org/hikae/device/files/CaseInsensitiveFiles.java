package org.hikae.device.files;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;

/**
 * A file system that takes names for one that differ in the case of letters only, as those of other
 * systems do, and some that Linux can mount: what is there under a name is found under all its
 * spellings. Everything else is done by the real one.
 */
public final class CaseInsensitiveFiles {

  private CaseInsensitiveFiles() {}

  /** Takes several spellings for one name and leaves the rest to {@code real}. */
  public static RawFiles over(RawFiles real) {
    return (RawFiles)
        Proxy.newProxyInstance(
            CaseInsensitiveFiles.class.getClassLoader(),
            new Class<?>[] {RawFiles.class},
            (proxy, method, arguments) -> {
              Object[] found = arguments == null ? new Object[0] : arguments.clone();
              for (int i = 0; i + 1 < found.length; i++) {
                if (found[i] instanceof FileHandle at && found[i + 1] instanceof byte[] name) {
                  found[i + 1] = spelling(real, at, name);
                }
              }
              if (method.getName().equals("rename")) {
                found[2] = spelling(real, (FileHandle) found[0], (byte[]) found[2]);
              }
              try {
                return method.invoke(real, found);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private static byte[] spelling(RawFiles real, FileHandle at, byte[] name)
      throws FileAccessException {
    for (byte[] there : real.list(at)) {
      if (text(there).equalsIgnoreCase(text(name))) {
        return there;
      }
    }
    return name;
  }

  private static String text(byte[] name) {
    return new String(name, StandardCharsets.ISO_8859_1);
  }
}
