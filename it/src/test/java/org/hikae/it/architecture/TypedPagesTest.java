package org.hikae.it.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.StringEntry;
import java.lang.reflect.AccessFlag;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hikae.approval.value.ApprovalState;
import org.hikae.rollout.value.CampaignState;
import org.junit.jupiter.api.Test;

/** Pages take times and constants of enums as views have them: they parse and compare no text. */
class TypedPagesTest {

  private static final JavaClasses SERVER = ReactorModule.importAll(ReactorModule.SERVER);

  /** Leaves of packages whose enums are what views show. */
  private static final Set<String> SHOWN = Set.of("value", "view", "wire");

  @Test
  void no_page_parses_a_time_or_a_constant() {
    parsesNothing().check(SERVER);
  }

  @Test
  void no_page_has_the_name_of_a_constant_as_text() throws IOException {
    Set<String> names = constantsThatViewsShow();
    Set<String> found = new TreeSet<>();
    try (Stream<Path> files = Files.walk(ReactorModule.PORTAL.classes())) {
      for (Path file : files.filter(one -> one.toString().endsWith(".class")).toList()) {
        texts(Files.readAllBytes(file)).stream()
            .filter(names::contains)
            .forEach(name -> found.add(file.getFileName() + " " + name));
      }
    }
    assertThat(found).isEmpty();
  }

  /** A page that breaks the rules in each of their ways. */
  static final class UntypedPage {

    Instant parsedTime(String text) {
      return Instant.parse(text);
    }

    CampaignState parsedConstant(String text) {
      return CampaignState.valueOf(text);
    }

    ApprovalState parsedByType(String text) {
      return Enum.valueOf(ApprovalState.class, text);
    }

    boolean compared(String state) {
      return state.equals("PENDING");
    }

    int chosen(String state) {
      return switch (state) {
        case "HALTED" -> 1;
        default -> String.valueOf(Integer.valueOf(2)).length();
      };
    }
  }

  @Test
  void what_is_planted_is_found() throws IOException {
    JavaClasses planted =
        new ClassFileImporter().importClasses(UntypedPage.class, CampaignState.class);
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(
            () -> noClasses().should().accessTargetWhere(parsesTextOfViews()).check(planted))
        .withMessageContaining("parsedTime")
        .withMessageContaining("parsedConstant")
        .withMessageContaining("parsedByType")
        .withMessageNotContaining("chosen");
    Set<String> names = constantsThatViewsShow();
    assertThat(texts(ownBytes(UntypedPage.class)).stream().filter(names::contains))
        .containsExactlyInAnyOrder("PENDING", "HALTED");
  }

  private static ArchRule parsesNothing() {
    return noClasses()
        .that()
        .resideInAPackage("..faces..")
        .should()
        .accessTargetWhere(parsesTextOfViews());
  }

  private static DescribedPredicate<JavaAccess<?>> parsesTextOfViews() {
    return DescribedPredicate.describe(
        "parses a time or a constant of an enum",
        access -> {
          AccessTarget target = access.getTarget();
          JavaClass owner = target.getOwner();
          boolean time = owner.isEquivalentTo(Instant.class) && target.getName().equals("parse");
          boolean constant = owner.isAssignableTo(Enum.class) && target.getName().equals("valueOf");
          return (time || constant) && !isOfTheEnumItself(access);
        });
  }

  /** The compiler writes {@code valueOf} of each enum with a call of that of all enums. */
  private static boolean isOfTheEnumItself(JavaAccess<?> access) {
    return access.getOriginOwner().isEnum() && access.getOrigin().getName().equals("valueOf");
  }

  private static Set<String> constantsThatViewsShow() {
    Set<String> names =
        SERVER.stream()
            .filter(JavaClass::isEnum)
            .filter(type -> SHOWN.contains(type.getPackageName().replaceAll(".*\\.", "")))
            .flatMap(type -> type.getFields().stream())
            .filter(field -> field.getModifiers().contains(JavaModifier.ENUM))
            .map(JavaField::getName)
            .collect(Collectors.toSet());
    assertThat(names).contains("PENDING", "HALTED", "OPTED_IN");
    return names;
  }

  /** Texts that a class has; an enum has the names of its own constants. */
  private static Set<String> texts(byte[] classFile) {
    var parsed = ClassFile.of().parse(classFile);
    Set<String> texts = new HashSet<>();
    if (!parsed.flags().has(AccessFlag.ENUM)) {
      for (PoolEntry entry : parsed.constantPool()) {
        if (entry instanceof StringEntry text) {
          texts.add(text.stringValue());
        }
      }
    }
    return texts;
  }

  private static byte[] ownBytes(Class<?> type) {
    String name = type.getName().substring(type.getName().lastIndexOf('.') + 1) + ".class";
    try (InputStream in = Objects.requireNonNull(type.getResourceAsStream(name))) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
