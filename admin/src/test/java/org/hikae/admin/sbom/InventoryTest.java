package org.hikae.admin.sbom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is in folders of programs, by the ways in which a jar can be named. */
class InventoryTest {

  @TempDir private Path folder;

  private static byte[] archive(Map<String, byte[]> entries) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue());
      }
    }
    return out.toByteArray();
  }

  private static Map<String, byte[]> noted(String group, String name, String version) {
    String text = "groupId=" + group + "\nartifactId=" + name + "\nversion=" + version + "\n";
    return new LinkedHashMap<>(
        Map.of(
            "META-INF/maven/" + group + "/" + name + "/pom.properties",
            text.getBytes(StandardCharsets.UTF_8)));
  }

  private void put(String place, byte[] bytes) throws IOException {
    Path file = folder.resolve(place);
    Files.createDirectories(Objects.requireNonNull(file.getParent()));
    Files.write(file, bytes);
  }

  private List<BomComponent> components() throws IOException {
    return Inventory.of(Map.of("portal", folder.resolve("portal")), folder.resolve("repository"));
  }

  private static BomComponent one(List<BomComponent> components, String name) {
    return components.stream()
        .filter(component -> component.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static String version(BomComponent component) {
    return Objects.requireNonNull(component.coordinates()).version();
  }

  @Test
  void archives_within_archives_are_opened_and_what_was_packed_into_them_is_named()
      throws Exception {
    Map<String, byte[]> shaded = noted("org.a", "outer", "1");
    shaded.putAll(noted("org.b", "packed", "2"));
    Map<String, byte[]> war = noted("org.hikae", "hikae-web", "3");
    war.put("WEB-INF/lib/outer.jar", archive(shaded));
    put("portal/hikae.ear", archive(Map.of("hikae-web.war", archive(war))));
    List<BomComponent> components = components();
    assertThat(components)
        .extracting(BomComponent::name)
        .containsExactly("outer", "packed", "hikae-web");
    assertThat(one(components, "outer").places())
        .containsExactly("portal/hikae.ear!hikae-web.war!WEB-INF/lib/outer.jar");
    assertThat(one(components, "packed").places()).isEqualTo(one(components, "outer").places());
    assertThat(one(components, "packed").hashes()).isEmpty();
  }

  @Test
  void a_jar_without_a_note_is_named_by_the_repository_that_has_the_same_bytes() throws Exception {
    byte[] driver = archive(Map.of("org/postgresql/Driver.class", new byte[] {1, 2, 3}));
    byte[] other = archive(Map.of("org/postgresql/Driver.class", new byte[] {1, 2, 4}));
    put("repository/org/postgresql/postgresql/42.7.14/postgresql-42.7.14.jar", driver);
    put("repository/org/postgresql/postgresql/42.7.13/postgresql-42.7.13.jar", other);
    put("portal/modules/postgresql.jar", driver);
    assertThat(version(one(components(), "postgresql"))).isEqualTo("42.7.14");
  }

  @Test
  void a_jar_that_has_the_beginning_of_its_name_is_told_from_what_was_packed_into_it()
      throws Exception {
    Map<String, byte[]> tool = noted("org.logging", "logging", "1");
    tool.putAll(noted("org.tool", "tool-wrapper", "2"));
    put("portal/bin/tool.jar", archive(tool));
    List<BomComponent> components = components();
    assertThat(one(components, "tool-wrapper").hashes()).hasSize(1);
    assertThat(one(components, "logging").hashes()).isEmpty();
  }

  @Test
  void a_jar_is_named_as_quarkus_lays_it_down() throws Exception {
    byte[] same = archive(Map.of("a", new byte[] {1}));
    put("portal/lib/lib/main/org.bouncycastle.bcprov-jdk18on-1.84.jar", same);
    put("portal/bin/client/lib/bcprov.jar", same);
    put("portal/lib/lib/main/com.h2database.h2-2.4.240.jar", archive(Map.of("b", new byte[1])));
    put(
        "portal/lib/lib/main/io.opentelemetry.some-httpclient-4.3-2.23.0-alpha.jar",
        archive(Map.of("c", new byte[1])));
    put(
        "portal/lib/lib/main/org.hibernate.orm.hibernate-core-7.2.19.Final.jar",
        archive(Map.of("d", new byte[1])));
    List<BomComponent> components = components();
    assertThat(components)
        .extracting(component -> Objects.requireNonNull(component.coordinates()).purl())
        .containsExactly(
            "pkg:maven/com.h2database/h2@2.4.240",
            "pkg:maven/io.opentelemetry/some-httpclient-4.3@2.23.0-alpha",
            "pkg:maven/org.bouncycastle/bcprov-jdk18on@1.84",
            "pkg:maven/org.hibernate.orm/hibernate-core@7.2.19.Final");
    // The one that has no name has the bytes of one that has.
    assertThat(one(components, "bcprov-jdk18on").places()).hasSize(2);
  }

  @Test
  void what_nothing_names_is_in_the_bill_all_the_same_and_two_bills_are_equal() throws Exception {
    put("portal/mystery.jar", archive(Map.of("a", new byte[] {1})));
    put("portal/known-1.jar", archive(noted("org.a", "known", "1")));
    List<BomComponent> components = components();
    assertThat(one(components, "mystery.jar").coordinates()).isNull();
    Path bill = folder.resolve("bill.json");
    BillOfMaterials.write("1.0", components, bill);
    byte[] first = Files.readAllBytes(bill);
    assertThat(BillOfMaterials.read(bill)).isEqualTo(components);
    BillOfMaterials.write("1.0", components(), bill);
    assertThat(Files.readAllBytes(bill)).isEqualTo(first);
  }

  @Test
  void what_cannot_be_read_is_an_error_and_not_left_out() throws Exception {
    put("portal/broken.jar", new byte[] {1, 2, 3});
    assertThatThrownBy(this::components).isInstanceOf(IOException.class);
    Path wrong = Files.writeString(folder.resolve("wrong.json"), "{\"bomFormat\": \"SPDX\"}");
    assertThatThrownBy(() -> BillOfMaterials.read(wrong)).hasMessageContaining("CycloneDX");
  }
}
