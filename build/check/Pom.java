import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** A POM as it is written, so that what stands there about compiler and tests is said once. */
final class Pom {

  private static final Pattern VARIABLE = Pattern.compile("[$@]\\{([^}]+)}");

  private final Document document;
  private final XPath path = XPathFactory.newInstance().newXPath();
  private final Map<String, String> known = new HashMap<>();

  private Pom(Document document) {
    this.document = document;
  }

  static Pom read(Path file) throws IOException {
    try {
      Pom pom =
          new Pom(DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile()));
      for (Element property : pom.elements("/project/properties/*")) {
        pom.known.put(property.getTagName(), property.getTextContent().strip());
      }
      return pom;
    } catch (ParserConfigurationException | SAXException e) {
      throw new IOException(file + " cannot be read", e);
    }
  }

  /** The elements of an XPath. */
  List<Element> elements(String where) {
    try {
      NodeList found = (NodeList) path.evaluate(where, document, XPathConstants.NODESET);
      List<Element> all = new ArrayList<>();
      for (int i = 0; i < found.getLength(); i++) {
        all.add((Element) found.item(i));
      }
      return all;
    } catch (XPathExpressionException e) {
      throw new IllegalArgumentException(where, e);
    }
  }

  /** Their texts, with the properties of this POM filled in. */
  List<String> texts(String where) {
    return elements(where).stream()
        .map(one -> filled(one.getTextContent().strip().replaceAll("\\s+", " "), known))
        .toList();
  }

  /** The XPath of a plugin wherever the POM has it. */
  static String plugin(String artifact) {
    return "//plugin[artifactId='" + artifact + "']";
  }

  /** Replaces variables; what nobody knows is left as it is. */
  static String filled(String text, Map<String, String> values) {
    return VARIABLE
        .matcher(text)
        .replaceAll(
            match -> Matcher.quoteReplacement(values.getOrDefault(match.group(1), match.group())));
  }
}
