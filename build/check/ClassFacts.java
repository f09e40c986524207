import java.io.IOException;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassElement;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeModel;
import java.lang.classfile.FieldModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.classfile.attribute.EnclosingMethodAttribute;
import java.lang.classfile.attribute.InnerClassesAttribute;
import java.lang.classfile.attribute.NestMembersAttribute;
import java.lang.classfile.attribute.SourceFileAttribute;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.Utf8Entry;
import java.lang.reflect.AccessFlag;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is known of one class file.
 *
 * @param name with slashes
 * @param source the name of its source file
 * @param body digest of everything but what only debuggers read
 * @param api digest of what other classes are compiled against
 * @param constants digest of the values that other classes copy without naming this one
 * @param above our classes that it extends or implements
 * @param knows our classes that it names, for whatever reason
 * @param suite whether JUnit can make one of it
 */
record ClassFacts(
    String name,
    String source,
    String body,
    String api,
    String constants,
    Set<String> above,
    Set<String> knows,
    boolean suite) {

  /** Also finds descriptors, signatures, annotations: one name too many does no harm. */
  private static final Pattern OURS = Pattern.compile("org/hikae/[\\w/$-]+");

  /** Numbers of lines change with each comment. */
  private static final ClassFile WITHOUT_LINES =
      ClassFile.of(
          ClassFile.LineNumbersOption.DROP_LINE_NUMBERS, ClassFile.DebugElementsOption.DROP_DEBUG);

  /** A fresh pool holds nothing that only the bodies of methods need. */
  private static final ClassFile FRESH =
      ClassFile.of(
          ClassFile.LineNumbersOption.DROP_LINE_NUMBERS,
          ClassFile.DebugElementsOption.DROP_DEBUG,
          ClassFile.ConstantPoolSharingOption.NEW_POOL);

  static ClassFacts read(Path file) throws IOException {
    ClassModel model = WITHOUT_LINES.parse(Files.readAllBytes(file));
    String name = model.thisClass().asInternalName();
    Set<String> knows = new TreeSet<>();
    for (PoolEntry entry : model.constantPool()) {
      if (entry instanceof Utf8Entry text) {
        Matcher found = OURS.matcher(text.stringValue());
        while (found.find()) {
          knows.add(found.group());
        }
      }
    }
    knows.remove(name);
    return new ClassFacts(
        name,
        model
            .findAttribute(Attributes.sourceFile())
            .map(s -> s.sourceFile().stringValue())
            .orElse(""),
        Digest.of(WITHOUT_LINES.transformClass(model, ClassTransform.ACCEPT_ALL)),
        Digest.of(Digest.of(FRESH.transformClass(model, ClassFacts::api)) + seen(model)),
        Digest.of(constants(model)),
        Stream.concat(model.superclass().stream(), model.interfaces().stream())
            .map(ClassEntry::asInternalName)
            .filter(one -> one.startsWith("org/hikae/"))
            .collect(Collectors.toCollection(TreeSet::new)),
        knows,
        !model.flags().has(AccessFlag.ABSTRACT) && !name.contains("$"));
  }

  private static void api(java.lang.classfile.ClassBuilder builder, ClassElement element) {
    switch (element) {
      case MethodModel method -> {
        if (!method.flags().has(AccessFlag.PRIVATE) && !method.flags().has(AccessFlag.SYNTHETIC)) {
          builder.transformMethod(
              method, MethodTransform.dropping(part -> part instanceof CodeModel));
        }
      }
      case FieldModel field -> {
        if (!field.flags().has(AccessFlag.PRIVATE) && !field.flags().has(AccessFlag.SYNTHETIC)) {
          builder.with(field);
        }
      }
      case InnerClassesAttribute _,
          NestMembersAttribute _,
          EnclosingMethodAttribute _,
          SourceFileAttribute _ -> {}
      default -> builder.with(element);
    }
  }

  /** Whether a nested class is private or static stands among the inner classes only. */
  private static String seen(ClassModel model) {
    return model.findAttribute(Attributes.innerClasses()).stream()
        .flatMap(inner -> inner.classes().stream())
        .filter(inner -> inner.innerClass().equals(model.thisClass()))
        .map(inner -> inner.flagsMask() + "")
        .collect(Collectors.joining());
  }

  private static String constants(ClassModel model) {
    return model.fields().stream()
        .filter(field -> !field.flags().has(AccessFlag.PRIVATE))
        .flatMap(
            field ->
                field.findAttribute(Attributes.constantValue()).stream()
                    .map(value -> field.fieldName() + "=" + value.constant().constantValue()))
        .collect(Collectors.joining("\n"));
  }

  /** As fields of a {@link Table}, for the next run. */
  List<String> fields() {
    return List.of(
        name,
        source,
        body,
        api,
        constants,
        String.join(" ", above),
        String.join(" ", knows),
        String.valueOf(suite));
  }

  static ClassFacts of(List<String> fields) {
    return new ClassFacts(
        fields.get(0),
        fields.get(1),
        fields.get(2),
        fields.get(3),
        fields.get(4),
        words(fields.get(5)),
        words(fields.get(6)),
        Boolean.parseBoolean(fields.get(7)));
  }

  private static Set<String> words(String text) {
    return text.isEmpty() ? Set.of() : Set.of(text.split(" "));
  }

  String packageFolder() {
    return name.substring(0, name.lastIndexOf('/') + 1);
  }
}
