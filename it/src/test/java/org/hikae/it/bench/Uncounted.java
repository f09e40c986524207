package org.hikae.it.bench;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * The application that ships, but that counts nothing against a quota when something is stored: the
 * methods that do return at once, and all else is the same bytes. Only for measuring what they
 * cost.
 */
final class Uncounted {

  private static final String QUOTA = "org/hikae/backup/control/Quota.class";
  private static final Set<String> LEFT_OUT = Set.of("requireRoom", "charge");
  private static final String LOOK_UP = "limits";

  private int changed;

  private Uncounted() {}

  /** Writes it. */
  static void write(Path ear, Path target) throws IOException {
    Uncounted uncounted = new Uncounted();
    try (InputStream in = Files.newInputStream(ear);
        OutputStream out = Files.newOutputStream(target)) {
      uncounted.copy(in, out);
    }
    if (uncounted.changed != LEFT_OUT.size() + 1) {
      throw new IllegalStateException("the quota is counted elsewhere now");
    }
  }

  private void copy(InputStream from, OutputStream to) throws IOException {
    ZipInputStream in = new ZipInputStream(from);
    ZipOutputStream out = new ZipOutputStream(to);
    for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
      out.putNextEntry(new ZipEntry(entry.getName()));
      out.write(changed(entry.getName(), in.readAllBytes()));
      out.closeEntry();
    }
    out.finish();
  }

  private byte[] changed(String name, byte[] bytes) throws IOException {
    if (name.contains("hikae-ejb") && name.endsWith(".jar")) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      copy(new ByteArrayInputStream(bytes), out);
      return out.toByteArray();
    }
    return name.equals(QUOTA) ? withoutCounting(bytes) : bytes;
  }

  private byte[] withoutCounting(byte[] bytes) {
    ClassFile format = ClassFile.of();
    return format.transformClass(
        format.parse(bytes),
        ClassTransform.transformingMethodBodies(
                method -> LEFT_OUT.contains(method.methodName().stringValue()),
                CodeTransform.ofStateful(() -> new ReturnsAtOnce(CodeBuilder::return_)))
            .andThen(
                ClassTransform.transformingMethodBodies(
                    method -> method.methodName().equalsString(LOOK_UP),
                    CodeTransform.ofStateful(
                        () -> new ReturnsAtOnce(code -> code.aconst_null().areturn())))));
  }

  /** Takes all instructions out. */
  private final class ReturnsAtOnce implements CodeTransform {

    private final Consumer<CodeBuilder> end;

    private ReturnsAtOnce(Consumer<CodeBuilder> end) {
      this.end = end;
    }

    @Override
    public void accept(CodeBuilder builder, CodeElement element) {
      // Left out.
    }

    @Override
    public void atEnd(CodeBuilder builder) {
      changed++;
      end.accept(builder);
    }
  }
}
