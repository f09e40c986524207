package org.hikae.it.container;

import java.io.File;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.hikae.it.Reactor;
import org.jboss.arquillian.container.test.api.Testable;
import org.jboss.shrinkwrap.api.Archive;
import org.jboss.shrinkwrap.api.ArchivePath;
import org.jboss.shrinkwrap.api.Node;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/**
 * The EAR that ships, with a web archive of tests added and listed; nothing else in it is touched.
 */
final class ShippedEar {

  private static final String TESTS = "container-tests.war";

  private ShippedEar() {}

  static EnterpriseArchive withTests() {
    EnterpriseArchive ear =
        ShrinkWrap.create(ZipImporter.class, "hikae.ear")
            .importFrom(Reactor.ear().toFile())
            .as(EnterpriseArchive.class);
    ear.setApplicationXML(new StringAsset(applicationXml(ear)));
    ear.addAsModule(Testable.archiveToTest(tests()));
    return ear;
  }

  private static WebArchive tests() {
    return ShrinkWrap.create(WebArchive.class, TESTS)
        .addPackages(true, "org.hikae.it.container")
        .addAsLibrary(jarOf(Assertions.class))
        .addAsWebInfResource(new StringAsset("<beans version=\"4.0\"/>"), "beans.xml")
        .addAsManifestResource(
            new StringAsset(
                "Dependencies: org.wildfly.security.elytron-base,org.bitbucket.jose4j\n"),
            "MANIFEST.MF");
  }

  private static String applicationXml(Archive<?> ear) {
    Map<ArchivePath, Node> found =
        ear.getContent(path -> path.get().equals("/META-INF/application.xml"));
    try (var in = found.values().iterator().next().getAsset().openStream()) {
      String xml = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      String module =
          "<module><web><web-uri>"
              + TESTS
              + "</web-uri><context-root>/container-tests</context-root></web></module>";
      return xml.replace("<library-directory>", module + "<library-directory>");
    } catch (java.io.IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static File jarOf(Class<?> type) {
    try {
      Path jar = Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
      if (!Files.isRegularFile(jar)) {
        throw new IllegalStateException(type + " does not come from a jar");
      }
      return jar.toFile();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
