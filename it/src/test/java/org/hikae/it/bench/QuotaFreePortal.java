package org.hikae.it.bench;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.MethodModel;
import java.lang.constant.ConstantDescs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * The application that ships, but that counts nothing against a quota when something is stored: the
 * methods that do return at once, and all else is the same bytes. Only for measuring what they
 * cost.
 */
final class QuotaFreePortal {

  private static final String QUOTA = "org/hikae/backup/service/Quota.class";
  private static final Set<String> LEFT_OUT = Set.of("limits", "requireRoom", "charge");

  private int changed;

  private QuotaFreePortal() {}

  /** Writes it. */
  static void write(Path ear, Path target) throws IOException {
    QuotaFreePortal quotaFreePortal = new QuotaFreePortal();
    try (InputStream in = Files.newInputStream(ear);
        OutputStream out = Files.newOutputStream(target)) {
      quotaFreePortal.copy(in, out);
    }
    if (quotaFreePortal.changed != LEFT_OUT.size()) {
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
        (builder, element) -> {
          if (element instanceof MethodModel method
              && LEFT_OUT.contains(method.methodName().stringValue())) {
            changed++;
            builder.withMethodBody(
                method.methodName(),
                method.methodType(),
                method.flags().flagsMask(),
                code -> returnAtOnce(method, code));
          } else {
            builder.with(element);
          }
        });
  }

  private static void returnAtOnce(MethodModel method, CodeBuilder code) {
    if (method.methodTypeSymbol().returnType().equals(ConstantDescs.CD_void)) {
      code.return_();
    } else {
      code.aconst_null().areturn();
    }
  }
}
