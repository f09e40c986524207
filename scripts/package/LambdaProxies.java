import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.constantpool.ConstantPoolException;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/**
 * Prints the lambdas of jars as the JVM's list of classes for an archive has them, sorted: without
 * them Java makes a class of each when it comes to it, which takes a millisecond and more.
 *
 * <pre>java scripts/package/LambdaProxies.java JAR...</pre>
 */
public final class LambdaProxies {

  private static final String FACTORY = "java.lang.invoke.LambdaMetafactory";

  private LambdaProxies() {}

  public static void main(String[] jars) throws IOException {
    Set<String> lines = new TreeSet<>();
    for (String name : jars) {
      try (JarFile jar = new JarFile(name)) {
        for (JarEntry entry : Collections.list(jar.entries())) {
          if (entry.getName().endsWith(".class")) {
            try (InputStream in = jar.getInputStream(entry)) {
              of(ClassFile.of().parse(in.readAllBytes()), lines);
            }
          }
        }
      }
    }
    lines.forEach(System.out::println);
  }

  private static void of(ClassModel type, Set<String> lines) throws ConstantPoolException {
    for (MethodModel method : type.methods()) {
      method
          .code()
          .ifPresent(
              code ->
                  code.elementStream()
                      .filter(InvokeDynamicInstruction.class::isInstance)
                      .map(InvokeDynamicInstruction.class::cast)
                      .filter(call -> isLambda(call.bootstrapMethod()))
                      .forEach(
                          call -> lines.add(line(type.thisClass().asInternalName(), call))));
    }
  }

  private static boolean isLambda(DirectMethodHandleDesc bootstrap) {
    return named(bootstrap.owner()).equals(FACTORY)
        && bootstrap.methodName().equals("metafactory");
  }

  private static String named(ClassDesc type) {
    return type.packageName() + "." + type.displayName();
  }

  private static String line(String caller, InvokeDynamicInstruction call) {
    List<ConstantDesc> arguments = call.bootstrapArgs();
    DirectMethodHandleDesc body = (DirectMethodHandleDesc) arguments.get(1);
    String owner = body.owner().descriptorString();
    return String.join(
        " ",
        "@lambda-proxy",
        caller,
        call.name().stringValue(),
        call.type().stringValue(),
        type(arguments.get(0)),
        "REF_" + reference(body),
        owner.substring(1, owner.length() - 1),
        body.methodName(),
        body.lookupDescriptor(),
        type(arguments.get(2)));
  }

  private static String type(ConstantDesc type) {
    return ((MethodTypeDesc) type).descriptorString();
  }

  private static String reference(DirectMethodHandleDesc body) {
    return switch (body.kind()) {
      case STATIC, INTERFACE_STATIC -> "invokeStatic";
      case VIRTUAL -> "invokeVirtual";
      case INTERFACE_VIRTUAL -> "invokeInterface";
      case SPECIAL, INTERFACE_SPECIAL -> "invokeSpecial";
      case CONSTRUCTOR -> "newInvokeSpecial";
      default -> throw new IllegalStateException(body.toString());
    };
  }
}
