import java.io.IOException;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassBuilder;
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
 * @param source its source file below the root
 * @param content digest of everything but what only debuggers read
 * @param api digest of what other classes are compiled against
 * @param supertypes our classes that it extends or implements
 * @param uses our classes that it names, for whatever reason
 * @param isAbstract whether there are no instances of it
 */
record ClassInfo(
    String name,
    String source,
    String content,
    String api,
    Set<String> supertypes,
    Set<String> uses,
    boolean isAbstract) {

  /** Also finds descriptors, signatures, annotations: one name too many does no harm. */
  private static final Pattern OURS = Pattern.compile("org/hikae/[\\w/$]+");

  /** Numbers of lines change with each comment. */
  private static final ClassFile WITHOUT_LINES =
      ClassFile.of(
          ClassFile.LineNumbersOption.DROP_LINE_NUMBERS, ClassFile.DebugElementsOption.DROP_DEBUG);

  /** A new pool has no constants that only the bodies of methods need. */
  private static final ClassFile WITH_NEW_POOL =
      WITHOUT_LINES.withOptions(ClassFile.ConstantPoolSharingOption.NEW_POOL);

  static ClassInfo read(Path file, SourceSet sourceSet) throws IOException {
    ClassModel model = WITHOUT_LINES.parse(Files.readAllBytes(file));
    String name = model.thisClass().asInternalName();
    String source =
        model.findAttribute(Attributes.sourceFile()).orElseThrow().sourceFile().stringValue();
    Set<String> uses = new TreeSet<>();
    for (PoolEntry entry : model.constantPool()) {
      if (entry instanceof Utf8Entry text) {
        for (Matcher found = OURS.matcher(text.stringValue()); found.find(); ) {
          uses.add(found.group());
        }
      }
    }
    return new ClassInfo(
        name,
        sourceSet.folder("java") + name.substring(0, name.lastIndexOf('/') + 1) + source,
        Digest.of(WITHOUT_LINES.transformClass(model, ClassTransform.ACCEPT_ALL)),
        Digest.of(
            Digest.of(WITH_NEW_POOL.transformClass(model, ClassInfo::api)) + nestedFlags(model)),
        Stream.concat(model.superclass().stream(), model.interfaces().stream())
            .map(ClassEntry::asInternalName)
            .filter(one -> OURS.matcher(one).matches())
            .collect(Collectors.toCollection(TreeSet::new)),
        uses,
        model.flags().has(AccessFlag.ABSTRACT));
  }

  /** Takes what others see: no code, nothing private. */
  private static void api(ClassBuilder builder, ClassElement element) {
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
  private static String nestedFlags(ClassModel model) {
    return model.findAttribute(Attributes.innerClasses()).stream()
        .flatMap(all -> all.classes().stream())
        .filter(one -> one.innerClass().equals(model.thisClass()))
        .map(one -> one.flagsMask() + "")
        .collect(Collectors.joining());
  }

  /** As fields of a {@link TsvTable}. */
  List<String> fields() {
    return List.of(
        name,
        source,
        content,
        api,
        String.join(" ", supertypes),
        String.join(" ", uses),
        String.valueOf(isAbstract));
  }

  static ClassInfo of(List<String> fields) {
    return new ClassInfo(
        fields.get(0),
        fields.get(1),
        fields.get(2),
        fields.get(3),
        Set.of(fields.get(4).split(" ")),
        Set.of(fields.get(5).split(" ")),
        Boolean.parseBoolean(fields.get(6)));
  }
}
